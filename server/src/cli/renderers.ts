import type * as all from "../units/allRenderers.ts";
import type { Renderers } from "../units/renderers.ts";

/** Loads the renderers, which stand in the command's own bundle, so that most commands start without running them. */
export function loadRenderers(): Renderers {
	return (require("../units/allRenderers.ts") as typeof all).RENDERERS;
}
