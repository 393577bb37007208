import { entryOf, isNull, type Node, type ScalarNode, valueAt } from "../yaml/nodes.ts";
import {
	type Cluster,
	type ConfiguredNode,
	type ConfiguredUnit,
	type CustomWorkload,
	DEFAULT_SETTINGS,
	frozen,
	type KubeProxy,
	type RuleSetting,
	type Settings,
} from "./settings.ts";
import { checked, choice, described, flag, list, map, record, requiring, type Shape, textOrMap, type Where } from "./shape.ts";
import { cidr, cidrOrPrimary, count, domain, glob, host, keys, kind, path, portRange, versions, word } from "./values.ts";

export const SEVERITIES = ["off", "hint", "information", "warning", "error", "auto"] as const satisfies readonly RuleSetting[];

/** Words of other linters. A bare `off` is a boolean in YAML 1.1, so both mean it. */
const SYNONYMS: Readonly<Record<string, RuleSetting>> = { warn: "warning", info: "information" };

export const severity: Shape<RuleSetting> = choice(SEVERITIES, (node) =>
	node.value === false ? "off" : Object.hasOwn(SYNONYMS, node.text) ? SYNONYMS[node.text] : undefined,
);

const node: Shape<ConfiguredNode> = textOrMap(
	checked(host, (address): ConfiguredNode => ({ name: undefined, addresses: [address], labels: {} })),
	checked(
		map({
			name: described(word, "The name of the node."),
			addresses: described(list(host), "IP addresses or host names."),
			labels: described(record(word), "Labels of the node, for node selectors and affinity."),
		}),
		({ name, addresses = [], labels = {} }): ConfiguredNode => ({ name, addresses, labels }),
	),
);

/** Each setting of the cluster, which VS Code has one by one. */
export const CLUSTER = {
	version: described(versions, "The version of Kubernetes, or a range: where their answers differ, a finding says so."),
	domain: described(domain, "The domain of the cluster's DNS names."),
	nodePortRange: described(portRange, "The API server's `--service-node-port-range`."),
	podCIDR: described(
		list(cidr),
		"The addresses of Pods. Absent: there is a range and it is unknown; an empty list: kube-proxy cannot tell Pods from others.",
	),
	nodes: described(list(node), "Addresses of the nodes, which stand in place of `nodeIP`. Node objects of the workspace count too."),
	proxy: described(
		map({
			mode: described(choice<KubeProxy["mode"]>(["iptables", "nftables", "ipvs"]), "How kube-proxy forwards."),
			masqueradeAll: described(flag, "Whether the client's address is replaced for every connection to a Service."),
			localhostNodePorts: described(flag, "Whether node ports answer on loopback addresses (mode iptables)."),
			nodePortAddresses: described(list(cidrOrPrimary), "The addresses of a node on which node ports answer; an empty list: all."),
		}),
		"How kube-proxy runs.",
	),
} as const;

const unit: Shape<ConfiguredUnit> = checked(
	requiring(
		["name"],
		map({
			name: described(word, "What the unit is called."),
			paths: described(list(path), "Folders, with all below them, and files, relative to this configuration."),
			kustomize: described(path, "The folder of a kustomization."),
			helm: described(path, "The folder of a chart."),
			values: described(list(path), "Values files of the chart; later ones win."),
			release: described(word, "The name of the chart's release."),
			namespace: described(word, "The namespace of the release."),
		}),
	),
	asUnit,
);

const workload: Shape<CustomWorkload> = checked(
	requiring(
		["kind", "podTemplate"],
		map({
			kind: described(kind, "The kind of the custom resource."),
			podTemplate: described(keys, "Where its Pod template stands, as in `spec.template`."),
		}),
	),
	({ kind, podTemplate }, at, where) => {
		if (kind !== undefined && podTemplate !== undefined) return { kind, podTemplate };
		for (const name of ["kind", "podTemplate"]) if (!isWritten(at, name)) refuseEntry(at, where, `lacks ${name}`);
		return undefined;
	},
);

export const EXCLUDE: Shape<readonly string[]> = described(
	list(glob),
	"Globs of files and folders that are left out, besides `.git`, `node_modules` and what `.gitignore` names.",
);
export const UNITS: Shape<readonly ConfiguredUnit[]> = described(
	checked(list(unit), withOwnNames),
	"What is deployed together where the folders do not say it.",
);
export const WORKLOADS: Shape<readonly CustomWorkload[]> = described(list(workload), "Custom resources that hold a Pod template.");

/** Each budget, which VS Code has one by one. What nobody needs is refused, so that no workspace can keep an editor busy. */
export const RENDERING = {
	steps: described(count(100_000_000), "How many template actions and calls of functions one chart may take."),
	output: described(count(1_000_000_000), "How many characters one chart may print, with all that it computes on the way."),
	recursion: described(count(10_000), "How deeply templates may include each other."),
	range: described(count(10_000_000), "How many rounds a `range` may have, and how many elements a list."),
} as const;
export const RULES_DESCRIPTION = "The severity of each rule, or `off`. `auto` leaves it to the rule.";

/** A whole configuration, as a file holds it. `onRule` hears of the names of rules, which are not known here. */
export function configurationShape(onRule?: (key: ScalarNode) => void): Shape<Settings> {
	const shape = map({
		rules: described(record(severity, onRule), RULES_DESCRIPTION),
		cluster: described(map(CLUSTER), "What is known of the cluster."),
		exclude: EXCLUDE,
		units: UNITS,
		workloads: WORKLOADS,
		rendering: described(map(RENDERING), "How much one chart may compute. A chart that needs more is said to be incomplete."),
	});
	return checked(shape, ({ rules, cluster, exclude, units, workloads, rendering }) => {
		const { rules: noRules, cluster: usual, ...none } = DEFAULT_SETTINGS;
		return frozen({
			rules: rules ?? noRules,
			cluster: withCluster(usual, cluster ?? {}),
			exclude: exclude ?? none.exclude,
			units: units ?? none.units,
			workloads: workloads ?? none.workloads,
			rendering: { ...none.rendering, ...rendering },
		});
	});
}

function withCluster(usual: Cluster, given: Partial<Omit<Cluster, "proxy">> & { readonly proxy?: Partial<KubeProxy> }): Cluster {
	return { ...usual, ...given, proxy: { ...usual.proxy, ...given.proxy } };
}

interface WrittenUnit {
	readonly name?: string;
	readonly paths?: readonly string[];
	readonly kustomize?: string;
	readonly helm?: string;
	readonly values?: readonly string[];
	readonly release?: string;
	readonly namespace?: string;
}

function asUnit(written: WrittenUnit, at: Node, where: Where): ConfiguredUnit | undefined {
	const { name, paths, kustomize, helm, values, release, namespace } = written;
	const sources = ["paths", "kustomize", "helm"].filter((source) => isWritten(at, source));
	if (!isWritten(at, "name")) refuseEntry(at, where, "lacks name");
	if (sources.length !== 1) refuseEntry(at, where, "has one of paths, kustomize and helm");
	if (name === undefined || sources.length !== 1) return undefined;
	if (kustomize !== undefined) return { kind: "kustomize", name, path: kustomize };
	if (helm !== undefined) return { kind: "helm", name, path: helm, values: values ?? [], release, namespace };
	return paths && { kind: "paths", name, paths };
}

function isWritten(at: Node, name: string): boolean {
	const entry = entryOf(at, name);
	return entry !== undefined && !isNull(entry.value);
}

/** On the entry's first key, as whatever a map lacks. */
function refuseEntry(at: Node, { name, report }: Where, fault: string): void {
	const first = at.kind === "map" ? at.entries[0] : undefined;
	report({ at: first?.key ?? at, message: `An entry of ${name} ${fault}` });
}

/** A second unit of one name is left out. */
function withOwnNames(units: readonly ConfiguredUnit[], at: Node, { report }: Where): readonly ConfiguredUnit[] {
	const names = new Set<string>();
	for (const item of at.kind === "seq" ? at.items : []) {
		const name = valueAt(item, "name");
		if (name?.kind !== "scalar") continue;
		if (names.has(name.text)) report({ at: name, message: `Another unit is called ${name.text}` });
		names.add(name.text);
	}
	return [...new Map([...units].reverse().map((one) => [one.name, one])).values()].reverse();
}
