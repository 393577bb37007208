import { commands, Disposable, Location, type LogOutputChannel, Position, Uri } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { type LocationsParams, REINDEX, SHOW_DOCUMENTATION, SHOW_LOCATIONS } from "../../server/src/protocol.ts";

/** The commands of the palette, by their ids in package.json, and those of the light bulb and of the lines above objects. `home` is the extension's folder. */
export function registerCommands(client: LanguageClient, output: LogOutputChannel, home: Uri): Disposable {
	const run: Readonly<Record<string, (argument: unknown) => unknown>> = {
		"portolan.showOutput": () => output.show(),
		"portolan.reindexWorkspace": () => client.sendRequest(REINDEX),
		[SHOW_DOCUMENTATION]: (rule) => showPage(home, rule),
		[SHOW_LOCATIONS]: (params) => showLocations(client, params as LocationsParams),
	};
	return Disposable.from(...Object.entries(run).map(([id, command]) => commands.registerCommand(id, command)));
}

/** The page of a rule, which is part of the extension. */
async function showPage(home: Uri, rule: unknown): Promise<void> {
	if (typeof rule !== "string" || !/^[a-z-]+$/.test(rule)) return;
	await commands.executeCommand("markdown.showPreview", Uri.joinPath(home, "docs", "rules", `${rule}.md`));
}

/** Goes to a place, or shows several beside each other. */
async function showLocations({ protocol2CodeConverter }: LanguageClient, { uri, line, places }: LocationsParams): Promise<void> {
	const locations = places.map((place) => new Location(protocol2CodeConverter.asUri(place.uri), new Position(place.line, place.character)));
	const from = protocol2CodeConverter.asUri(uri);
	await commands.executeCommand("editor.action.goToLocations", from, new Position(line, 0), locations, "gotoAndPeek", "");
}
