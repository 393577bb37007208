import type { Place } from "../text/source.ts";

/** What a rule is set to; `auto` leaves it to the rule's own levels, and in VS Code to what another extension shows already. */
export type RuleSetting = "off" | "hint" | "information" | "warning" | "error" | "auto";

/** Minor versions of Kubernetes 1.x, both ends included. */
export interface VersionRange {
	readonly from: number;
	readonly to: number;
}

export interface PortRange {
	readonly first: number;
	readonly last: number;
	/** Whether somebody set it; else it is Kubernetes' default. */
	readonly configured: boolean;
	/** Where a file of the workspace says so that starts the API server. */
	readonly said?: Place;
}

/** A machine of the cluster as the configuration names it. */
export interface ConfiguredNode {
	readonly name: string | undefined;
	readonly addresses: readonly string[];
	readonly labels: Readonly<Record<string, string>>;
}

/** How kube-proxy runs. */
export interface KubeProxy {
	readonly mode: "iptables" | "nftables" | "ipvs";
	readonly masqueradeAll: boolean;
	/** Node ports answer on loopback addresses too, which only the mode iptables has. */
	readonly localhostNodePorts: boolean;
	/** CIDRs of the node's addresses on which node ports answer; empty for all, or `primary`. */
	readonly nodePortAddresses: readonly string[];
}

export interface Cluster {
	readonly version: VersionRange;
	readonly domain: string;
	readonly nodePortRange: PortRange;
	/** The addresses of Pods. `undefined`: they come from a range that is not known; empty: kube-proxy has no detector of local traffic. */
	readonly podCIDR: readonly string[] | undefined;
	readonly nodes: readonly ConfiguredNode[];
	readonly proxy: KubeProxy;
}

/** What is deployed together where the folders do not say it. All paths are relative to the folder of the configuration. */
export type ConfiguredUnit =
	/** Folders with all below them, and files. */
	| { readonly kind: "paths"; readonly name: string; readonly paths: readonly string[] }
	/** A kustomization's folder. */
	| { readonly kind: "kustomize"; readonly name: string; readonly path: string }
	| ConfiguredChart;

export interface ConfiguredChart {
	readonly kind: "helm";
	readonly name: string;
	/** The chart's folder. */
	readonly path: string;
	/** Values files; later ones win. */
	readonly values: readonly string[];
	readonly release: string | undefined;
	readonly namespace: string | undefined;
}

/** How much one chart may compute before it is given up. */
export interface Rendering {
	/** Actions and calls of functions. */
	readonly steps: number;
	/** Characters, of the output and of everything that is computed on the way. */
	readonly output: number;
	/** Includes and templates inside of each other. */
	readonly recursion: number;
	/** Elements of a list that a function makes, and rounds of a `range`. */
	readonly range: number;
}

/** A custom resource that holds a Pod template. */
export interface CustomWorkload {
	readonly kind: string;
	/** The keys that lead to the template. */
	readonly podTemplate: readonly string[];
}

/** Everything that a user can set about manifests, with defaults, frozen. */
export interface Settings {
	readonly rules: Readonly<Record<string, RuleSetting>>;
	readonly cluster: Cluster;
	/** Globs of files and folders that are not looked for, relative to the folder of the configuration. */
	readonly exclude: readonly string[];
	readonly units: readonly ConfiguredUnit[];
	readonly workloads: readonly CustomWorkload[];
	readonly rendering: Rendering;
}

export const DEFAULT_SETTINGS: Settings = frozen({
	rules: {},
	cluster: {
		version: { from: 34, to: 36 },
		domain: "cluster.local",
		nodePortRange: { first: 30000, last: 32767, configured: false },
		podCIDR: undefined,
		nodes: [],
		proxy: { mode: "iptables", masqueradeAll: false, localhostNodePorts: true, nodePortAddresses: [] },
	},
	exclude: [],
	units: [],
	workloads: [],
	rendering: { steps: 1_000_000, output: 100_000_000, recursion: 1000, range: 100_000 },
});

/** A value that nobody can change any more, with everything in it. */
export function frozen<T>(value: T): T {
	if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
		Object.freeze(value);
		for (const inner of Object.values(value)) frozen(inner);
	}
	return value;
}
