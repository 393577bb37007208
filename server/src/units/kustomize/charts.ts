import type { MapNode } from "../../yaml/nodes.ts";
import type { Files, Rendered } from "../rendered.ts";

/** A chart as a kustomization asks for it, rendered; the reason where it cannot be. */
export type ChartRenderer = (request: ChartRequest, files: Files) => Rendered | { readonly reason: string };

/** What stands in `helmCharts`. */
export interface ChartRequest {
	/** The folder that the chart lies in, where it is not fetched. */
	readonly chart: string;
	readonly name: string;
	/** "" where none is named. */
	readonly release: string;
	readonly nameTemplate: string;
	readonly namespace: string | undefined;
	/** Files of values, the later ones winning over the earlier ones. */
	readonly values: readonly string[];
	readonly inline: MapNode | undefined;
	readonly inlineMerge: "override" | "replace" | "merge";
	readonly includeCrds: boolean;
	readonly skipTests: boolean;
	readonly skipHooks: boolean;
	readonly kubeVersion: string | undefined;
	readonly apiVersions: readonly string[];
}
