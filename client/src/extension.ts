import { EventEmitter, type ExtensionContext, Uri, window } from "vscode";
import { LanguageClient, type LanguageClientOptions, type ServerOptions, TransportKind } from "vscode-languageclient/node";
import { type InitializationOptions, STATUS_CHANGED } from "../../server/src/protocol.ts";
import { registerCommands } from "./commands.ts";
import { compareWithTools } from "./compare.ts";
import { followManifests } from "./manifests.ts";
import { showPaths, trusting } from "./paths.ts";
import { showRendered } from "./rendered.ts";
import { showStatus } from "./status.ts";
import { followYamlExtension, hasYamlExtension } from "./yamlExtension.ts";

/** Schemes of documents that stand for themselves; others show an old version, an output, a part of something. */
const SCHEMES = ["file", "untitled", "vscode-remote", "vscode-vfs"];

/** Files of charts, which have whatever language other extensions give them. */
const OF_CHARTS = [
	"**/templates/**/*.{yaml,yml,tpl,txt}",
	"**/values*.{yaml,yml}",
	"**/*-values.{yaml,yml}",
	"**/{Chart,requirements}.{yaml,lock}",
];

/** Compose files have a language of their own, `dockercompose`, and stay out. */
const DOCUMENTS = [
	...SCHEMES.flatMap((scheme) => ["yaml", "helm"].map((language) => ({ scheme, language }))),
	...SCHEMES.flatMap((scheme) => OF_CHARTS.map((pattern) => ({ scheme, pattern }))),
	{ scheme: "file", language: "json", pattern: "**/*.json" },
];

/** Starts the server, which runs until VS Code ends or switches the extension off. Nothing of the workspace is executed. */
export async function activate(context: ExtensionContext): Promise<void> {
	const output = window.createOutputChannel("Portolan", { log: true });
	const module = context.asAbsolutePath("dist/server.js");
	// Where Node can (22 and newer), the server starts from what was compiled the last time.
	const env = { NODE_COMPILE_CACHE: Uri.joinPath(context.globalStorageUri, "compiled").fsPath };
	const server: ServerOptions = {
		run: { module, transport: TransportKind.ipc, options: { env } },
		debug: { module, transport: TransportKind.ipc, options: { execArgv: ["--nolazy", "--inspect=6009"] } },
	};
	const options: LanguageClientOptions = {
		documentSelector: DOCUMENTS,
		outputChannel: output,
		initializationOptions: {
			hoverTable: true,
			status: true,
			documentation: true,
			locations: true,
			rendered: true,
			paths: true,
			yamlExtension: hasYamlExtension(),
		} satisfies InitializationOptions,
		middleware: { provideHover: async (document, position, token, next) => trusting(await next(document, position, token)) },
		diagnosticPullOptions: { onChange: true },
	};
	const client = new LanguageClient("portolan", "Portolan", server, options);
	// A client hands a notification to one handler only.
	const statusChanged = new EventEmitter<void>();
	context.subscriptions.push(
		output,
		client,
		registerCommands(client, output, context.extensionUri),
		statusChanged,
		client.onNotification(STATUS_CHANGED, () => statusChanged.fire()),
		showStatus(client, DOCUMENTS, statusChanged.event),
		showRendered(client, statusChanged.event),
		showPaths(client),
		compareWithTools(client, output),
		followManifests(client),
		followYamlExtension(client),
	);
	await client.start();
}
