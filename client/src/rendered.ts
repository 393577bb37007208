import {
	commands,
	Disposable,
	type Event,
	EventEmitter,
	type LocationLink,
	languages,
	type Position,
	Range,
	Selection,
	type TextDocument,
	Uri,
	window,
	workspace,
} from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
	CHOOSE,
	CHOOSE_UNIT,
	type ChooseUnitParams,
	RENDERED,
	RENDERED_SOURCE,
	type RenderedDocument,
	type RenderedParams,
	type RenderedSource,
	type RenderedSourceParams,
	SHOW_RENDERED,
	type StatusParams,
	UNITS,
	type UnitChoice,
} from "../../server/src/protocol.ts";

const SCHEME = "portolan-rendered";

/** Shows what a unit deploys, in a document that follows its sources and leads back to them; and lets a user choose the unit of a document. */
export function showRendered(client: LanguageClient, statusChanged: Event<void>): Disposable {
	const changed = new EventEmitter<Uri>();
	const provider = {
		onDidChange: changed.event,
		provideTextDocumentContent: async ({ query }: Uri): Promise<string> => (await ask(client, { unit: query }))?.text ?? "",
	};
	return Disposable.from(
		changed,
		workspace.registerTextDocumentContentProvider(SCHEME, provider),
		languages.registerDefinitionProvider(
			{ scheme: SCHEME },
			{ provideDefinition: (document, position) => sourceOf(client, document, position) },
		),
		statusChanged(() => {
			for (const { uri } of workspace.textDocuments) if (uri.scheme === SCHEME) changed.fire(uri);
		}),
		commands.registerCommand(SHOW_RENDERED, (unit: unknown) => open(client, typeof unit === "string" ? unit : undefined)),
		commands.registerCommand(CHOOSE, (uri: unknown) => choose(client, typeof uri === "string" ? uri : undefined)),
	);
}

function ask(client: LanguageClient, params: RenderedParams): Promise<RenderedDocument | null> {
	return client.sendRequest<RenderedDocument | null>(RENDERED, params);
}

/** The unit of that id, else the one of the document that is edited, at the line that comes from where the cursor stands. */
async function open(client: LanguageClient, unit: string | undefined): Promise<void> {
	const editor = window.activeTextEditor;
	const at = editor && {
		uri: client.code2ProtocolConverter.asUri(editor.document.uri),
		line: editor.selection.active.line,
		character: editor.selection.active.character,
	};
	const found = await ask(client, { ...at, ...(unit !== undefined && { unit }) });
	if (!found) {
		void window.showInformationMessage("Portolan: this file is a part of nothing that is deployed.");
		return;
	}
	const uri = Uri.from({ scheme: SCHEME, path: `/${found.name.replace(/\.ya?ml$/, "")}.yaml`, query: found.unit });
	const document = await languages.setTextDocumentLanguage(await workspace.openTextDocument(uri), "yaml");
	const shown = await window.showTextDocument(document, { preview: true });
	const line = new Range(found.line, 0, found.line, 0);
	shown.selection = new Selection(line.start, line.start);
	shown.revealRange(line);
}

async function sourceOf(client: LanguageClient, { uri }: TextDocument, { line, character }: Position): Promise<LocationLink[]> {
	const params: RenderedSourceParams = { unit: uri.query, line, character };
	const source = await client.sendRequest<RenderedSource | null>(RENDERED_SOURCE, params);
	if (!source) return [];
	const targetRange = new Range(source.line, source.character, source.endLine, source.endCharacter);
	return [{ targetUri: client.protocol2CodeConverter.asUri(source.uri), targetRange }];
}

async function choose(client: LanguageClient, of: string | undefined): Promise<void> {
	const document = window.activeTextEditor?.document;
	const uri = of ?? (document && client.code2ProtocolConverter.asUri(document.uri));
	if (uri === undefined) return;
	const params: StatusParams = { uri };
	const units = await client.sendRequest<UnitChoice[]>(UNITS, params);
	const items = units.map(({ id, name, complete, shown }) => ({
		id,
		label: name,
		description: shown ? "shown" : "",
		detail: complete ? "complete" : "not complete",
	}));
	const chosen = await window.showQuickPick(items, { title: "Portolan: the unit that hovers show" });
	if (chosen) await client.sendNotification(CHOOSE_UNIT, { id: chosen.id } satisfies ChooseUnitParams);
}
