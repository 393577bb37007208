import { type CompletionItem, CompletionItemKind, type CompletionParams, MarkupKind } from "vscode-languageserver/node";
import { completeConfiguration } from "../features/configurationCompletion.ts";
import { fileOf } from "../links/snapshot.ts";
import { CONFIGURATION_FILE } from "../settings/configurationFile.ts";
import { offsetAt, positionAt } from "../text/file.ts";
import { baseName } from "../units/folder.ts";
import type { Context } from "./context.ts";
import { nameOf } from "./names.ts";

const KINDS = { key: CompletionItemKind.Property, value: CompletionItemKind.Value } as const;

/** Nothing beside another extension that completes YAML: it reads our schema. */
export async function completion(context: Context, { textDocument, position }: CompletionParams): Promise<CompletionItem[]> {
	const name = nameOf(textDocument.uri);
	if (context.editor.yamlExtension || baseName(name) !== CONFIGURATION_FILE) return [];
	await context.session.ready(name);
	const { snapshot } = context.session;
	const file = fileOf(snapshot, name);
	if (!file) return [];
	return completeConfiguration(snapshot, name, offsetAt(file, position)).map(({ label, kind, text, span, documentation }) => ({
		label,
		kind: KINDS[kind],
		textEdit: { range: { start: positionAt(file, span.start), end: positionAt(file, span.end) }, newText: text },
		...(documentation !== undefined && { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
	}));
}
