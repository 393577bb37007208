import { startServer } from "./lsp/start.ts";
import { nodeDisk } from "./session/disk.ts";

startServer(nodeDisk());
