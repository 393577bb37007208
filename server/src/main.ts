import { startServer } from "./lsp/start.ts";
import { nodeDisk } from "./session/disk.ts";
import type * as bundle from "./units/allRenderers.ts";

startServer(nodeDisk(), () => (require("./server-renderers.js") as typeof bundle).RENDERERS);
