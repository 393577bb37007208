import { type CodeAction, CodeActionKind, type CodeActionParams } from "vscode-languageserver/node";
import { fixesAt } from "../features/codeActions.ts";
import { fileOf } from "../links/snapshot.ts";
import { type Context, onFaultOf, shownTo, viewOf } from "./context.ts";
import { toCodeAction, toSpan } from "./convert.ts";
import { nameOf } from "./names.ts";

export async function codeActions(context: Context, { textDocument, range, context: { only } }: CodeActionParams): Promise<CodeAction[]> {
	const wanted = !only || only.some((kind) => kind === CodeActionKind.QuickFix || kind === CodeActionKind.Empty);
	if (!wanted || !context.client.codeActionLiterals) return [];
	const name = nameOf(textDocument.uri);
	await context.session.ready(name);
	const view = viewOf(context);
	const file = fileOf(view.snapshot, name);
	if (!file) return [];
	const fixes = fixesAt(view.snapshot, name, toSpan(file, range), shownTo(context), onFaultOf(context));
	return fixes.flatMap((fix) => toCodeAction(view, fix) ?? []);
}
