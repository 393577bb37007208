import { RENDERERS } from "./allRenderers.ts";
import type { Renderers } from "./renderers.ts";

/** The renderers. The server loads them with this module's bundle, which is when this is called. */
export function loadRenderers(): Renderers {
	return RENDERERS;
}
