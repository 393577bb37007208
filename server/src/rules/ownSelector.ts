import { bool, readField } from "../model/field.ts";
import { type Expression, hasPair, type Labels, meetsExpression } from "../model/labelSelector.ts";
import { type Label, type LabelMap, printLabels } from "../model/labels.ts";
import type { Workload } from "../model/workload.ts";
import type { Place } from "../text/source.ts";
import { entryOf } from "../yaml/nodes.ts";

/** What a workload's own selector demands and the labels of its Pod template do not meet. */
export interface Unmet {
	readonly pairs: readonly Label[];
	readonly expressions: readonly Expression[];
	/** The map that holds the pairs. */
	readonly selector: LabelMap | undefined;
	/** Where the first of it is demanded. */
	readonly at: Place;
}

/**
 * `undefined` where the template meets all that its selector demands, as far as it can be told, and where nothing is demanded.
 * The Pods of a Job have the labels too that Kubernetes gives them, unless `manualSelector` is set; what contradicts these
 * already is no matter of the template.
 */
export function unmetBy(workload: Workload): Unmet | undefined {
	const { labels } = workload.template;
	if (workload.kind === "CronJob") return undefined;
	if (workload.kind !== "Job" || selectsByHand(workload)) return unmetWith(workload, labels);
	const generated = generatedLabels(workload);
	if (!generated || unmetWith(workload, generated)) return undefined;
	return unmetWith(workload, { pairs: [...(labels?.pairs ?? []), ...generated.pairs], complete: labels?.complete !== false });
}

const NAME_LABELS = ["job-name", "batch.kubernetes.io/job-name"];
const UID_LABELS = ["controller-uid", "batch.kubernetes.io/controller-uid"];

/**
 * The labels that Kubernetes gives the Pods of a Job; `undefined` for one that is read from a cluster, which has them already.
 * Source: generateSelector of pkg/registry/batch/job/strategy.go.
 */
export function generatedLabels({ metadata, kind }: Workload): Labels | undefined {
	if (kind !== "Job" || entryOf(metadata.node, "uid")) return undefined;
	const value = metadata.name?.value;
	// Nobody can write the uid that a new object gets.
	const uid = "\0";
	return { complete: true, pairs: [...NAME_LABELS.map((name) => ({ name, value })), ...UID_LABELS.map((name) => ({ name, value: uid }))] };
}

/** What its selector demands that labels do not meet. */
export function unmetWith(workload: Workload, labels: Labels | undefined): Unmet | undefined {
	const selector = workload.kind === "ReplicationController" ? workload.selector : workload.labelSelector?.labels;
	const pairs = (selector?.pairs ?? []).filter((pair) => hasPair(labels, pair) === "no");
	const expressions = workload.labelSelector?.expressions.filter((one) => meetsExpression(labels, one) === "no") ?? [];
	const at = pairs[0]?.key ?? expressions[0]?.key?.node;
	return at && { pairs, expressions, selector, at };
}

export function selectsByHand({ holder }: Workload): boolean {
	return readField(holder, "manualSelector", bool)?.value === true;
}

/** `app=web and tier notin (db)`. */
export function printUnmet({ pairs, expressions }: Pick<Unmet, "pairs" | "expressions">): string {
	return [...(pairs.length > 0 ? [printLabels(pairs)] : []), ...expressions.map(printExpression)].join(" and ");
}

/** As kubectl prints it. */
function printExpression({ key, operator, values = [] }: Expression): string {
	const name = key?.value ?? "";
	if (operator?.value === "Exists") return name;
	if (operator?.value === "DoesNotExist") return `no ${name}`;
	return `${name} ${operator?.value?.toLowerCase()} (${values.map(({ value }) => value ?? "").join(",")})`;
}
