import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import type { Disk } from "../session/fileSystem.ts";
import { serve } from "./server.ts";

/** Serves the client that started this process, over what its arguments name: `--node-ipc`, `--stdio`, `--socket=N` or `--pipe=NAME`. */
export function startServer(disk: Disk): void {
	serve(createConnection(ProposedFeatures.all), disk);
}
