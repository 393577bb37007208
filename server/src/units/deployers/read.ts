import type { Node } from "../../yaml/nodes.ts";
import { parseSource } from "../../yaml/parse.ts";
import type { Files } from "../rendered.ts";
import { applicationsOf, isApplicationSet, pathsOfSet } from "./applicationSet.ts";
import { type Application, isOfArgo, pathsOfApplication, readApplication } from "./argocd.ts";
import { isHelmfile } from "./deployers.ts";
import type { Deployment } from "./deployment.ts";
import { fluxWorld, isFlux, pathOfKustomization, readFluxKustomization } from "./flux.ts";
import { pathOfRelease, readFluxRelease } from "./fluxRelease.ts";
import { readHelmfile } from "./helmfile.ts";
import { repositories } from "./repository.ts";
import { isSkaffold, readSkaffold } from "./skaffold.ts";

/** What the manifests of deployers deploy of the workspace. Of files that `arePatched` names a kustomization makes something else. */
export function readDeployments(files: Files, uris: readonly string[], arePatched: ReadonlySet<string>): readonly Deployment[] {
	try {
		return read(files, uris, arePatched);
	} catch (error) {
		// The stack is spent by what is nested too deeply.
		if (error instanceof RangeError) return [];
		throw error;
	}
}

function read(files: Files, uris: readonly string[], arePatched: ReadonlySet<string>): readonly Deployment[] {
	const documents = uris.flatMap((uri) => documentsIn(files, uri));
	const written = documents.flatMap(({ uri, root }): readonly Application[] =>
		root.kind === "map" && isOfArgo(root, "Application") ? [{ uri, root, reads: [] }] : [],
	);
	const sets = documents.filter(({ root }) => isApplicationSet(root));
	const places = [...written.flatMap(pathsOfApplication), ...sets.flatMap(pathsOfSet)];
	const applications = [...written, ...sets.flatMap((set) => applicationsOf(files, set, repositories(files, places)))];
	const world = fluxWorld(documents);
	const kustomizations = documents.filter(({ root }) => isFlux(root, "Kustomization"));
	const releases = documents.filter(({ root }) => isFlux(root, "HelmRelease"));
	const skaffold = documents.filter(({ root }) => isSkaffold(root));
	const find = repositories(files, [
		...applications.flatMap(pathsOfApplication),
		...sets.flatMap(pathsOfSet),
		...kustomizations.flatMap((object) => pathOfKustomization(object, world) ?? []),
		...releases.flatMap((object) => pathOfRelease(object, world) ?? []),
	]);
	const found = [
		...applications.flatMap((application) => readApplication(files, application, find) ?? []),
		...kustomizations.flatMap((object) => readFluxKustomization(files, object, world, find) ?? []),
		...releases.flatMap((object) => readFluxRelease(files, object, world, find) ?? []),
		...skaffold.flatMap((config) => readSkaffold(files, config) ?? []),
		...documents.flatMap(({ uri, root }) => (isHelmfile(uri) ? readHelmfile(files, uri, root) : [])),
	];
	return distinct(found.map((deployment) => (arePatched.has(deployment.uri) ? doubted(deployment) : deployment)));
}

/** One of which a kustomization makes something else than what is written. */
function doubted(deployment: Deployment): Deployment {
	const { uri, at, sources, gaps } = deployment;
	const gap = { uri, reason: "a kustomization changes what deploys this", at, alters: true };
	return { ...deployment, sources: sources.map((source) => ({ ...source, isKnown: false })), gaps: [...gaps, gap] };
}

interface Document {
	readonly uri: string;
	readonly root: Node;
	/** Its place in the file. */
	readonly index: number;
}

/** A line that begins as only a template's does. */
const TEMPLATE_LINE = /^[ \t]*\{[{%]/m;

function documentsIn(files: Files, uri: string): readonly Document[] {
	const file = files.file(uri);
	if (!file || TEMPLATE_LINE.test(file.text)) return [];
	return file.parts.flatMap(({ source }, index) => {
		const { root, problems } = parseSource(source);
		return root && problems.length === 0 ? [{ uri, root, index }] : [];
	});
}

/** Those of one id are the same object twice; of which the tool takes one cannot be told. Others of one name also say where they stand. */
function distinct(deployments: readonly Deployment[]): readonly Deployment[] {
	const once = deployments.filter(({ id }) => deployments.filter((other) => other.id === id).length === 1);
	return once.map((deployment) => {
		const alike = once.filter(({ name }) => name === deployment.name);
		return alike.length < 2 ? deployment : { ...deployment, name: `${deployment.name} (${whereIn(deployment, alike)})` };
	});
}

/** The end of the path of its file, from where it is another one than those of others. */
function whereIn({ uri }: Deployment, alike: readonly Deployment[]): string {
	const parts = alike.map((each) => each.uri.split("/"));
	const own = uri.split("/");
	let shared = 0;
	while (shared < own.length - 1 && parts.every((other) => other[shared] === own[shared])) shared++;
	return own.slice(shared).join("/");
}
