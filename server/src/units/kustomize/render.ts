import type { Gap } from "../piece.ts";
import type { Files, Rendered } from "../rendered.ts";
import { accumulateRoot } from "./accumulate.ts";
import type { ChartRenderer } from "./charts.ts";
import { finished } from "./finish.ts";
import { isHarmless, type Problem } from "./problem.ts";
import type { Resource } from "./resource.ts";

/** What a root kustomization is deployed as. */
export interface RenderedKustomization extends Rendered {
	/** Why `kustomize build` would refuse it or not do what is written, and what nobody can tell without running or fetching something. */
	readonly problems: readonly Problem[];
}

/**
 * Renders the kustomization in a folder as `kustomize build` with its load restrictor off does, but fetches and runs nothing.
 * Where that refuses the whole, the part at fault is left out and the rest is here, with a gap. Nodes stand where a person would
 * change them: what nobody touched in the base, what a patch says in the patch, what a kustomization sets at its entry.
 */
export function renderKustomization(files: Files, folder: string, charts?: ChartRenderer): RenderedKustomization {
	const { accumulated, spec } = accumulateRoot(files, folder, charts);
	const problems = [...accumulated.problems];
	const resources = finished(accumulated, spec, problems);
	return { objects: resources.map(objectOf), gaps: problems.filter((problem) => !isHarmless(problem)).map(gapOf), problems };
}

function objectOf({ root, uri, unknown }: Resource) {
	return { root, uri, unknown };
}

function gapOf({ message, uri, at }: Problem): Gap {
	return { reason: message, uri, at };
}
