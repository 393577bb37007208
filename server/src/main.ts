import Module from "node:module";
import { startServer } from "./lsp/start.ts";
import { nodeDisk } from "./session/disk.ts";
import { loadRenderers } from "./units/loadRenderers.ts";

startServer(nodeDisk(), loadRenderers);

/** Milliseconds after which most of what a user asks for has been compiled. */
const SETTLED = 10_000;

// Who started the server may end it at once. Only Node 22 and newer keep what they compiled, where the environment says.
const { flushCompileCache }: typeof Module & { readonly flushCompileCache?: () => void } = Module;
if (flushCompileCache) setTimeout(flushCompileCache, SETTLED).unref();
