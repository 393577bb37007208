import { type Dict, dict } from "../template/values.ts";
import { coalesceValues } from "./coalesce.ts";
import { ChartProblem } from "./gap.ts";
import { coalesceTables, copyDeep, tableBelow, valueBelow } from "./tables.ts";
import { type ChartNode, type Requirement, setDependencies } from "./tree.ts";
import { isInRange } from "./versions.ts";

/**
 * Renames subcharts by their aliases, takes those out that a condition or tags turn off, and lets parents import values.
 * Throws a `ChartProblem`. Source: ProcessDependenciesWithMerge() of pkg/chartutil/dependencies.go of Helm 3.
 */
export function processDependencies(node: ChartNode, given: Dict): void {
	enable(node, given, "", { charts: MAX_CHARTS });
	importAll(node);
}

/** Aliases of charts with aliases multiply; more charts than these are a problem. */
const MAX_CHARTS = 1000;

function enable(node: ChartNode, given: Dict, path: string, left: { charts: number }): void {
	if (!node.requirements) return;
	const requirements = node.requirements;
	setDependencies(node, aliased(node, requirements));
	left.charts -= node.dependencies.length;
	if (left.charts < 0) throw new ChartProblem("budget", `The chart consists of more than ${MAX_CHARTS} charts`);
	for (const requirement of requirements) requirement.enabled = true;
	const values = coalesceValues(node, given, false);
	for (const requirement of requirements) {
		decideByTags(requirement, values);
		decideByCondition(requirement, values, path);
	}
	const off = new Set(requirements.flatMap(({ enabled, name }) => (enabled ? [] : [name])));
	const on = node.dependencies.filter(({ name }) => !off.has(name.value));
	for (const child of on) enable(child, values, `${path}${child.name.value}.`, left);
	node.requirements = requirements.filter(({ name }) => !off.has(name));
	setDependencies(node, on);
}

/** First what is not listed or does not fit what is listed, then what is, once for each time that it is listed. */
function aliased(node: ChartNode, requirements: readonly Requirement[]): readonly ChartNode[] {
	const fits = (child: ChartNode, { name, listed }: Requirement) =>
		child.name.value === name && (child.chart.isStandIn || isInRange(listed.version.value, child.chart.metadata.texts.version.value));
	const found = node.dependencies.filter((child) => !requirements.some((requirement) => fits(child, requirement)));
	for (const requirement of requirements) {
		const child = node.dependencies.find((each) => fits(each, requirement));
		const { alias } = requirement.listed;
		if (child) found.push({ ...child, name: alias.value === "" ? child.name : alias });
		if (alias.value !== "") requirement.name = alias.value;
	}
	return found;
}

function decideByTags(requirement: Requirement, values: Dict): void {
	const tags = tableBelow(values, "tags");
	const found = requirement.listed.tags.flatMap(({ value }) => {
		const tag = tags?.entries.get(value);
		return tag?.kind === "bool" ? [tag.value] : [];
	});
	if (found.length > 0) requirement.enabled = found.includes(true);
}

/** The first path of a condition that leads to a boolean decides. Paths are not trimmed. */
function decideByCondition(requirement: Requirement, values: Dict, path: string): void {
	for (const condition of requirement.listed.condition.value.trim().split(",")) {
		const value = condition === "" ? undefined : valueBelow(values, path + condition);
		if (value?.kind !== "bool") continue;
		requirement.enabled = value.value;
		return;
	}
}

function importAll(node: ChartNode): void {
	for (const child of node.dependencies) importAll(child);
	if (!node.requirements) return;
	const values = coalesceValues(node, undefined, true);
	let imported = dict();
	for (const requirement of node.requirements) {
		for (const { child, parent } of requirement.imported ? [] : requirement.listed.importValues) {
			const table = tableBelow(values, `${requirement.name}.${child}`);
			if (table) imported = coalesceTables(imported, below(parent, table), true);
		}
		requirement.imported = true;
	}
	node.values = coalesceTables(copyDeep(values), imported, true);
}

/** A map that holds another one below a path. */
function below(path: string, table: Dict): Dict {
	if (path === ".") return table;
	return path.split(".").reduceRight<Dict>((inner, key) => dict([[key, inner]]), table);
}
