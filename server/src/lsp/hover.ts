import { type Hover, type HoverParams, MarkupKind } from "vscode-languageserver/node";
import { shownBy } from "../features/diagnostics.ts";
import { hover as hoverAt } from "../features/hover.ts";
import { fileOf } from "../links/snapshot.ts";
import { offsetAt, positionAt } from "../text/file.ts";
import { type Context, onFaultOf, shownTo } from "./context.ts";
import { nameOf } from "./names.ts";

export async function hover(context: Context, { textDocument, position }: HoverParams): Promise<Hover | null> {
	const name = nameOf(textDocument.uri);
	await context.session.ready(name);
	const { snapshot } = context.session;
	const format = context.client.hover;
	const file = fileOf(snapshot, name);
	const found =
		file &&
		hoverAt(snapshot, name, offsetAt(file, position), {
			format,
			preferred: context.editor.preferred,
			linkTo: (uri, line) => `${context.names.uriOf(uri)}#L${line}`,
			findings: (unit) => shownBy(snapshot, unit, shownTo(context), onFaultOf(context)),
		});
	if (!found) return null;
	const range = { start: positionAt(file, found.span.start), end: positionAt(file, found.span.end) };
	return { contents: { kind: format === "plain" ? MarkupKind.PlainText : MarkupKind.Markdown, value: found.contents }, range };
}
