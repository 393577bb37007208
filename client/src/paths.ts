import { commands, Disposable, type Hover, MarkdownString, Uri, workspace } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { PATHS, type PathsParams, SHOW_PATHS } from "../../server/src/protocol.ts";

const SCHEME = "portolan-paths";

/** Shows all access paths of what a hover is about, as a page beside the text. */
export function showPaths(client: LanguageClient): Disposable {
	const provider = {
		provideTextDocumentContent: async ({ query }: Uri): Promise<string> => {
			const found = await client.sendRequest<string | null>(PATHS, JSON.parse(query) as PathsParams);
			return found ?? "What stood here is gone.";
		},
	};
	return Disposable.from(
		workspace.registerTextDocumentContentProvider(SCHEME, provider),
		commands.registerCommand(SHOW_PATHS, (params: PathsParams) => {
			const uri = Uri.from({ scheme: SCHEME, path: "/Access paths.md", query: JSON.stringify(params) });
			return commands.executeCommand("markdown.showPreviewToSide", uri);
		}),
	);
}

/** Lets the links of hovers call this command, and no other. */
export function trusting(hover: Hover | null | undefined): Hover | null | undefined {
	for (const content of hover?.contents ?? []) {
		if (content instanceof MarkdownString) content.isTrusted = { enabledCommands: [SHOW_PATHS] };
	}
	return hover;
}
