import { type Field, given, intOrText, isUnreadable, map, readField, text } from "../model/field.ts";
import type { Workload } from "../model/workload.ts";

/** How a workload replaces its Pods, with Kubernetes' defaults, in Pods. */
export interface Rollout {
	/** 1 for a DaemonSet, of which the nodes are not known. */
	readonly replicas: number;
	readonly maxSurge: number;
	readonly maxUnavailable: number;
	readonly surgeField: Field<number | string> | undefined;
}

/**
 * How a Deployment or DaemonSet rolls; `undefined` for others, for another strategy, and where a number cannot be read.
 * Source: pkg/apis/apps/v1/defaults.go, ResolveFenceposts of pkg/controller/deployment/util.
 */
export function resolvedRollout(workload: Workload): Rollout | undefined {
	const { kind, spec, replicas } = workload;
	if (kind !== "Deployment" && kind !== "DaemonSet") return undefined;
	const strategy = readField(spec, kind === "Deployment" ? "strategy" : "updateStrategy", map);
	const type = readField(strategy?.value, "type", text);
	const rolling = readField(strategy?.value, "rollingUpdate", map);
	const [surgeField, unavailable] = ["maxSurge", "maxUnavailable"].map((name) => readField(rolling?.value, name, intOrText));
	if ([strategy, type, rolling, surgeField, unavailable, replicas].some(isUnreadable)) return undefined;
	if ((given(type) ?? "RollingUpdate") !== "RollingUpdate") return undefined;
	const wanted = kind === "Deployment" ? (replicas?.value ?? 1) : 1;
	const standard = kind === "Deployment" ? { surge: "25%", unavailable: "25%" } : { surge: 0, unavailable: 1 };
	const maxSurge = scaled(surgeField?.value ?? standard.surge, wanted, Math.ceil);
	const written = scaled(unavailable?.value ?? standard.unavailable, wanted, Math.floor);
	if (maxSurge === undefined || written === undefined || wanted < 0) return undefined;
	return { replicas: wanted, maxSurge, maxUnavailable: maxSurge === 0 && written === 0 ? 1 : written, surgeField };
}

function scaled(value: number | string, of: number, round: (value: number) => number): number | undefined {
	if (typeof value === "number") return value < 0 ? undefined : value;
	const percent = /^\d+%$/.test(value) ? Number.parseInt(value, 10) : undefined;
	return percent === undefined ? undefined : round((percent * of) / 100);
}
