import type { Text } from "../template/text.ts";
import type { Dict } from "../template/values.ts";
import type { Chart } from "./load.ts";
import type { Dependency } from "./metadata.ts";

/**
 * A chart as one rendering sees it: renamed by an alias, its dependencies enabled or gone. Helm changes these in place and shares
 * some of them between two aliases of one chart, which can be seen in what it prints; so do we.
 */
export interface ChartNode {
	readonly chart: Chart;
	name: Text;
	values: Dict | undefined;
	dependencies: ChartNode[];
	/** `undefined` where Chart.yaml lists none. */
	requirements: Requirement[] | undefined;
	parent: ChartNode | undefined;
}

export interface Requirement {
	readonly listed: Dependency;
	name: string;
	enabled: boolean;
	/** Its values have been imported once, which Helm does not do again for a second alias of the chart that lists it. */
	imported: boolean;
}

/** A tree that a rendering may change, of charts that it may not. */
export function chartTree(chart: Chart): ChartNode {
	const node: ChartNode = {
		chart,
		name: chart.metadata.texts.name,
		values: chart.values,
		dependencies: [],
		requirements: chart.metadata.dependencies?.map((listed) => ({ listed, name: listed.name.value, enabled: true, imported: false })),
		parent: undefined,
	};
	setDependencies(node, chart.dependencies.map(chartTree));
	return node;
}

export function setDependencies(node: ChartNode, dependencies: readonly ChartNode[]): void {
	for (const dependency of dependencies) dependency.parent = node;
	node.dependencies = [...dependencies];
}

/** Where its templates stand, as Helm names them: `parent/charts/child`. */
export function pathOf(node: ChartNode): string {
	return node.parent ? `${pathOf(node.parent)}/charts/${node.name.value}` : node.name.value;
}

export function isLibrary({ chart }: ChartNode): boolean {
	return chart.metadata.texts.type.value.toLowerCase() === "library";
}
