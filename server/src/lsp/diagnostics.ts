import {
	type CancellationToken,
	type Diagnostic,
	type DocumentDiagnosticParams,
	type DocumentDiagnosticReport,
	DocumentDiagnosticReportKind,
	type WorkspaceDiagnosticParams,
	type WorkspaceDiagnosticReport,
	type WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver/node";
import { shownAmong, shownIn, shownOf } from "../features/diagnostics.ts";
import { findingsInFileInSteps, findingsInSteps } from "../features/findings.ts";
import { shownUnit } from "../features/unitName.ts";
import type { Snapshot } from "../links/snapshot.ts";
import { allUnits } from "../links/units.ts";
import { checkInSteps } from "../rules/check.ts";
import type { Finding } from "../rules/rule.ts";
import { Turns } from "../session/turn.ts";
import type { Unit } from "../units/unit.ts";
import { coalesced } from "./coalesced.ts";
import { type Context, onFaultOf, shownTo, viewOf } from "./context.ts";
import { toDiagnostic } from "./convert.ts";
import { nameOf } from "./names.ts";
import { unlessCancelled } from "./request.ts";
import { resultId } from "./resultId.ts";

const { Full, Unchanged } = DocumentDiagnosticReportKind;
const NOTHING = resultId([]);

export async function documentDiagnostics(
	context: Context,
	{ textDocument, previousResultId }: DocumentDiagnosticParams,
	token: CancellationToken,
): Promise<DocumentDiagnosticReport> {
	const name = nameOf(textDocument.uri);
	const first = await context.session.urgent.run(() => known(context, name, () => unlessCancelled(token)));
	if (first) finishing(context, name);
	const items = first ? diagnosticsAmong(context, name, first) : diagnosticsIn(context, name);
	const id = resultId(items);
	if (context.session.document(name)) context.told.diagnostics.set(name, id);
	return id === previousResultId ? { kind: Unchanged, resultId: id } : { kind: Full, resultId: id, items };
}

/**
 * So many units of a file are rendered before it is answered what is found in it. When the others are, too, the client is told to ask
 * again, if there is something else to be said.
 */
const FIRST = 8;

/** Waits until it is known in turns what is found in a file; for one of very many units only in the first of them, which it gives. */
async function known(context: Context, name: string, check: () => void): Promise<readonly Unit[] | undefined> {
	for (;;) {
		await context.session.whole(name);
		const first = await context.session.ready(name, context.client.refreshesDiagnostics ? FIRST : undefined);
		check();
		if (first || (await areWorkedOut(context, name, check))) return first;
	}
}

/** Waits until all is known that is found in a file. */
export async function allKnown(context: Context, name: string): Promise<void> {
	do {
		await context.session.whole(name);
		await context.session.ready(name);
	} while (!(await areWorkedOut(context, name)));
}

/** Waits until all is known that is found in the unit that is shown of a file, so that who tells of it holds up nobody. */
export async function shownKnown(context: Context, name: string, most?: number): Promise<void> {
	const { session, editor } = context;
	const steps = function* (snapshot: Snapshot): Iterable<void> {
		const unit = shownUnit(snapshot, name, editor.preferred);
		if (unit) yield* checkInSteps(snapshot, unit, onFaultOf(context));
	};
	do await session.ready(name, most);
	while (!(await inTurns(context, steps)));
}

/** Works out in turns what is found in a file; false when there is another snapshot before the end. */
function areWorkedOut(context: Context, name: string, check?: () => void): Promise<boolean> {
	return inTurns(context, (snapshot) => findingsInFileInSteps(snapshot, name, onFaultOf(context)), check);
}

async function inTurns(context: Context, steps: (snapshot: Snapshot) => Iterable<void>, check: () => void = () => {}): Promise<boolean> {
	const { snapshot } = context.session;
	const turns = new Turns();
	for (const _ of steps(snapshot)) {
		if (!turns.due) continue;
		await turns.next();
		check();
		if (context.session.snapshot !== snapshot) return false;
	}
	return true;
}

/** Asked for again by every edit, and done when there is none for a while. */
function finishing(context: Context, name: string): void {
	const { told, session, failed } = context;
	const known = told.finishing.get(name);
	const finish =
		known ??
		coalesced(
			async () => {
				await allKnown(context, name);
				if (session.document(name) && told.diagnostics.get(name) !== resultId(diagnosticsIn(context, name))) session.tellAgain();
			},
			(error) => failed("textDocument/diagnostic", error),
		);
	told.finishing.set(name, finish);
	finish();
}

function diagnosticsAmong(context: Context, name: string, units: readonly Unit[]): Diagnostic[] {
	return converted(context, shownAmong(context.session.snapshot, name, units, shownTo(context), onFaultOf(context)));
}

/** What is said about one file now. */
export function diagnosticsIn(context: Context, name: string): Diagnostic[] {
	return converted(context, shownIn(context.session.snapshot, name, shownTo(context), onFaultOf(context)));
}

/** Answers when everything has been read; what the client has already is left out. */
export async function workspaceDiagnostics(
	context: Context,
	{ previousResultIds }: WorkspaceDiagnosticParams,
	token: CancellationToken,
): Promise<WorkspaceDiagnosticReport> {
	await Promise.race([context.session.idle(), new Promise((resolve) => token.onCancellationRequested(resolve))]);
	unlessCancelled(token);
	const { told, names, session } = context;
	const { revision } = told;
	const previous = JSON.stringify(previousResultIds);
	if (told.quiet?.revision === revision && told.quiet.previous === previous) return { items: [] };
	const before = new Map(previousResultIds.map(({ uri, value }) => [nameOf(uri), { uri, value }]));
	const items: WorkspaceDocumentDiagnosticReport[] = [];
	const report = (name: string, found: Diagnostic[], id: string): void => {
		const known = before.get(name);
		before.delete(name);
		if (known?.value === id) return;
		const version = session.versionOf(name) ?? null;
		items.push({ kind: Full, uri: known?.uri ?? names.uriOf(name), version, resultId: id, items: found });
	};
	for await (const [name, found] of everything(context, () => !token.isCancellationRequested)) {
		unlessCancelled(token);
		if (found.length > 0) report(name, found, resultId(found));
	}
	unlessCancelled(token);
	for (const name of [...before.keys()]) report(name, [], NOTHING);
	if (items.length === 0) told.quiet = { revision, previous };
	return { items };
}

/** What is said about every file of one moment, giving the event loop back on the way. Ends early when `isWanted` says so. */
export async function* everything(
	context: Context,
	isWanted: () => boolean,
): AsyncGenerator<readonly [name: string, diagnostics: Diagnostic[]]> {
	const snapshot = await workedOut(context, isWanted);
	if (!snapshot) return;
	const [shown, onFault, turns] = [shownTo(context), onFaultOf(context), new Turns()];
	const view = { ...viewOf(context), snapshot };
	for (const unit of allUnits(snapshot)) {
		for (const [name, findings] of shownOf(snapshot, unit, shown, onFault)) {
			yield [name, findings.flatMap((finding) => toDiagnostic(view, finding) ?? [])];
		}
		if (turns.due) await turns.next();
	}
}

/** The snapshot of a moment at which all findings are known, so that nobody has to wait while they are printed. */
async function workedOut(context: Context, isWanted: () => boolean): Promise<Snapshot | undefined> {
	const { session } = context;
	const [onFault, turns] = [onFaultOf(context), new Turns()];
	let done: Snapshot | undefined;
	while (done !== session.snapshot) {
		await session.visitOpen();
		await session.furnish(allUnits);
		const { snapshot } = session;
		for (const _ of findingsInSteps(snapshot, onFault)) {
			if (!turns.due) continue;
			await turns.next();
			if (!isWanted()) return undefined;
			// What is known by now is found again.
			if (session.snapshot !== snapshot) break;
		}
		done = snapshot;
	}
	return done;
}

function converted(context: Context, findings: readonly Finding[]): Diagnostic[] {
	const view = viewOf(context);
	return findings.flatMap((finding) => toDiagnostic(view, finding) ?? []);
}
