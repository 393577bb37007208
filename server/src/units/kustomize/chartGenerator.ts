import { entryOf, type MapNode, type Node } from "../../yaml/nodes.ts";
import { resolvePath } from "../folder.ts";
import type { Build } from "./build.ts";
import { attempt, problemOf } from "./build.ts";
import type { ChartRequest } from "./charts.ts";
import { absorbed } from "./generate.ts";
import { missing, remoteOrAbsolute } from "./paths.ts";
import { Refusal } from "./problem.ts";
import { type Resource, resourceOf } from "./resource.ts";
import { isSet, itemsAt, textIn } from "./shape.ts";

/** Adds what the charts of a kustomization render to. */
export function withCharts(build: Build, resources: readonly Resource[]): readonly Resource[] {
	const items = [...itemsAt(build.spec, "helmCharts"), ...itemsAt(build.spec, "helmChartInflationGenerator")];
	const globals = entryOf(build.spec, "helmGlobals")?.value;
	return items.reduce(
		(all, item) => attempt(build, all, () => chartResources(build, item, globals).reduce((each, made) => absorbed(each, made, item), all)),
		resources,
	);
}

/** The objects of a chart, if there is something that renders charts. */
export function chartResources(build: Build, item: Node, globals: Node | undefined): readonly Resource[] {
	const request = requestOf(build, item, globals);
	if (!build.charts) throw new Refusal("helm", `The chart ${request.name} needs Helm, which is not run`, item, { name: request.name });
	const rendered = build.charts(request, build.files);
	if ("reason" in rendered) throw new Refusal("helm", rendered.reason, item, { name: request.name });
	for (const { reason, uri, at } of rendered.gaps) build.problems.push({ kind: "helm", message: reason, uri, at });
	return rendered.objects.map(({ root, uri, unknown }) => ({ ...resourceOf(root, uri), fromHelm: true, unknown }));
}

/** What a chart is asked for. Source: HelmChartInflationGenerator of kustomize; without a namespace the kustomization's is taken. */
function requestOf(build: Build, item: Node, globals: Node | undefined): ChartRequest {
	const [name, version, repo] = [textIn(item, "name") || textIn(item, "chartName"), textIn(item, "version"), textIn(item, "repo")];
	if (name === "") throw new Refusal("invalid", "A chart needs a name", item);
	const home = textIn(globals, "chartHome") || textIn(item, "chartHome") || "charts";
	const chart = resolvePath(build.folder, [home, ...(version !== "" && repo !== "" ? [`${name}-${version}`] : []), name].join("/"));
	if (chart === undefined) throw remoteOrAbsolute(home, item);
	if (!build.files.has(`${chart}/Chart.yaml`))
		throw new Refusal("helm", `The chart ${name} is not in ${home}, and not fetched`, item, { name });
	const merge = textIn(item, "valuesMerge");
	const inline = (entryOf(item, "valuesInline") ?? entryOf(item, "valuesLocal"))?.value;
	const paths = [(entryOf(item, "valuesFile") ?? entryOf(item, "values"))?.value, ...itemsAt(item, "additionalValuesFiles")];
	return {
		chart,
		name,
		release: textIn(item, "releaseName"),
		nameTemplate: textIn(item, "nameTemplate"),
		namespace: textIn(item, "namespace") || textIn(build.spec, "namespace") || build.chartNamespace || undefined,
		values: paths.flatMap((path) => (path?.kind === "scalar" && path.text !== "" ? [valuesFile(build, path.text, path)] : [])),
		inline: inline?.kind === "map" ? (inline as MapNode) : undefined,
		inlineMerge: merge === "replace" || merge === "merge" ? merge : "override",
		includeCrds: isSet(item, "includeCRDs"),
		skipTests: isSet(item, "skipTests"),
		skipHooks: isSet(item, "skipHooks"),
		kubeVersion: textIn(item, "kubeVersion") || undefined,
		apiVersions: itemsAt(item, "apiVersions").flatMap((each) => (each.kind === "scalar" ? [each.text] : [])),
	};
}

function valuesFile(build: Build, path: string, at: Node): string {
	const uri = resolvePath(build.folder, path);
	if (uri === undefined) throw remoteOrAbsolute(path, at);
	if (!build.files.file(uri)) build.problems.push(problemOf(missing(build.files, uri, path, at), build.uri));
	return uri;
}
