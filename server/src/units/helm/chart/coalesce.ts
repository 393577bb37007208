import { type Dict, dict } from "../template/values.ts";
import { ChartProblem } from "./gap.ts";
import { coalesceTables, copyDeep, copyShallow, tableAt, take } from "./tables.ts";
import type { ChartNode } from "./tree.ts";

/**
 * A chart's values with those of its subcharts below their names: what is given wins over what values.yaml has, a parent over its
 * subcharts. With `merge` nulls stay, else they take away. Throws a `ChartProblem` where something else than a map stands at a
 * subchart's name. Source: pkg/chartutil/coalesce.go of Helm 3.
 */
export function coalesceValues(node: ChartNode, given: Dict | undefined, merge: boolean): Dict {
	return coalesce(node, given ? copyDeep(given) : dict(), merge);
}

function coalesce(node: ChartNode, to: Dict, merge: boolean): Dict {
	if (node.values) coalesceOwn(node, to, copyDeep(node.values), merge);
	for (const child of node.dependencies) {
		const name = child.name.value;
		const own = tableAt(to, name);
		if (!own) throw new ChartProblem("invalid values", `type mismatch on ${name}; it has the name of a subchart, whose values are a map`);
		coalesceGlobals(own, to);
		coalesce(child, own, merge);
	}
	return to;
}

function coalesceOwn(node: ChartNode, to: Dict, own: Dict, merge: boolean): void {
	for (const [key, value] of own.entries) {
		const known = to.entries.get(key);
		if (!known) take(to, own, key, value);
		else if (known.kind === "nil" && !merge) to.entries.delete(key);
		else if (known.kind === "map" && value.kind === "map") {
			const isChild = node.dependencies.some(({ name }) => name.value === key);
			coalesceTables(known, value, merge || isChild);
		}
	}
}

/** What is global for a chart is so for its subchart, unless they disagree about what is a map. */
function coalesceGlobals(child: Dict, parent: Dict): void {
	const from = parent.entries.get("global") ?? dict();
	const known = child.entries.get("global") ?? dict();
	if (known.kind !== "map" || from.kind !== "map") return;
	child.entries.set("global", known);
	for (const [key, value] of from.entries) {
		const own = known.entries.get(key);
		if (value.kind !== "map") {
			if (own?.kind !== "map") take(known, from, key, value);
		} else if (!own || own.kind === "map") {
			const merged = copyShallow(value);
			take(known, from, key, own ? coalesceTables(merged, own, true) : merged);
		}
	}
}
