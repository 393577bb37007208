import { chartOutcome } from "./chartOutcome.ts";
import type { Release } from "./helm/chart/context.ts";
import type { ChartOptions } from "./helm/chart/render.ts";
import { variantsOf as valuesFilesOf } from "./helm/chart/variants.ts";
import type { Limits } from "./helm/template/problem.ts";
import type { ImageBuilds } from "./imageBuilds.ts";
import { isKustomizationFile } from "./kustomization.ts";
import type { Files } from "./rendered.ts";
import type { RenderedPart } from "./renderedPart.ts";
import type { LoadRenderers } from "./renderers.ts";
import type { Root } from "./rendering.ts";
import { type Line, Unit } from "./unit.ts";

export type { Release } from "./helm/chart/context.ts";

/** A kustomization as something that is rendered, by the folder that it stands in. */
export function kustomizationRoot(load: LoadRenderers, path: string): Root {
	const id = `kustomize:${path}`;
	return {
		id,
		kind: "kustomize",
		path,
		isMain: isKustomizationFile,
		render: (files) => {
			const { renderKustomization, inflatedChart } = load();
			return renderKustomization(files, path, inflatedChart);
		},
	};
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

interface Options {
	/** `1.36` */
	readonly kubeVersion: string;
	readonly limits: Limits;
	readonly release?: Release | undefined;
	/** Objects that name no namespace stand in it. */
	readonly namespace?: string | undefined;
}

/** A chart as something that is rendered. */
export function chartRoot(load: LoadRenderers, path: string, { name, uris }: Variant, options: Options): Root {
	const { kubeVersion, limits, release = RELEASE, namespace } = options;
	const chart: ChartOptions = { values: uris.map((file) => ({ file })), kubeVersion, release, limits };
	const budget = Object.values(limits).join("/");
	return {
		id: ["chart:", path, kubeVersion, release.namespace, release.name, namespace ?? "", budget, ...uris].join(" "),
		kind: "chart",
		path,
		variant: name,
		isMain: (uri) => uri === `${path}/Chart.yaml`,
		chart: () => chart,
		render: (files) => {
			const { renderChart, inNamedNamespace } = load();
			const { problems = [], ...rendered } = chartOutcome(renderChart(files, path, chart));
			// A values file that is not there is the fault of who names it.
			const outcome = { ...rendered, problems: problems.filter(({ uri }) => !uris.includes(uri) || files.file(uri) !== undefined) };
			return namespace === undefined ? outcome : { ...outcome, objects: inNamedNamespace(outcome.objects, namespace) };
		},
	};
}

/** The unit of one root: everything that it deploys, and nothing else. */
export function renderedUnit(part: RenderedPart, images: ImageBuilds, line: Line): Unit {
	const { id, kind, path } = part.rendering.root;
	return new Unit({ id, name: path, kind, path, images, configuration: undefined }, { members: [], rendered: [part], gaps: [] }, line);
}
