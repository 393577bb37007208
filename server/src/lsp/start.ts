import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import type { Disk } from "../session/fileSystem.ts";
import type { LoadRenderers } from "../units/renderers.ts";
import { serve } from "./server.ts";

/** Serves the client that started this process, over what its arguments name: `--node-ipc`, `--stdio`, `--socket=N` or `--pipe=NAME`. */
export function startServer(disk: Disk, load: LoadRenderers): void {
	serve(createConnection(ProposedFeatures.all), disk, load);
}
