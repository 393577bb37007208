import type { inflatedChart } from "./chartInflation.ts";
import type { inNamedNamespace } from "./deployers/namespaces.ts";
import type { readDeployments } from "./deployers/read.ts";
import type { readDockerfile } from "./dockerfile.ts";
import type { lookInto, watched } from "./helm/chart/look.ts";
import type { renderChart } from "./helm/chart/render.ts";
import type { renderKustomization } from "./kustomize/render.ts";

/**
 * What most workspaces never need and is as large as all the rest. Whoever runs Portolan hands it in, so that it can be loaded when it is
 * asked for, in whatever way there is to do that.
 */
export interface Renderers {
	readonly renderKustomization: typeof renderKustomization;
	readonly inflatedChart: typeof inflatedChart;
	readonly inNamedNamespace: typeof inNamedNamespace;
	readonly renderChart: typeof renderChart;
	readonly lookInto: typeof lookInto;
	readonly watched: typeof watched;
	readonly readDeployments: typeof readDeployments;
	readonly readDockerfile: typeof readDockerfile;
}

/** Loads the renderers; when it is called again, it gives the same ones. */
export type LoadRenderers = () => Renderers;
