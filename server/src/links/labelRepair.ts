import { addPairs, isLabel, type Pair, replacePairs } from "../model/labelEdits.ts";
import { type Label, type LabelMap, labelOf } from "../model/labels.ts";
import type { Workload } from "../model/workload.ts";
import type { Edit } from "../text/source.ts";
import { addEntry, asScalar } from "../yaml/edit.ts";

/**
 * Makes a selector take the Pods of a workload, by changing those of its pairs that they do not carry. `undefined` where it
 * would take Pods that it must not: `takesOthers` tells that of pairs.
 */
export function usePodLabels(
	selector: LabelMap,
	differing: readonly Label[],
	workload: Workload,
	takesOthers: (pairs: readonly Pair[]) => boolean,
): readonly Edit[] | undefined {
	const labels = workload.template.labels;
	const shared = selector.pairs.filter(({ name }) => labelOf(labels, name)).map(({ name }) => name);
	const wanted = shared.length > 0 ? shared : identifying(workload);
	const pairs = wanted.flatMap((name): Pair[] => {
		const value = labelOf(labels, name)?.value;
		return value === undefined ? [] : [{ name, value }];
	});
	if (pairs.length === 0 || pairs.length < wanted.length || takesOthers(pairs)) return undefined;
	const changed = pairs.filter(({ name, value }) => labelOf(selector, name)?.value !== value);
	return replacePairs(selector, differing, changed);
}

/** The labels by which the workload knows its own Pods, else all of them. */
function identifying({ selector, template }: Workload): readonly string[] {
	const own = (selector?.pairs ?? []).filter(({ name, value }) => labelOf(template.labels, name)?.value === value);
	return (own.length > 0 ? own : (template.labels?.pairs ?? [])).map(({ name }) => name);
}

/** Puts labels on the Pods of a workload. `undefined` where one is there with another value, which its own selector may need. */
export function putPodLabels({ template }: Workload, pairs: readonly Label[]): Edit | undefined {
	const { labels, metadata } = template;
	const values = pairs.flatMap(({ name, value }): Pair[] => (value === undefined || labelOf(labels, name) ? [] : [{ name, value }]));
	if (values.length < pairs.length || !values.every(isLabel)) return undefined;
	if (labels) return labels.node.kind === "map" ? addPairs(labels.node, values) : undefined;
	if (!metadata || metadata.flow) return undefined;
	return addEntry(metadata, "labels", `{ ${values.map(({ name, value }) => `${asScalar(name)}: ${asScalar(value)}`).join(", ")} }`);
}
