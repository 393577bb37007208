import type { Place } from "../../text/source.ts";
import { folderOf } from "../folder.ts";
import type { ChartOptions } from "../helm/chart/render.ts";
import type { Limits } from "../helm/template/problem.ts";
import { isKustomizationFile } from "../kustomization.ts";
import type { Gap } from "../piece.ts";
import type { Files } from "../rendered.ts";
import type { Outcome, Root } from "../rendering.ts";

/** What a tool deploys together, as one of its manifests says. */
export interface Deployment {
	/** Unique, and the same for as long as the manifest's file, kind and name are. */
	readonly id: string;
	/** As users of the tool call it: `Application guestbook`. */
	readonly name: string;
	/** The file that the manifest stands in. */
	readonly uri: string;
	/** Its name there. */
	readonly at: Place;
	/** Files beside it that say what is deployed. */
	readonly reads: readonly string[];
	/** What lies in the workspace of it. */
	readonly sources: readonly DeployedSource[];
	/** What it deploys beside that, and what nobody can tell from the workspace. */
	readonly gaps: readonly Gap[];
}

/** A folder that is deployed, and how. */
export interface DeployedSource {
	readonly kind: Root["kind"];
	readonly path: string;
	/** Files and folders that it may be rendered from. */
	readonly uses: ReadonlySet<string>;
	/** Whether everything below the folder may be, too. */
	readonly isDeep: boolean;
	/** Files that are deployed as they are written but for what the tool sets in each object. */
	readonly manifests: ReadonlySet<string>;
	/** The folders of the kustomizations that are deployed with it and by nothing else. */
	readonly kustomizations: readonly string[];
	/** Values files that are laid over a chart's own values. */
	readonly values: readonly string[];
	/** Whether all is known of how it is deployed, so that it is deployed in no other way. */
	readonly isKnown: boolean;
	readonly render: (files: Files, target: Target) => Outcome;
	/** How a chart is rendered. */
	readonly chart?: (files: Files, target: Target) => ChartOptions;
}

/** What charts are rendered for, and how much each may compute. */
export interface Target {
	/** `1.36` */
	readonly kubeVersion: string;
	readonly limits: Limits;
}

/** Whether something that stands in a file or a folder may be a part of what is deployed. */
export function touches({ uri, reads, sources }: Deployment, path: string): boolean {
	if (path === uri || path === folderOf(uri) || reads.includes(path)) return true;
	return sources.some((source) => path === source.path || source.uses.has(path) || (source.isDeep && path.startsWith(`${source.path}/`)));
}

/** One source as something that is rendered. */
export function deployedRoot({ id, uri, reads }: Deployment, index: number, source: DeployedSource, target: Target): Root {
	const { kind, path, manifests } = source;
	// Files that come or go change nothing that was looked at before.
	const named = kind === "plain" ? manifests : [];
	return {
		id: [id, index, kind, path, target.kubeVersion, ...Object.values(target.limits), ...named].join(" "),
		kind,
		path,
		isMain: (file) => (kind === "chart" ? file === `${path}/Chart.yaml` : kind === "kustomize" && isKustomizationFile(file)),
		manifests,
		...(source.chart && { chart: (files: Files) => source.chart?.(files, target) ?? {} }),
		render: (files) => {
			for (const each of [uri, ...reads]) files.file(each);
			return source.render(files, target);
		},
	};
}
