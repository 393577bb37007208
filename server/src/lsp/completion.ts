import { type CompletionItem, CompletionItemKind, type CompletionParams, MarkupKind } from "vscode-languageserver/node";
import { completeInTemplate } from "../features/chartCompletion.ts";
import { completeConfiguration } from "../features/configurationCompletion.ts";
import { fileOf } from "../links/snapshot.ts";
import { CONFIGURATION_FILE } from "../settings/configurationFile.ts";
import { offsetAt, positionAt } from "../text/file.ts";
import { baseName } from "../units/folder.ts";
import type { Context } from "./context.ts";
import { nameOf } from "./names.ts";

const KINDS = { key: CompletionItemKind.Property, value: CompletionItemKind.Value } as const;

/** Values and templates of charts, and `.portolan.yaml`; that not beside another extension that completes YAML: it reads our schema. */
export async function completion(context: Context, { textDocument, position }: CompletionParams): Promise<CompletionItem[]> {
	const name = nameOf(textDocument.uri);
	if (baseName(name) !== CONFIGURATION_FILE) return inTemplate(context, name, position);
	if (context.editor.yamlExtension) return [];
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

async function inTemplate({ session, editor }: Context, name: string, position: CompletionParams["position"]): Promise<CompletionItem[]> {
	if (!fileOf(session.snapshot, name)?.text.includes("{{")) return [];
	await session.ready(name);
	const { snapshot } = session;
	const file = fileOf(snapshot, name);
	if (!file) return [];
	return completeInTemplate(snapshot, name, offsetAt(file, position), editor.preferred).map(({ label, kind, detail, span }) => ({
		label,
		kind: kind === "value" ? CompletionItemKind.Property : CompletionItemKind.Function,
		...(detail !== "" && { detail }),
		textEdit: { range: { start: positionAt(file, span.start), end: positionAt(file, span.end) }, newText: label },
	}));
}
