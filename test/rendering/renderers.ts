import { chartRenderer } from "./charts.ts";
import { kustomizeRenderer } from "./kustomize.ts";
import type { Renderer } from "./renderer.ts";

/** One for each kind of unit that can be rendered. */
export const RENDERERS: readonly Renderer[] = [chartRenderer, kustomizeRenderer];
