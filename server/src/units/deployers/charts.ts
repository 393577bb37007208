import type { ScalarNode } from "../../yaml/nodes.ts";
import { chartOutcome } from "../chartOutcome.ts";
import { folderOf } from "../folder.ts";
import type { Release } from "../helm/chart/context.ts";
import type { GivenValues } from "../helm/chart/given.ts";
import { type ChartOptions, renderChart } from "../helm/chart/render.ts";
import type { Gap } from "../piece.ts";
import type { Files } from "../rendered.ts";
import type { Outcome } from "../rendering.ts";
import type { DeployedSource, Target } from "./deployment.ts";
import { inNamespace } from "./namespaces.ts";

/** A chart as a tool deploys it. */
export interface ChartDeployment {
	readonly path: string;
	readonly release: Release;
	/** The last wins. */
	readonly values: readonly GivenValues[];
	/** What stands in the place of the chart's own values, if there is anything. */
	readonly instead?: readonly GivenValues[];
	/** Objects that name no namespace stand in it. */
	readonly namespace: ScalarNode | undefined;
	/** The version of Kubernetes that the tool names, instead of the newest that is set. */
	readonly kubeVersion?: string | undefined;
	/** Values that nobody can tell from the workspace. */
	readonly unknown: readonly Gap[];
	/** What the tool does to what Helm prints. */
	readonly finish?: (outcome: Outcome, files: Files) => Outcome;
}

export function chartSource(chart: ChartDeployment): DeployedSource {
	const { path, unknown } = chart;
	const values = [...(chart.instead ?? []), ...chart.values].flatMap((each) => ("file" in each ? [each.file] : []));
	return {
		kind: "chart",
		path,
		uses: new Set([...values, ...values.map(folderOf)]),
		isDeep: true,
		manifests: new Set(),
		kustomizations: [],
		values,
		isKnown: unknown.length === 0,
		render: (files, target) => rendered(files, chart, target),
		chart: (_files, target) => optionsOf(chart, target),
	};
}

function optionsOf({ values, instead = [], release, kubeVersion }: ChartDeployment, target: Target): ChartOptions {
	return { values, instead, release, kubeVersion: kubeVersion ?? target.kubeVersion, limits: target.limits };
}

function rendered(files: Files, chart: ChartDeployment, target: Target): Outcome {
	const { path, namespace, unknown, finish = (outcome: Outcome) => outcome } = chart;
	const outcome = finish(chartOutcome(renderChart(files, path, optionsOf(chart, target))), files);
	const objects = inNamespace(outcome.objects, namespace);
	// What fails for want of a value may be right with it.
	if (unknown.length > 0) return { objects, gaps: [...outcome.gaps, ...unknown] };
	return { ...outcome, objects };
}
