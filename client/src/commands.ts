import { commands, Disposable, type LogOutputChannel, Uri } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { REINDEX, SHOW_DOCUMENTATION } from "../../server/src/protocol.ts";

/** The commands of the palette, by their ids in package.json, and one that only the light bulb has. `home` is the extension's folder. */
export function registerCommands(client: LanguageClient, output: LogOutputChannel, home: Uri): Disposable {
	const run: Readonly<Record<string, (argument: unknown) => unknown>> = {
		"portolan.showOutput": () => output.show(),
		"portolan.reindexWorkspace": () => client.sendRequest(REINDEX),
		[SHOW_DOCUMENTATION]: (rule) => showPage(home, rule),
	};
	return Disposable.from(...Object.entries(run).map(([id, command]) => commands.registerCommand(id, command)));
}

/** The page of a rule, which is part of the extension. */
async function showPage(home: Uri, rule: unknown): Promise<void> {
	if (typeof rule !== "string" || !/^[a-z-]+$/.test(rule)) return;
	await commands.executeCommand("markdown.showPreview", Uri.joinPath(home, "docs", "rules", `${rule}.md`));
}
