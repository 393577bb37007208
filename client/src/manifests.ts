import { commands, type Disposable } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { MANIFESTS, type ManifestsParams } from "../../server/src/protocol.ts";

/** Keeps the context key that says whether the workspace holds a manifest, on which views and menus depend. */
export function followManifests(client: LanguageClient): Disposable {
	return client.onNotification(MANIFESTS, ({ there }: ManifestsParams) => {
		void commands.executeCommand("setContext", "portolan.hasManifests", there);
	});
}
