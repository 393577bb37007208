import fc from "fast-check";
import { type Step, step } from "./steps.ts";

/** How an editor tells what happened on the disk: as it was, each file by itself, all of it twice, or only with what comes next. */
export type Telling = "exactly" | "each" | "twice" | "late";

/** How often each thing happens; typing is what people do. */
const WEIGHTS = {
	type: 12,
	open: 4,
	close: 3,
	save: 4,
	change: 5,
	write: 4,
	copy: 3,
	remove: 3,
	move: 3,
	replace: 1,
	resize: 2,
	reroot: 2,
	set: 2,
	reindex: 1,
	ask: 8,
	wait: 5,
} as const;

/** Something that happens in a session. It names no files, so that a list of events still makes sense when some are taken out. */
export interface Event {
	readonly kind: keyof typeof WEIGHTS;
	/** Which file or folder, and which other. */
	readonly file: number;
	readonly to: number;
	/** Which of whatever else there is to choose from. */
	readonly pick: number;
	readonly telling: Telling;
	readonly step: Step;
}

/** Files that say what the others are, and others that come and go. */
export const NEW_FILES: readonly (readonly [name: string, text: string])[] = [
	["kustomization.yaml", "resources: [a.yaml, base]\npatches: [{ path: b.yaml }]\n"],
	["near/kustomization.yaml", "resources: [../base, a.yaml]\n"],
	["prod/kustomization.yaml", "resources: [../base]\nnamePrefix: p-\nconfigMapGenerator: [{ name: c, files: [app.conf] }]\n"],
	["near/Chart.yaml", "apiVersion: v2\nname: near\nversion: 1.0.0\n"],
	["chart/values-prod.yaml", "port: 8081\n"],
	["chart/templates/_helpers.tpl", '{{- define "web.port" }}9090{{ end }}\n'],
	["chart/.helmignore", "service.yaml\n"],
	[".portolan.yaml", "rules: { service-without-pods: error, target-port-not-declared: off }\n"],
	[".portolan.yaml", "units: [{ name: all, paths: [., near] }]\n"],
	[".portolan.yaml", "exclude: [near]\n"],
	["near/.portolan.yaml", "cluster: { nodePortRange: 8000-9000 }\n"],
	["near/.portolan.yaml", "exclude: ["],
	[".gitignore", "near/\n"],
	[".gitignore", "b.yaml\nservice.yaml\n"],
	["near/.gitignore", "*\n"],
	["nodes.yaml", "apiVersion: v1\nkind: Node\nmetadata: { name: n }\nstatus: { addresses: [{ type: InternalIP, address: 10.0.0.1 }] }\n"],
	["near/namespace.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: { name: default, labels: { istio-injection: enabled } }\n"],
	["Dockerfile", "FROM scratch\nEXPOSE 9090\n"],
	["compose.yaml", "services: { web: { image: example/web, build: . } }\n"],
];

export const event: fc.Arbitrary<Event> = fc.record({
	kind: fc.oneof(...(Object.keys(WEIGHTS) as Event["kind"][]).map((kind) => ({ weight: WEIGHTS[kind], arbitrary: fc.constant(kind) }))),
	file: fc.nat(30),
	to: fc.nat(30),
	pick: fc.nat(1000),
	telling: fc.oneof(
		{ weight: 4, arbitrary: fc.constant<Telling>("exactly") },
		{ weight: 2, arbitrary: fc.constantFrom<Telling[]>("each", "twice", "late") },
	),
	step,
});
