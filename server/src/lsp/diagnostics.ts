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
import { shownIn, shownOf } from "../features/diagnostics.ts";
import { findingsInFileInSteps, findingsInSteps } from "../features/findings.ts";
import { allUnits, type Snapshot } from "../links/snapshot.ts";
import type { Finding } from "../rules/rule.ts";
import { Turns } from "../session/turn.ts";
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
	const { session } = context;
	for (let known: Snapshot | undefined; known !== session.snapshot; ) {
		await session.whole(name);
		await session.ready(name);
		unlessCancelled(token);
		known = session.snapshot;
		const turns = new Turns();
		for (const _ of findingsInFileInSteps(known, name, onFaultOf(context))) {
			if (!turns.due) continue;
			await turns.next();
			unlessCancelled(token);
			if (session.snapshot !== known) break;
		}
	}
	const items = diagnosticsIn(context, name);
	const id = resultId(items);
	if (session.document(name)) context.told.diagnostics.set(name, id);
	return id === previousResultId ? { kind: Unchanged, resultId: id } : { kind: Full, resultId: id, items };
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
