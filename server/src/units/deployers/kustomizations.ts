import type { MapNode, ScalarNode } from "../../yaml/nodes.ts";
import { inflatedChart } from "../chartInflation.ts";
import { folderOf } from "../folder.ts";
import { readKustomization } from "../kustomization.ts";
import { renderKustomization } from "../kustomize/render.ts";
import type { Gap } from "../piece.ts";
import type { Files } from "../rendered.ts";
import type { Outcome } from "../rendering.ts";
import type { DeployedSource } from "./deployment.ts";
import type { Edit } from "./kustomizeEdits.ts";
import { inNamespace } from "./namespaces.ts";

/** A kustomization as a tool deploys it. */
export interface KustomizeDeployment {
	readonly path: string;
	/** What the tool has the kustomization say beside what is written. */
	readonly edit: Edit;
	/** Objects that name no namespace stand in it. */
	readonly namespace: ScalarNode | undefined;
	/** What nobody can tell from the workspace. */
	readonly unknown: readonly Gap[];
	/** Folders that the tool has it take in. */
	readonly bases?: readonly string[];
	/** Files that the tool has it deploy. */
	readonly manifests?: readonly string[];
	/** What the tool has kustomize build where there is no kustomization. */
	readonly made?: MapNode | undefined;
	/** What the tool does to what kustomize prints. */
	readonly finish?: (outcome: Outcome, files: Files) => Outcome;
}

export function kustomizeSource(files: Files, kustomization: KustomizeDeployment): DeployedSource {
	const { path, edit, namespace, unknown, bases = [], manifests = [], made, finish = (outcome: Outcome) => outcome } = kustomization;
	return {
		kind: "kustomize",
		path,
		uses: new Set([...manifests, ...manifests.map(folderOf), ...usedBy(files, [path, ...bases])]),
		isDeep: false,
		manifests: new Set(manifests),
		kustomizations: [path, ...(made ? bases : [])],
		values: [],
		isKnown: unknown.length === 0,
		render: (own) => {
			const outcome = finish(renderKustomization(own, path, inflatedChart, edit, made), own);
			// Which files a tool takes by itself it decides by more than is known here.
			return {
				...outcome,
				...(made && { problems: [] }),
				objects: inNamespace(outcome.objects, namespace),
				gaps: [...outcome.gaps, ...unknown],
			};
		},
	};
}

const NAMES = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/** The files and folders in which something stands that kustomizations use, themselves or through bases of bases. */
function usedBy(files: Files, folders: readonly string[]): ReadonlySet<string> {
	const found = new Set<string>();
	const seen = new Set<string>();
	const waiting = [...folders];
	for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
		if (seen.has(at)) continue;
		seen.add(at);
		found.add(at);
		const file = NAMES.map((name) => files.file(`${at}/${name}`)).find((each) => each !== undefined);
		if (!file) continue;
		const { bases, resources, notManifests, charts } = readKustomization(file);
		for (const chart of charts) found.add(chart);
		for (const uri of [file.uri, ...resources, ...notManifests]) found.add(uri).add(folderOf(uri));
		waiting.push(...bases);
	}
	return found;
}
