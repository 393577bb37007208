import { startServer } from "./lsp/start.ts";
import { nodeDisk } from "./session/disk.ts";
import { loadRenderers } from "./units/loadRenderers.ts";

startServer(nodeDisk(), loadRenderers);
