import type { CodeAction, TextEdit, WorkspaceEdit } from "vscode-languageserver/node";
import { fixAllIn } from "../features/codeActions.ts";
import { positionAt, type SourceFile } from "../text/file.ts";
import { type Context, onFaultOf, shownTo, viewOf } from "./context.ts";
import type { View } from "./convert.ts";
import { FIX_ALL } from "./fixAllKind.ts";

/** Whether a client that asks for some kinds asks for this one: a kind stands for those below it, but none of them is a quick fix. */
export function asksForFixAll(only: readonly string[] | undefined): boolean {
	return only?.some((kind) => kind !== "" && (kind === FIX_ALL || FIX_ALL.startsWith(`${kind}.`))) === true;
}

/** One action that leaves no safe fix of the document; none where there is nothing to do. */
export function fixAll(context: Context, file: SourceFile): CodeAction[] {
	const view = viewOf(context);
	const fixed = fixAllIn(view.snapshot, file.uri, shownTo(context), onFaultOf(context));
	if (!fixed) return [];
	const edits = fixed.edits.map(({ start, end, text }) => ({
		range: { start: positionAt(file, start), end: positionAt(file, end) },
		newText: text,
	}));
	return [{ title: "Apply the safe fixes of Portolan", kind: FIX_ALL, edit: editOf(view, file.uri, edits) }];
}

function editOf({ client, uriOf, versionOf }: View, name: string, edits: TextEdit[]): WorkspaceEdit {
	if (!client.documentChanges) return { changes: { [uriOf(name)]: edits } };
	return { documentChanges: [{ textDocument: { uri: uriOf(name), version: versionOf(name) ?? null }, edits }] };
}
