import { inflatedChart } from "./chartInflation.ts";
import type { Release } from "./helm/chart/context.ts";
import type { ChartGap } from "./helm/chart/gap.ts";
import { type ChartOptions, renderChart } from "./helm/chart/render.ts";
import { variantsOf as valuesFilesOf } from "./helm/chart/variants.ts";
import type { Limits } from "./helm/template/problem.ts";
import type { ImageBuilds } from "./imageBuilds.ts";
import { isKustomizationFile } from "./kustomization.ts";
import type { Problem } from "./kustomize/problem.ts";
import { renderKustomization } from "./kustomize/render.ts";
import type { Files } from "./rendered.ts";
import type { RenderedPart } from "./renderedPart.ts";
import type { Outcome, Root } from "./rendering.ts";
import { type Line, Unit } from "./unit.ts";

export type { Release } from "./helm/chart/context.ts";

/** A kustomization as something that is rendered, by the folder that it stands in. */
export function kustomizationRoot(path: string): Root {
	const id = `kustomize:${path}`;
	return { id, kind: "kustomize", path, isMain: isKustomizationFile, render: (files) => renderKustomization(files, path, inflatedChart) };
}

/** Values files with which a chart is deployed; the name is "" for its own values alone. */
export interface Variant {
	readonly name: string;
	readonly uris: readonly string[];
}

/** The values with which a chart is meant to be deployed. */
export function variantsOf(files: Files, path: string): readonly Variant[] {
	return valuesFilesOf(files, path).map(({ name, uri }) => ({ name, uris: uri === undefined ? [] : [uri] }));
}

/** What Helm calls a release that has no name, and where it goes. */
const RELEASE: Release = { name: "release-name", namespace: "default" };

/** A chart as something that is rendered, for a version of Kubernetes (`1.36`). */
export function chartRoot(path: string, { name, uris }: Variant, kubeVersion: string, limits: Limits, release: Release = RELEASE): Root {
	const chart: ChartOptions = { values: uris.map((file) => ({ file })), kubeVersion, release, limits };
	const budget = Object.values(limits).join("/");
	return {
		id: ["chart:", path, kubeVersion, release.namespace, release.name, budget, ...uris].join(" "),
		kind: "chart",
		path,
		variant: name,
		isMain: (uri) => uri === `${path}/Chart.yaml`,
		chart: () => chart,
		render: (files) => chartOutcome(files, path, chart),
	};
}

/** A template that fails takes others along, so nobody knows what is deployed; a chart that is missing only lacks. */
export function chartOutcome(files: Files, path: string, options: ChartOptions): Outcome {
	const { objects, gaps } = renderChart(files, path, options);
	const failed = gaps.filter((gap) => FAILURES.has(gap.class)).slice(0, 1);
	const problems = failed.map(({ reason, uri, at }): Problem => ({ kind: "chart", message: reason.replace(/[.\s]+$/, ""), uri, at }));
	return { objects, gaps: gaps.filter(({ harmless }) => !harmless), problems };
}

/** What is at fault in the chart itself; others are of its surroundings, or of ours. */
const FAILURES: ReadonlySet<ChartGap["class"]> = new Set([
	"invalid chart",
	"invalid values",
	"template syntax",
	"missing template",
	"required or fail",
	"nil or type error",
	"rendered YAML invalid",
]);

/** The unit of one root: everything that it deploys, and nothing else. */
export function renderedUnit(part: RenderedPart, images: ImageBuilds, line: Line): Unit {
	const { id, kind, path } = part.rendering.root;
	return new Unit({ id, name: path, kind, path, images, configuration: undefined }, { members: [], rendered: [part], gaps: [] }, line);
}
