import { inflatedChart } from "./chartInflation.ts";
import { inNamedNamespace } from "./deployers/namespaces.ts";
import { readDeployments } from "./deployers/read.ts";
import { readDockerfile } from "./dockerfile.ts";
import { lookInto, watched } from "./helm/chart/look.ts";
import { renderChart } from "./helm/chart/render.ts";
import { renderKustomization } from "./kustomize/render.ts";
import type { Renderers } from "./renderers.ts";

/** Whoever imports this has all of them loaded; their bundles hold nothing else. */
export const RENDERERS: Renderers = {
	inflatedChart,
	inNamedNamespace,
	lookInto,
	readDeployments,
	readDockerfile,
	renderChart,
	renderKustomization,
	watched,
};
