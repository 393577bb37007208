import {
	CodeActionKind,
	CodeActionRequest,
	CodeLensRequest,
	CompletionRequest,
	type Connection,
	DefinitionRequest,
	DidChangeConfigurationNotification,
	DidChangeTextDocumentNotification,
	DidChangeWatchedFilesNotification,
	DidChangeWorkspaceFoldersNotification,
	DidCloseTextDocumentNotification,
	DidOpenTextDocumentNotification,
	DocumentDiagnosticReportKind,
	DocumentDiagnosticRequest,
	ExecuteCommandRequest,
	HoverRequest,
	InitializedNotification,
	type InitializeResult,
	InlayHintRequest,
	NotificationType,
	ReferencesRequest,
	RequestType,
	type ServerCapabilities,
	TextDocumentSyncKind,
	WorkspaceDiagnosticRequest,
} from "vscode-languageserver/node";
import { version } from "../../../package.json";
import {
	CHOOSE_UNIT,
	type ChooseUnitParams,
	COMPARABLE,
	COMPARISON,
	type ComparableParams,
	type Comparison,
	type ComparisonParams,
	PATHS,
	type PathsParams,
	REINDEX,
	RENDERED,
	RENDERED_SOURCE,
	type RenderedDocument,
	type RenderedParams,
	type RenderedSource,
	type RenderedSourceParams,
	STATUS,
	type Status,
	type StatusParams,
	UNITS,
	type UnitChoice,
	YAML_EXTENSION,
	type YamlExtensionParams,
} from "../protocol.ts";
import type { Disk } from "../session/fileSystem.ts";
import { Session, type SessionEvents } from "../session/session.ts";
import { DEFAULT_SETTINGS } from "../settings/settings.ts";
import type { LoadRenderers } from "../units/renderers.ts";
import { announcer } from "./announce.ts";
import { type Client, clientOf } from "./client.ts";
import { codeActions } from "./codeActions.ts";
import { codeLenses } from "./codeLens.ts";
import { comparable, comparison } from "./comparison.ts";
import { completion } from "./completion.ts";
import type { Context } from "./context.ts";
import { definition, references } from "./definition.ts";
import { documentDiagnostics, workspaceDiagnostics } from "./diagnostics.ts";
import { executeCommand } from "./documentation.ts";
import { EditorState } from "./editor.ts";
import { FIX_ALL } from "./fixAllKind.ts";
import { hover, paths } from "./hover.ts";
import { inlayHints } from "./inlayHints.ts";
import { Names } from "./names.ts";
import { OPEN_PAGE } from "./pages.ts";
import { chooseUnit, rendered, renderedSource, unitsOfDocument } from "./rendered.ts";
import { notification, type Registration, request } from "./request.ts";
import { status } from "./status.ts";
import {
	didChange,
	didChangeConfiguration,
	didChangeWatchedFiles,
	didChangeWorkspaceFolders,
	didChangeYamlExtension,
	didClose,
	didOpen,
} from "./sync.ts";
import { Told } from "./told.ts";
import { initialized, reindex } from "./workspace.ts";

const HANDLERS: readonly Registration[] = [
	notification(InitializedNotification.type, initialized),
	notification(DidOpenTextDocumentNotification.type, didOpen),
	notification(DidChangeTextDocumentNotification.type, didChange),
	notification(DidCloseTextDocumentNotification.type, didClose),
	notification(DidChangeWatchedFilesNotification.type, didChangeWatchedFiles),
	notification(DidChangeWorkspaceFoldersNotification.type, didChangeWorkspaceFolders),
	notification(DidChangeConfigurationNotification.type, didChangeConfiguration),
	notification(new NotificationType<YamlExtensionParams>(YAML_EXTENSION), didChangeYamlExtension),
	request(DocumentDiagnosticRequest.type, documentDiagnostics, { kind: DocumentDiagnosticReportKind.Full, items: [] }),
	request(WorkspaceDiagnosticRequest.type, workspaceDiagnostics, { items: [] }),
	request(HoverRequest.type, hover, null),
	request(DefinitionRequest.type, definition, null),
	request(ReferencesRequest.type, references, []),
	request(CodeActionRequest.type, codeActions, []),
	request(CompletionRequest.type, completion, []),
	request(CodeLensRequest.type, codeLenses, []),
	request(InlayHintRequest.type, inlayHints, []),
	request(ExecuteCommandRequest.type, executeCommand, null),
	request(new RequestType<StatusParams, Status | null, void>(STATUS), status, null),
	request(new RequestType<PathsParams, string | null, void>(PATHS), paths, null),
	request(new RequestType<RenderedParams, RenderedDocument | null, void>(RENDERED), rendered, null),
	request(new RequestType<RenderedSourceParams, RenderedSource | null, void>(RENDERED_SOURCE), renderedSource, null),
	request(new RequestType<StatusParams, UnitChoice[], void>(UNITS), unitsOfDocument, []),
	request(new RequestType<ComparisonParams, Comparison | null, void>(COMPARISON), comparison, null),
	request(new RequestType<ComparableParams, string, void>(COMPARABLE), comparable, ""),
	notification(new NotificationType<ChooseUnitParams>(CHOOSE_UNIT), chooseUnit),
	request(new RequestType<void, null, void>(REINDEX), reindex, null),
];

/** Serves one client until the connection ends. */
export function serve(connection: Connection, disk: Disk, load: LoadRenderers): void {
	connection.onInitialize((params): InitializeResult => {
		const client = clientOf(params);
		const context = contextOf(connection, client, (events) => new Session(disk, load, DEFAULT_SETTINGS, events));
		for (const register of HANDLERS) register(connection, context);
		return { capabilities: capabilitiesFor(client), serverInfo: { name: "Portolan", version } };
	});
	connection.listen();
}

function contextOf(connection: Connection, client: Client, open: (events: SessionEvents) => Session): Context {
	const failed = (what: string, error: unknown): void => {
		connection.console.error(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
	};
	const told = new Told();
	const session = open({
		changed: (document) => {
			told.revision++;
			changes.changed(document);
		},
		failed: (error) => failed("reading files", error),
	});
	const context: Context = {
		connection,
		client,
		session,
		names: new Names(),
		told,
		editor: new EditorState(client.yamlExtension),
		failed,
	};
	const changes = announcer(context);
	return context;
}

function capabilitiesFor(client: Client): ServerCapabilities {
	return {
		textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
		hoverProvider: true,
		definitionProvider: true,
		referencesProvider: true,
		codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL] },
		completionProvider: { triggerCharacters: ["."] },
		codeLensProvider: {},
		inlayHintProvider: true,
		...(client.showsDocuments && !client.showsDocumentation && { executeCommandProvider: { commands: [OPEN_PAGE] } }),
		workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
		...(client.pullsDiagnostics && {
			diagnosticProvider: { identifier: "portolan", interFileDependencies: true, workspaceDiagnostics: true },
		}),
	};
}
