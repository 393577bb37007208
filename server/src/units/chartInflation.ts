import { entryOf, isNull, type MapNode, type Node, valueAt } from "../yaml/nodes.ts";
import type { GivenValues } from "./helm/chart/given.ts";
import { renderChart } from "./helm/chart/render.ts";
import type { ChartRenderer, ChartRequest } from "./kustomize/charts.ts";
import { rootsOf } from "./kustomize/documents.ts";
import { without, withValue } from "./kustomize/tree.ts";
import type { Gap } from "./piece.ts";
import type { Files } from "./rendered.ts";

/** Renders the charts that lie beside kustomizations, as kustomize has Helm do it. Source: HelmChartInflationGenerator of kustomize. */
export const inflatedChart: ChartRenderer = (request, files) => {
	const { chart, namespace, kubeVersion, apiVersions, includeCrds } = request;
	const values = valuesOf(request, files);
	if ("reason" in values) return values;
	const release = { name: nameOf(request), namespace: namespace ?? "default" };
	const options = { values, release, apiVersions, includeCrds, ...(kubeVersion !== undefined && { kubeVersion }) };
	const { documents, objects, gaps } = renderChart(files, chart, options);
	const skipped = new Set(documents.flatMap(({ isHook, object }) => (object && isHook && isSkipped(object.root, request) ? [object] : [])));
	const left = gaps.filter(({ harmless }) => !harmless);
	return { objects: objects.filter((object) => !skipped.has(object)), gaps: [...left, ...unknownName(request)] };
};

/** A chart's own values are given to it once more, so that a null in them takes a default away. */
function valuesOf(request: ChartRequest, files: Files): readonly GivenValues[] | { readonly reason: string } {
	const { chart, inline, inlineMerge } = request;
	const [first = `${chart}/values.yaml`, ...others] = request.values;
	const more = others.map((file) => ({ file }));
	if (!inline || inline.entries.length === 0) return [{ file: first }, ...more];
	if (inlineMerge === "replace") return [{ node: inline }, ...more];
	const file = files.file(first);
	if (!file) return { reason: `The values file ${first.slice(first.lastIndexOf("/") + 1)} is not there or cannot be read` };
	// What is merged is read by kustomize, for which `on` and `y` are no booleans.
	const [document] = rootsOf(file);
	const root = document?.node;
	if (document?.faults[0]) return { reason: document.faults[0].message };
	if (root?.kind !== "map") return [{ node: inline }, ...more];
	return [{ node: inlineMerge === "override" ? merged(root, inline) : merged(inline, root) }, ...more];
}

/** Lays one map over another; what is null takes the other's away, and is not there itself. Source: merge2 of kyaml. */
function merged(under: MapNode, over: MapNode): MapNode {
	return over.entries.reduce((all, { name, key, value }) => {
		const old = entryOf(all, name)?.value;
		if (isNull(value)) return without(all, name);
		return withValue(all, name, old?.kind === "map" && value.kind === "map" ? merged(old, value) : value, key);
	}, under);
}

function nameOf({ name, release, nameTemplate }: ChartRequest): string {
	return release || nameTemplate || `${name}-0`;
}

/** Helm makes a name up from the time. */
function unknownName({ name, release, nameTemplate, chart }: ChartRequest): readonly Gap[] {
	if (release !== "" || (nameTemplate !== "" && !nameTemplate.includes("{{"))) return [];
	return [{ uri: `${chart}/Chart.yaml`, reason: `The chart ${name} has no releaseName, so that its name is not known`, at: undefined }];
}

function isSkipped(root: Node, { skipHooks, skipTests }: ChartRequest): boolean {
	const hook = valueAt(root, "metadata", "annotations", "helm.sh/hook");
	const events = hook?.kind === "scalar" ? hook.text.split(",").map((event) => event.trim().toLowerCase()) : [];
	return skipHooks || (skipTests && events.some((event) => event === "test" || event === "test-success"));
}
