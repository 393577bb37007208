import type { CancellationToken, InlayHint, InlayHintParams } from "vscode-languageserver/node";
import { inlayHintsIn } from "../features/inlayHints.ts";
import { fileOf } from "../links/snapshot.ts";
import { Turns } from "../session/turn.ts";
import { positionAt } from "../text/file.ts";
import type { Span } from "../text/source.ts";
import type { Context } from "./context.ts";
import { toSpan } from "./convert.ts";
import { nameOf } from "./names.ts";
import { unlessCancelled } from "./request.ts";
import { resultId } from "./resultId.ts";

export async function inlayHints(
	context: Context,
	{ textDocument, range }: InlayHintParams,
	token: CancellationToken,
): Promise<InlayHint[]> {
	const name = nameOf(textDocument.uri);
	// Hints are those of one unit, whatever else the file belongs to.
	await context.session.ready(name, 1);
	unlessCancelled(token);
	const file = fileOf(context.session.snapshot, name);
	if (!file) return [];
	const span = toSpan(file, range);
	const hints = await inlayHintsOf(context, name, span, token);
	if (context.session.document(name)) context.told.inlayHints.set(name, { span, id: resultId(hints) });
	return hints;
}

/** What stands behind the values of a part of a file now. */
export async function inlayHintsOf(context: Context, name: string, span: Span, token?: CancellationToken): Promise<InlayHint[]> {
	const { snapshot } = context.session;
	const file = fileOf(snapshot, name);
	const turns = new Turns();
	const hints: InlayHint[] = [];
	for (const { at, text, tooltip } of inlayHintsIn(snapshot, name, span, context.editor.options.inlayHints, context.editor.preferred)) {
		if (file) hints.push({ position: positionAt(file, at), label: text, tooltip, paddingLeft: true });
		if (turns.due) await turns.next();
		if (token) unlessCancelled(token);
	}
	return hints;
}
