import type { CancellationToken, CodeLens, CodeLensParams, Command } from "vscode-languageserver/node";
import { isReadable, type Lenses, lensesIn, showsAllUnits } from "../features/codeLens.ts";
import { shownBy } from "../features/diagnostics.ts";
import type { Lens } from "../features/lens.ts";
import { fileOf } from "../links/snapshot.ts";
import { CHOOSE, type LocationsParams, SHOW_LOCATIONS, SHOW_RENDERED } from "../protocol.ts";
import { Turns } from "../session/turn.ts";
import { positionAt, type SourceFile } from "../text/file.ts";
import type { Unit } from "../units/unit.ts";
import { type Context, onFaultOf, shownTo, viewOf } from "./context.ts";
import { toRange, type View } from "./convert.ts";
import { shownKnown } from "./diagnostics.ts";
import { nameOf } from "./names.ts";
import { unlessCancelled } from "./request.ts";
import { resultId } from "./resultId.ts";

export async function codeLenses(context: Context, { textDocument }: CodeLensParams, token: CancellationToken): Promise<CodeLens[]> {
	const name = nameOf(textDocument.uri);
	await shownKnown(context, name, showsAllUnits(name) ? undefined : 1);
	unlessCancelled(token);
	const lenses = await codeLensesIn(context, name, token);
	if (context.session.document(name)) context.told.codeLenses.set(name, resultId(lenses));
	return lenses;
}

/** What stands above the objects of a file now. Remembers it for as long as the file is open, since it stays while the text does not parse. */
export async function codeLensesIn(context: Context, name: string, token?: CancellationToken): Promise<CodeLens[]> {
	const view = viewOf(context);
	const { snapshot } = view;
	const file = fileOf(snapshot, name);
	if (!file) return [];
	const [shown, onFault, turns] = [shownTo(context), onFaultOf(context), new Turns()];
	const options = {
		shows: context.editor.options.codeLens,
		preferred: context.editor.preferred,
		findings: (unit: Unit) => shownBy(snapshot, unit, shown, onFault),
		last: context.told.lastLenses.get(name),
	};
	const lenses: Lens[] = [];
	for (const lens of lensesIn(snapshot, name, options)) {
		lenses.push(lens);
		if (turns.due) await turns.next();
		if (token) unlessCancelled(token);
	}
	remember(context, name, { file, lenses });
	return lenses.map((lens) => toCodeLens(view, file, lens));
}

function remember({ session, told }: Context, name: string, lenses: Lenses): void {
	const isCurrent = session.document(name) && fileOf(session.snapshot, name) === lenses.file;
	if (isCurrent && isReadable(lenses.file)) told.lastLenses.set(name, lenses);
}

function toCodeLens(view: View, file: SourceFile, { span, text, ends, unit, chooses }: Lens): CodeLens {
	const range = { start: positionAt(file, span.start), end: positionAt(file, span.end) };
	if (chooses && view.client.showsRendered) return { range, command: { title: text, command: CHOOSE, arguments: [view.uriOf(file.uri)] } };
	if (unit !== undefined && view.client.showsRendered)
		return { range, command: { title: text, command: SHOW_RENDERED, arguments: [unit] } };
	return { range, command: toCommand(view, { uri: view.uriOf(file.uri), line: range.start.line, ends }, text) };
}

/** A command without a name is words and nothing to click on. */
function toCommand(view: View, { uri, line, ends }: { uri: string; line: number; ends: Lens["ends"] }, title: string): Command {
	const places = view.client.showsLocations ? ends.flatMap((end) => toPlace(view, end) ?? []) : [];
	if (places.length === 0) return { title, command: "" };
	return { title, command: SHOW_LOCATIONS, arguments: [{ uri, line, places } satisfies LocationsParams] };
}

function toPlace(view: View, end: Lens["ends"][number]): LocationsParams["places"][number] | undefined {
	const file = fileOf(view.snapshot, end.source.uri);
	const range = file && toRange(file, end);
	return range && { uri: view.uriOf(file.uri), ...range.start };
}
