import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** A chart or a root kustomization, and what the real tool answered for it. */
export interface RecordedUnit {
	readonly repo: string;
	readonly path: string;
	readonly kind: "chart" | "kustomize";
	/** A values file, relative to the chart. */
	readonly values?: string;
	/** Values as JSON. */
	readonly inline?: string;
	readonly linked?: readonly { readonly to: string; readonly from: string }[];
	readonly ok: boolean;
	readonly class?: string;
	readonly error?: string;
	readonly partial?: { readonly how: readonly string[]; readonly complete: boolean };
	/** Names that end with a hash. */
	readonly generated?: readonly string[];
	/** Of a unit that was made for one behaviour: its files, by their paths. */
	readonly files?: Readonly<Record<string, string>>;
	readonly objects: readonly RecordedObject[];
}

export interface RecordedObject {
	readonly kind: string;
	readonly apiVersion: string;
	readonly namespace?: string;
	readonly name?: string;
	readonly generateName?: string;
	readonly labels?: unknown;
	readonly spec?: unknown;
	readonly source: string;
	/** JSON pointers to what differs from run to run. */
	readonly varies?: readonly string[];
}

/** What is recorded of an object: these kinds, their labels and their specs. */
export const RECORDED_KINDS: ReadonlySet<string> = new Set([
	...["Service", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob", "Pod"],
	...["Ingress", "NetworkPolicy", "HTTPRoute", "ServiceMonitor"],
]);

/** Reads recorded answers, packed with xz or not; without a file those that lie beside the corpus. */
export function readRecorded(corpus: string, file: string | undefined): readonly RecordedUnit[] {
	const beside = ["units.json", "units.json.xz"].map((name) => path.resolve(corpus, "..", name));
	const found = file ?? beside.find((candidate) => existsSync(candidate));
	if (found === undefined) throw new Error(`Neither ${beside.join(" nor ")} is there: name the file with the recorded answers`);
	const text = found.endsWith(".xz") ? execFileSync("xz", ["-dc", found], { maxBuffer: 2 ** 30 }).toString() : readFileSync(found, "utf8");
	return (JSON.parse(text) as { readonly units: readonly RecordedUnit[] }).units.map((unit) => ({ ...unit, objects: unit.objects ?? [] }));
}
