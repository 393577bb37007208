import { type Disposable, extensions } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { YAML_EXTENSION, type YamlExtensionParams } from "../../server/src/protocol.ts";

/** Red Hat's extension, which shows what is wrong in YAML itself. */
const ID = "redhat.vscode-yaml";

export function hasYamlExtension(): boolean {
	return extensions.getExtension(ID) !== undefined;
}

/** Tells the server when it comes or goes. */
export function followYamlExtension(client: LanguageClient): Disposable {
	let known = hasYamlExtension();
	return extensions.onDidChange(async () => {
		const installed = hasYamlExtension();
		if (installed === known || !client.isRunning()) return;
		known = installed;
		await client.sendNotification(YAML_EXTENSION, { installed } satisfies YamlExtensionParams);
	});
}
