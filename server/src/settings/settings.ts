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
}

/** A machine of the cluster as the configuration names it. */
export interface ConfiguredNode {
	readonly name: string | undefined;
	readonly addresses: readonly string[];
	readonly labels: Readonly<Record<string, string>>;
}

export interface Cluster {
	readonly version: VersionRange;
	readonly domain: string;
	readonly nodePortRange: PortRange;
	readonly nodes: readonly ConfiguredNode[];
}

/** Everything that a user can set, with defaults, frozen. */
export interface Settings {
	readonly rules: Readonly<Record<string, RuleSetting>>;
	readonly cluster: Cluster;
}

export const DEFAULT_SETTINGS: Settings = Object.freeze({
	rules: Object.freeze({}),
	cluster: Object.freeze({
		version: Object.freeze({ from: 34, to: 36 }),
		domain: "cluster.local",
		nodePortRange: Object.freeze({ first: 30000, last: 32767, configured: false }),
		nodes: Object.freeze([]),
	}),
});
