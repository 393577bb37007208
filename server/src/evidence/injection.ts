import type { LabelMap } from "../model/labels.ts";
import { rootWith } from "../model/manifest.ts";
import { namespaceOf, readMetadata } from "../model/object.ts";
import type { Workload } from "../model/workload.ts";
import type { Index } from "../units/indexes.ts";
import type { Unit } from "../units/unit.ts";
import { entryOf, type MapNode, type Node, valueAt } from "../yaml/nodes.ts";

/** Something that adds containers to Pods as they are made, and the named TCP ports that its containers are known to declare. */
export interface Injector {
	readonly name: string;
	readonly ports: Readonly<Record<string, number>>;
}

const ISTIO: Injector = { name: "Istio", ports: { "http-envoy-prom": 15090 } };
const LINKERD: Injector = { name: "Linkerd", ports: { "linkerd-proxy": 4143, "linkerd-admin": 4191 } };
const DAPR: Injector = { name: "Dapr", ports: { "dapr-http": 3500, "dapr-grpc": 50001, "dapr-internal": 50002, "dapr-metrics": 9090 } };
const CONSUL: Injector = { name: "Consul", ports: {} };
const VAULT: Injector = { name: "the Vault agent", ports: {} };
const OPENTELEMETRY: Injector = { name: "OpenTelemetry", ports: {} };

/** Keys of labels and annotations that ask for an injection, on a Pod template or its namespace. */
const KEYS: readonly (readonly [RegExp, Injector])[] = [
	[/^(sidecar\.istio\.io\/inject|istio-injection|istio\.io\/rev)$/, ISTIO],
	[/^linkerd\.io\/inject$/, LINKERD],
	[/^dapr\.io\/enabled$/, DAPR],
	[/^consul\.hashicorp\.com\/connect-inject$/, CONSUL],
	[/^vault\.hashicorp\.com\/agent-inject$/, VAULT],
	[/^(sidecar|instrumentation)\.opentelemetry\.io\/inject/, OPENTELEMETRY],
];

/** What adds containers to a workload's Pods: asked for on the template, or on its namespace where the template does not say no. */
export function injectorsOf(unit: Unit, workload: Workload): readonly Injector[] {
	const { labels, annotations } = workload.template;
	const own = [...asked(annotations), ...asked(labels)];
	const namespace = unit.find(NAMESPACES, namespaceOf(workload) ?? "default").at(-1) ?? [];
	const refused = own.filter(({ wanted }) => !wanted).map(({ injector }) => injector);
	const wanted = [...own, ...namespace].filter((ask) => ask.wanted && !refused.includes(ask.injector));
	return [...new Set(wanted.map(({ injector }) => injector))];
}

interface Ask {
	readonly injector: Injector;
	readonly wanted: boolean;
}

function asked(labels: LabelMap | undefined): readonly Ask[] {
	return (labels?.pairs ?? []).flatMap(({ name, value }) =>
		KEYS.filter(([key]) => key.test(name)).map(([, injector]) => ({
			injector,
			wanted: !/^(false|disabled|no|off)$/i.test(value ?? "true"),
		})),
	);
}

/** What the Namespace objects of a unit ask for, by their names. */
const NAMESPACES: Index<readonly Ask[]> = {
	entries: ({ manifest }) => (manifest ? namespacesIn(rootWith(manifest, /\bNamespace\b/)) : []),
};

function namespacesIn(root: Node | undefined): readonly (readonly [string, readonly Ask[]])[] {
	if (root?.kind !== "map") return [];
	const items = entryOf(root, "items")?.value;
	const objects = items?.kind === "seq" ? items.items.filter((item) => item.kind === "map") : [root];
	return objects.flatMap((object) => namespaceIn(object));
}

function namespaceIn(object: MapNode): readonly (readonly [string, readonly Ask[]])[] {
	const kind = valueAt(object, "kind");
	const { name, labels, annotations } = readMetadata(object);
	if (kind?.kind !== "scalar" || kind.value !== "Namespace" || name?.value === undefined) return [];
	return [[name.value, [...asked(labels), ...asked(annotations)]]];
}
