import { type Hover, type HoverParams, MarkupKind } from "vscode-languageserver/node";
import { shownBy } from "../features/diagnostics.ts";
import { type Hover as Found, type HoverOptions, hover as hoverAt } from "../features/hover.ts";
import { fileOf } from "../links/snapshot.ts";
import { type PathsParams, SHOW_PATHS } from "../protocol.ts";
import { EVERYTHING } from "../reach/rows.ts";
import { offsetAt, positionAt, type SourceFile } from "../text/file.ts";
import { type Context, onFaultOf, shownTo } from "./context.ts";
import { shownKnown } from "./diagnostics.ts";
import { nameOf } from "./names.ts";

export async function hover(context: Context, { textDocument, position }: HoverParams): Promise<Hover | null> {
	const { hover: format, showsPaths } = context.client;
	const found = await find(
		context,
		{ uri: textDocument.uri, ...position },
		{ format, showsProblems: showsPaths, ...(showsPaths && { list: listOf({ uri: textDocument.uri, ...position }) }) },
	);
	if (!found) return null;
	const { file, span, contents } = found;
	const range = { start: positionAt(file, span.start), end: positionAt(file, span.end) };
	return { contents: { kind: format === "plain" ? MarkupKind.PlainText : MarkupKind.Markdown, value: contents }, range };
}

/** The same without a limit. */
export async function paths(context: Context, params: PathsParams): Promise<string | null> {
	const found = await find(context, params, { format: "table", extent: EVERYTHING });
	return found?.contents ?? null;
}

/** A link that calls the client's command for a place. */
function listOf(params: PathsParams): string {
	const argument = encodeURIComponent(JSON.stringify([params])).replace(/[()]/g, (char) => (char === "(" ? "%28" : "%29"));
	return `command:${SHOW_PATHS}?${argument}`;
}

async function find(
	context: Context,
	{ uri, line, character }: PathsParams,
	options: Pick<HoverOptions, "format" | "list" | "extent" | "showsProblems">,
): Promise<(Found & { readonly file: SourceFile }) | undefined> {
	const name = nameOf(uri);
	await shownKnown(context, name);
	const { snapshot } = context.session;
	const file = fileOf(snapshot, name);
	const found =
		file &&
		hoverAt(snapshot, name, offsetAt(file, { line, character }), {
			...options,
			preferred: context.editor.preferred,
			linkTo: (to, at) => `${context.names.uriOf(to)}#L${at}`,
			findings: (unit) => shownBy(snapshot, unit, shownTo(context), onFaultOf(context)),
		});
	return found && { ...found, file };
}
