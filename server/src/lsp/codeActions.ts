import { type CodeAction, CodeActionKind, type CodeActionParams } from "vscode-languageserver/node";
import { actionsAt } from "../features/codeActions.ts";
import { fileOf } from "../links/snapshot.ts";
import { type Context, onFaultOf, shownTo, viewOf } from "./context.ts";
import { toCodeAction, toSpan } from "./convert.ts";
import { allKnown } from "./diagnostics.ts";
import { asksForFixAll, fixAll } from "./fixAll.ts";
import { nameOf } from "./names.ts";

export async function codeActions(context: Context, { textDocument, range, context: { only } }: CodeActionParams): Promise<CodeAction[]> {
	const quick = !only || only.some((kind) => kind === CodeActionKind.QuickFix || kind === CodeActionKind.Empty);
	const all = asksForFixAll(only);
	if (!(quick || all) || !context.client.codeActionLiterals) return [];
	const name = nameOf(textDocument.uri);
	await allKnown(context, name);
	const view = viewOf(context);
	const file = fileOf(view.snapshot, name);
	if (!file) return [];
	const fixed = all ? fixAll(context, file) : [];
	if (!quick) return fixed;
	const actions = actionsAt(view.snapshot, name, toSpan(file, range), shownTo(context), onFaultOf(context));
	return [...fixed, ...actions.flatMap((action) => toCodeAction(view, action) ?? [])];
}
