import { isPlaceholder } from "../model/field.ts";
import type { Workload } from "../model/workload.ts";
import { isNull, type MapNode, type Node, valueAt } from "../yaml/nodes.ts";

/** What keeps Pods off a node unless they tolerate it. */
export interface Taint {
	readonly key: string;
	readonly value: string;
	readonly effect: "NoSchedule" | "NoExecute";
}

/** PreferNoSchedule keeps nobody off. A node that takes no new Pods is as if it had the taint that says so (NodeUnschedulable of the scheduler). */
export function taintsOf(node: MapNode): readonly Taint[] {
	const list = valueAt(node, "spec", "taints");
	const written = (list?.kind === "seq" ? list.items : []).flatMap((item): readonly Taint[] => {
		const effect = textOf(valueAt(item, "effect"));
		if (effect !== "NoSchedule" && effect !== "NoExecute") return [];
		return [{ key: textOf(valueAt(item, "key")), value: textOf(valueAt(item, "value")), effect }];
	});
	const cordoned = valueAt(node, "spec", "unschedulable");
	const closed = cordoned?.kind === "scalar" && cordoned.value === true;
	return closed ? [...written, { key: `${PREFIX}unschedulable`, value: "", effect: "NoSchedule" }] : written;
}

/** Whether a workload's Pods may stand on a node with these taints. A Pod that names its node passes the scheduler by: the kubelet looks at NoExecute only. */
export function toleratesAll(workload: Workload, taints: readonly Taint[]): "yes" | "no" | "maybe" {
	const name = workload.template.nodeName;
	const bound = name !== undefined && !isNull(name.node);
	const asked = bound ? taints.filter(({ effect }) => effect === "NoExecute") : taints;
	if (asked.length === 0) return "yes";
	const list = valueAt(workload.template.spec, "tolerations");
	const written = list?.kind === "seq" ? list.items : [];
	const open = list !== undefined && !isNull(list) && (list.kind !== "seq" || written.some(isOpen));
	const tolerations = [...written.map(readToleration), ...addedTo(workload)];
	if (asked.every((taint) => tolerations.some((toleration) => tolerates(toleration, taint)))) return "yes";
	return open ? "maybe" : "no";
}

interface Toleration {
	/** Absent for every key. */
	readonly key?: string;
	/** Absent for every value. */
	readonly value?: string;
	/** Absent for every effect. */
	readonly effect?: string;
}

/** Source: ToleratesTaint of k8s.io/component-helpers/scheduling/corev1. */
function tolerates({ key, value, effect }: Toleration, taint: Taint): boolean {
	return (key ?? taint.key) === taint.key && (value ?? taint.value) === taint.value && (effect ?? taint.effect) === taint.effect;
}

function readToleration(item: Node): Toleration {
	const [key, operator, value, effect] = ["key", "operator", "value", "effect"].map((name) => textOf(valueAt(item, name)));
	return {
		...(key !== "" && key !== undefined && { key }),
		...(operator !== "Exists" && { value: value ?? "" }),
		...(effect !== "" && effect !== undefined && { effect }),
	};
}

/** Something that is filled in later, or an operator that compares in a way that not every cluster knows. */
function isOpen(item: Node): boolean {
	if (item.kind !== "map") return true;
	const operator = textOf(valueAt(item, "operator"));
	return !["", "Equal", "Exists"].includes(operator) || item.entries.some(({ value }) => isPlaceholder(value));
}

const PREFIX = "node.kubernetes.io/";

/** Every Pod gets these for some minutes. Source: the admission plugin DefaultTolerationSeconds. */
const EVERY: readonly Toleration[] = ["not-ready", "unreachable"].map((name) => ({ key: PREFIX + name, effect: "NoExecute" }));

/** Source: AddOrUpdateDaemonPodTolerations of pkg/controller/daemon/util. */
const DAEMON: readonly Toleration[] = ["disk-pressure", "memory-pressure", "pid-pressure", "unschedulable"].map((name) => ({
	key: PREFIX + name,
	effect: "NoSchedule",
}));

const NETWORK: Toleration = { key: `${PREFIX}network-unavailable`, effect: "NoSchedule" };

function addedTo({ kind, template }: Workload): readonly Toleration[] {
	if (kind !== "DaemonSet") return EVERY;
	return template.hostNetwork?.value === true ? [...EVERY, ...DAEMON, NETWORK] : [...EVERY, ...DAEMON];
}

function textOf(node: Node | undefined): string {
	return node?.kind === "scalar" && node.value !== null ? node.text : "";
}
