import { commands, Disposable, type LogOutputChannel } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { REINDEX } from "../../server/src/protocol.ts";

/** The commands of the palette, by their ids in package.json. */
export function registerCommands(client: LanguageClient, output: LogOutputChannel): Disposable {
	const run: Readonly<Record<string, () => unknown>> = {
		"portolan.showOutput": () => output.show(),
		"portolan.reindexWorkspace": () => client.sendRequest(REINDEX),
	};
	return Disposable.from(...Object.entries(run).map(([id, command]) => commands.registerCommand(id, command)));
}
