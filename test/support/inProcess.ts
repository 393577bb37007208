import { PassThrough } from "node:stream";
import type { TestContext } from "node:test";
import {
	createConnection,
	createProtocolConnection,
	type LogMessageParams,
	ProposedFeatures,
	type ProtocolConnection,
	StreamMessageReader,
	StreamMessageWriter,
} from "vscode-languageserver/node";
import { serve } from "../../server/src/lsp/server.ts";
import type { Disk } from "../../server/src/session/fileSystem.ts";
import { RENDERERS } from "../../server/src/units/allRenderers.ts";
import { EVERYTHING } from "./lspClient.ts";

export interface InProcess {
	readonly client: ProtocolConnection;
	/** Resolves with the first message of the log that fits. */
	readonly logged: (pattern: RegExp) => Promise<string>;
}

const ANSWERED = [
	"client/registerCapability",
	"window/workDoneProgress/create",
	"workspace/diagnostic/refresh",
	"workspace/codeLens/refresh",
	"workspace/inlayHint/refresh",
];

/** A server in this process on the folder `/ws` of a disk, with nobody whose life it must watch, and a client that can everything. */
export async function connectInProcess(t: TestContext, disk: Disk): Promise<InProcess> {
	const [toServer, toClient] = [new PassThrough(), new PassThrough()];
	serve(
		createConnection(ProposedFeatures.all, new StreamMessageReader(toServer), new StreamMessageWriter(toClient)),
		disk,
		() => RENDERERS,
	);
	const client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
	for (const method of ANSWERED) client.onRequest(method, () => null);
	client.onRequest("workspace/configuration", ({ items }: { items: readonly unknown[] }) => items.map(() => null));
	const log: string[] = [];
	const waiting = new Set<() => void>();
	client.onNotification("window/logMessage", ({ message }: LogMessageParams) => {
		log.push(message);
		for (const wake of waiting) wake();
	});
	client.listen();
	t.after(() => client.dispose());
	await client.sendRequest("initialize", {
		processId: null,
		rootUri: null,
		capabilities: EVERYTHING,
		workspaceFolders: [{ uri: "file:///ws", name: "ws" }],
		initializationOptions: { status: true },
	});
	const logged = (pattern: RegExp): Promise<string> =>
		new Promise((resolve) => {
			const wake = (): void => {
				const found = log.find((message) => pattern.test(message));
				if (found === undefined) return;
				waiting.delete(wake);
				resolve(found);
			};
			waiting.add(wake);
			wake();
		});
	return { client, logged };
}
