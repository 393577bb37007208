import { type DiagnosticTag, type InitializeParams, MarkupKind } from "vscode-languageserver/node";
import type { InitializationOptions } from "../protocol.ts";
import { nameOf } from "./names.ts";

/** What the client at the other end can do, as it says once at the start. */
export interface Client {
	/** Folders that are open, by name. */
	readonly roots: readonly string[];
	readonly pullsDiagnostics: boolean;
	readonly refreshesDiagnostics: boolean;
	readonly refreshesCodeLenses: boolean;
	readonly refreshesInlayHints: boolean;
	readonly relatedInformation: boolean;
	readonly codeDescription: boolean;
	readonly diagnosticData: boolean;
	readonly tags: readonly DiagnosticTag[];
	/** How hovers are written: `table` and `list` in Markdown. */
	readonly hover: "table" | "list" | "plain";
	readonly codeActionLiterals: boolean;
	readonly preferredActions: boolean;
	readonly documentChanges: boolean;
	readonly progress: boolean;
	readonly watchesFiles: boolean;
	/** It can watch folders that are not open. */
	readonly watchesPlaces: boolean;
	/** It can be asked for its settings. */
	readonly tellsConfiguration: boolean;
	/** It says that its settings changed once that is asked for. */
	readonly registersConfiguration: boolean;
	/** It can make files as part of an edit. */
	readonly createsFiles: boolean;
	/** It can show a page of the web. */
	readonly showsDocuments: boolean;
	/** It is our own, and shows what `STATUS` answers. */
	readonly showsStatus: boolean;
	/** It is our own, and has the command `SHOW_DOCUMENTATION`. */
	readonly showsDocumentation: boolean;
	/** It is our own, and has the command `SHOW_LOCATIONS`. */
	readonly showsLocations: boolean;
	/** It is our own, and has the command `SHOW_RENDERED`. */
	readonly showsRendered: boolean;
	/** It is our own, and its hovers can call the command `SHOW_PATHS`. */
	readonly showsPaths: boolean;
	/** It takes definitions as links, with the characters that they begin at. */
	readonly linksDefinitions: boolean;
	/** At the start, another extension shows what is wrong in YAML itself. */
	readonly yamlExtension: boolean;
}

export function clientOf(params: InitializeParams): Client {
	const { textDocument, workspace, window } = params.capabilities;
	const published = textDocument?.publishDiagnostics;
	// A client that pulls may say what its diagnostics can hold there, or only where older clients do.
	const diagnostic = { ...published, ...textDocument?.diagnostic };
	return {
		roots: rootsOf(params),
		pullsDiagnostics: textDocument?.diagnostic !== undefined,
		refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
		refreshesCodeLenses: workspace?.codeLens?.refreshSupport === true,
		refreshesInlayHints: workspace?.inlayHint?.refreshSupport === true,
		relatedInformation: diagnostic.relatedInformation === true,
		codeDescription: diagnostic.codeDescriptionSupport === true,
		diagnosticData: diagnostic.dataSupport === true,
		tags: diagnostic.tagSupport?.valueSet ?? [],
		hover: hoverFormat(params),
		codeActionLiterals: textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
		preferredActions: textDocument?.codeAction?.isPreferredSupport === true,
		documentChanges: workspace?.workspaceEdit?.documentChanges === true,
		progress: window?.workDoneProgress === true,
		watchesPlaces:
			workspace?.didChangeWatchedFiles?.dynamicRegistration === true && workspace.didChangeWatchedFiles.relativePatternSupport === true,
		watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
		tellsConfiguration: workspace?.configuration === true,
		registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
		createsFiles: workspace?.workspaceEdit?.resourceOperations?.includes("create") === true,
		showsDocuments: window?.showDocument?.support === true,
		showsStatus: optionsOf(params).status === true,
		showsDocumentation: optionsOf(params).documentation === true,
		showsLocations: optionsOf(params).locations === true,
		showsRendered: optionsOf(params).rendered === true,
		showsPaths: optionsOf(params).paths === true,
		linksDefinitions: textDocument?.definition?.linkSupport === true,
		yamlExtension: optionsOf(params).yamlExtension === true,
	};
}

function rootsOf({ workspaceFolders, rootUri, rootPath }: InitializeParams): readonly string[] {
	if (workspaceFolders) return workspaceFolders.map(({ uri }) => nameOf(uri));
	if (rootUri) return [nameOf(rootUri)];
	return rootPath ? [rootPath.replaceAll("\\", "/").replace(/(.)\/+$/, "$1")] : [];
}

/** The first format that the client names is the one it prefers; without any it is plain text. */
function hoverFormat(params: InitializeParams): Client["hover"] {
	if (params.capabilities.textDocument?.hover?.contentFormat?.[0] !== MarkupKind.Markdown) return "plain";
	return optionsOf(params).hoverTable === true ? "table" : "list";
}

function optionsOf({ initializationOptions }: InitializeParams): InitializationOptions {
	return typeof initializationOptions === "object" && initializationOptions !== null ? initializationOptions : {};
}
