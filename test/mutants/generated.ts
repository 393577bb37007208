import { type App, type AppPort, serviceOf, workloadOf } from "../support/apps.ts";
import { type Data, printStream, printYaml, type Style } from "../support/styles.ts";

/** Every way to write a manifest. */
export const STYLES: readonly Style[] = (["block", "leaves", "flow", "json"] as const).flatMap((form) =>
	(["none", "single", "double"] as const).flatMap((quotes) =>
		([2, 4] as const).flatMap((indent) =>
			[false, true].map(
				(hanging): Style => ({
					form,
					quotes,
					indent,
					hanging,
					comments: hanging === (indent === 2),
					newline: quotes === "single" ? "\r\n" : "\n",
				}),
			),
		),
	),
);

const KINDS: readonly App["kind"][] = [
	"Deployment",
	"StatefulSet",
	"DaemonSet",
	"Deployment",
	"ReplicaSet",
	"Pod",
	"ReplicationController",
];
const TYPES: readonly App["type"][] = ["ClusterIP", "NodePort", "LoadBalancer", "ClusterIP", "Headless"];
const LABELS: readonly App["labels"][] = [
	{ app: "storefront" },
	{ app: "storefront", tier: "front" },
	{ "app.kubernetes.io/name": "storefront", "app.kubernetes.io/instance": "storefront-1" },
];

/** How the objects of an app lie in files. */
const LAYOUTS = ["two files", "one file", "list", "two apps in a file", "a base and an overlay", "a chart"] as const;

/** Folders by the ways to write their files. Nothing is wrong with what they hold. */
export function generatedCorpus(): ReadonlyMap<string, string> {
	const files = new Map<string, string>();
	let number = 0;
	for (const style of STYLES) {
		for (const layout of LAYOUTS) {
			number++;
			for (const [name, text] of filesOf(number, style, layout)) files.set(`app-${number}/deploy/${name}`, text);
		}
	}
	return files;
}

function filesOf(number: number, style: Style, layout: (typeof LAYOUTS)[number]): readonly (readonly [string, string])[] {
	const ending = style.form === "json" ? "json" : "yaml";
	const app = appOf(number);
	const both: readonly [Data, Data] = [serviceOf(app), workloadOf(app)];
	if (layout === "one file") return [["all.yaml", printStream(both, style)]];
	if (layout === "list") return [[`list.${ending}`, printYaml({ apiVersion: "v1", kind: "List", items: both }, style)]];
	const [service = "", workload = ""] = both.map((object) => printYaml(object, style));
	if (layout === "two files") {
		return [
			[`service.${ending}`, service],
			[`workload.${ending}`, workload],
		];
	}
	if (layout === "a chart") {
		return [
			["Chart.yaml", printYaml({ apiVersion: "v2", name: "shop", version: "1.0.0" }, style)],
			["templates/service.yaml", service],
			["templates/workload.yaml", workload],
		];
	}
	if (layout === "a base and an overlay") {
		return [
			[`base/service.${ending}`, service],
			[`base/workload.${ending}`, workload],
			["base/kustomization.yaml", printYaml({ resources: [`service.${ending}`, `workload.${ending}`] }, style)],
			["prod/kustomization.yaml", printYaml({ resources: ["../base"], nameSuffix: "-prod" }, style)],
		];
	}
	const next = { ...appOf(number + 500), name: `back-${number}`, namespace: app.namespace, labels: { app: "warehouse" } };
	return [["shop.yaml", printStream([...both, serviceOf(next), workloadOf(next)], style)]];
}

function appOf(number: number): App {
	// Not in step with the layouts.
	const turn = number + Math.floor(number / LAYOUTS.length);
	const type = pick(TYPES, turn);
	const kind = pick(KINDS, number);
	const hostNetwork = kind === "DaemonSet" && number % 4 === 1;
	const count = 1 + (turn % 3);
	return {
		name: `shop-${number}`,
		namespace: number % 4 === 0 ? "market" : undefined,
		kind,
		labels: pick(LABELS, number),
		type,
		ports: ["http", "admin", "metrics"].slice(0, count).map((name, index) => portOf(name, index, number, { type, kind, hostNetwork })),
		sidecars: number % 5 === 0 ? 1 : 0,
		hostNetwork,
	};
}

function portOf(
	name: string,
	index: number,
	number: number,
	{ type, kind, hostNetwork }: Pick<App, "type" | "kind" | "hostNetwork">,
): AppPort {
	const own = 8000 + index * 100 + (number % 50);
	return {
		name,
		port: type === "Headless" ? own : 80 + index,
		number: own,
		target: type === "Headless" ? "none" : pick(["name", "number", "number"] as const, number + index),
		protocol: pick([undefined, "TCP"] as const, number + index),
		nodePort: 30000 + ((number * 3 + index) % 80),
		hostPort: kind === "DaemonSet" && (hostNetwork || number % 4 === 2) ? own : undefined,
		probe: index === 0 && number % 2 === 0,
	};
}

function pick<T>(list: readonly T[], number: number): T {
	return list[number % list.length] as T;
}
