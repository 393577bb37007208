import {
	type DidChangeConfigurationParams,
	type DidChangeTextDocumentParams,
	type DidChangeWatchedFilesParams,
	type DidChangeWorkspaceFoldersParams,
	type DidCloseTextDocumentParams,
	type DidOpenTextDocumentParams,
	FileChangeType,
} from "vscode-languageserver/node";
import type { YamlExtensionParams } from "../protocol.ts";
import type { TextChange } from "../session/document.ts";
import type { FileEvent } from "../session/files.ts";
import type { Context } from "./context.ts";
import { nameOf } from "./names.ts";
import { changeSettings } from "./settings.ts";
import { changeRoots, readWorkspace } from "./workspace.ts";

/** Languages of documents that may hold manifests. Compose files have one of their own, `dockercompose`. */
const LANGUAGES: ReadonlySet<string> = new Set(["yaml", "helm", "json", "jsonc"]);

/** Files of charts, which have whatever language other extensions give them. */
const OF_CHART = /\/(templates\/.+|values[^/]*\.ya?ml|[^/]*-values\.ya?ml|Chart\.(yaml|lock)|requirements\.(yaml|lock)|\.helmignore)$/;

export function didOpen({ session, names }: Context, { textDocument }: DidOpenTextDocumentParams): void {
	const { uri, languageId, version, text } = textDocument;
	const part = partOf(uri, languageId);
	if (part !== undefined) session.open(names.open(uri), version, text, part === "template", uri);
}

/** What a document of a language may be: a manifest, a text that manifests are made from, or nothing to read. */
export function partOf(uri: string, languageId: string): "manifest" | "template" | undefined {
	const isYaml = /\.(ya?ml|json)$/i.test(uri);
	const isOfChart = languageId !== "dockercompose" && OF_CHART.test(nameOf(uri));
	if (LANGUAGES.has(languageId) || (isYaml && (languageId === "" || isOfChart))) return "manifest";
	return isOfChart ? "template" : undefined;
}

export function didChange({ session, names }: Context, { textDocument, contentChanges }: DidChangeTextDocumentParams): void {
	const { uri, version } = textDocument;
	session.change(nameOf(uri), version, contentChanges as readonly TextChange[], uri);
	const shown = session.document(nameOf(uri));
	if (shown) names.open(shown.view);
}

export function didClose({ session, names, told }: Context, { textDocument: { uri } }: DidCloseTextDocumentParams): void {
	const other = session.close(nameOf(uri), uri);
	if (other) names.open(other.view);
	else told.forget(names.close(uri));
}

const EVENTS: Readonly<Record<FileChangeType, FileEvent["type"]>> = {
	[FileChangeType.Created]: "created",
	[FileChangeType.Changed]: "changed",
	[FileChangeType.Deleted]: "deleted",
};

export function didChangeWatchedFiles(context: Context, { changes }: DidChangeWatchedFilesParams): void {
	const events = changes.map(({ uri, type }) => ({ name: nameOf(uri), type: EVENTS[type] }));
	context.session.told(events, () => void readWorkspace(context));
}

export function didChangeWorkspaceFolders(context: Context, { event }: DidChangeWorkspaceFoldersParams): void {
	const [added, removed] = [event.added, event.removed].map((folders) => folders.map(({ uri }) => nameOf(uri)));
	void changeRoots(context, added ?? [], removed ?? []);
}

export function didChangeConfiguration(context: Context, { settings }: DidChangeConfigurationParams): void {
	const changed = changeSettings(context, settings).then((others) => (others ? readWorkspace(context) : undefined));
	changed.catch((error: unknown) => context.failed("workspace/didChangeConfiguration", error));
}

export function didChangeYamlExtension({ editor, session }: Context, { installed }: YamlExtensionParams): void {
	if (editor.yamlExtension === installed) return;
	editor.yamlExtension = installed;
	session.tellAgain();
}
