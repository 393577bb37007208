import fc from "fast-check";
import { RULES } from "../../server/src/rules/list.ts";
import { type App, type AppPort, serviceOf, workloadOf } from "../support/apps.ts";
import { exampleTexts } from "../support/examples.ts";
import { printStream, type Style } from "../support/styles.ts";
import { cutFiles } from "../support/workspace.ts";

/** Texts by the paths of their files. */
export type Files = ReadonlyMap<string, string>;

/** The folder that every workspace lies in. */
export const ROOT = "/ws";

/** The folders of the examples, and the bad and good example of each rule. */
export function writtenWorkspaces(): readonly Files[] {
	const folders = new Map<string, Map<string, string>>();
	for (const [name, text] of exampleTexts()) {
		const folder = name.slice(0, name.lastIndexOf("/"));
		folders.set(folder, (folders.get(folder) ?? new Map()).set(`${ROOT}${name.slice(folder.length)}`, text));
	}
	const rules = RULES.flatMap(({ bad, good }) => [bad, good].map((block) => below(cutFiles(block))));
	return [...folders.values(), ...rules];
}

function below(files: ReadonlyMap<string, string>): Files {
	return new Map([...files].map(([name, text]) => [`${ROOT}/${name}`, text]));
}

const WRITTEN = writtenWorkspaces();

const style: fc.Arbitrary<Style> = fc.record({
	form: fc.constantFrom("block", "block", "leaves", "flow", "json"),
	quotes: fc.constantFrom("none", "none", "single", "double"),
	indent: fc.constantFrom(2, 4),
	hanging: fc.boolean(),
	comments: fc.boolean(),
	newline: fc.constantFrom("\n", "\n", "\r\n"),
});

const port = fc.record({
	port: fc.constantFrom(80, 443, 8080),
	number: fc.constantFrom(80, 8080, 8443, 53),
	target: fc.constantFrom("name", "number", "none"),
	protocol: fc.constantFrom(undefined, "TCP", "UDP"),
	nodePort: fc.constantFrom(undefined, 30080, 30081, 8080),
	hostPort: fc.constantFrom(undefined, undefined, 80, 8080),
	probe: fc.boolean(),
}) satisfies fc.Arbitrary<Omit<AppPort, "name">>;

/** Few names, so that Services and workloads meet. */
const app: fc.Arbitrary<App> = fc.record({
	name: fc.constantFrom("web", "web-svc", "wbe", "api"),
	namespace: fc.constantFrom(undefined, undefined, "shop", "default"),
	kind: fc.constantFrom("Deployment", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Pod", "Rollout"),
	labels: fc.constantFrom({ app: "web" }, { app: "wbe" }, { app: "web", tier: "front" }, { "app.kubernetes.io/name": "api" }),
	type: fc.constantFrom("ClusterIP", "NodePort", "NodePort", "LoadBalancer", "Headless"),
	ports: fc
		.array(port, { minLength: 1, maxLength: 3 })
		.map((ports) => ports.map((each, index) => ({ ...each, name: ["http", "admin", "dns"][index] ?? "more" }))),
	sidecars: fc.constantFrom(0, 0, 0, 1),
	hostNetwork: fc.constantFrom(false, false, false, true),
});

/** Files that say how those beside them are deployed. */
const KUSTOMIZATION = "resources:\n- a.yaml\n- b.yaml\npatches:\n- path: c.yaml\n";
const CONFIGURATION = "rules:\n  headless-port-translation: off\ncluster:\n  version: 1.30-1.36\n";
const extra: fc.Arbitrary<Files> = fc.constantFrom<Files[]>(
	new Map(),
	new Map(),
	new Map(),
	new Map([[`${ROOT}/kustomization.yaml`, KUSTOMIZATION]]),
	new Map([[`${ROOT}/Chart.yaml`, "apiVersion: v2\nname: web\n"]]),
	new Map([[`${ROOT}/empty.yaml`, ""]]),
	new Map([[`${ROOT}/.portolan.yaml`, CONFIGURATION]]),
);

/** Where an app's Service and its workload stand; links look into folders beside their own. */
const PLACES = [
	["a.yaml", "b.yaml"],
	["c.yaml", "c.yaml"],
	["a.yaml", "a.yaml"],
	["near/a.yaml", "near/a.yaml"],
	["a.yaml", "near/b.yaml"],
	["apps/a.yaml", "near/b.yaml"],
] as const;

const generated: fc.Arbitrary<Files> = fc
	.record({ apps: fc.array(fc.tuple(app, style, fc.constantFrom(...PLACES)), { minLength: 1, maxLength: 3 }), extra })
	.map(({ apps, extra: more }) => {
		const files = new Map(more);
		const write = (name: string, text: string) => {
			const known = files.get(`${ROOT}/${name}`);
			files.set(`${ROOT}/${name}`, known === undefined ? text : `${known}---\n${text}`);
		};
		for (const [each, how, [one, other]] of apps) {
			if (one === other) write(one, printStream([serviceOf(each), workloadOf(each)], how));
			else {
				write(one, printStream([serviceOf(each)], how));
				write(other, printStream([workloadOf(each)], how));
			}
		}
		return files;
	});

/** Workspaces of a few files: examples as they are, or apps that are made up. */
export const workspace: fc.Arbitrary<Files> = fc.oneof(fc.constantFrom(...WRITTEN), generated);
