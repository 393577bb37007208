import { type Deployment, touches } from "./deployment.ts";

/** All that tools deploy of the workspace. The same object for as long as nothing of it changes. */
export interface Deployed {
	readonly deployments: readonly Deployment[];
	/** Files that are deployed as they are written, by a tool that names their folder. */
	readonly manifests: ReadonlySet<string>;
	/** The folders of the kustomizations of which all is known: these are deployed so, and not by themselves. */
	readonly kustomizations: ReadonlySet<string>;
	/** The same of charts, with the values files that they are deployed with. */
	readonly charts: ReadonlyMap<string, ReadonlySet<string>>;
}

export const NOTHING_DEPLOYED: Deployed = { deployments: [], manifests: new Set(), kustomizations: new Set(), charts: new Map() };

export function deployedBy(deployments: readonly Deployment[]): Deployed {
	const sources = deployments.flatMap((deployment) => deployment.sources);
	const charts = new Map<string, Set<string>>();
	for (const { kind, path, values, isKnown } of sources) {
		if (kind !== "chart" || !isKnown) continue;
		const known = charts.get(path) ?? new Set();
		charts.set(path, known);
		for (const uri of values) known.add(uri);
	}
	return {
		deployments,
		manifests: new Set(sources.flatMap(({ manifests }) => [...manifests])),
		kustomizations: new Set(sources.flatMap((source) => (source.isKnown ? source.kustomizations : []))),
		charts,
	};
}

/** What may be made from a file, or from something in a folder. */
export function deployedFrom({ deployments }: Deployed, path: string): readonly Deployment[] {
	return deployments.filter((deployment) => touches(deployment, path));
}
