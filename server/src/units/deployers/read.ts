import type { Node } from "../../yaml/nodes.ts";
import { parseSource } from "../../yaml/parse.ts";
import type { Files } from "../rendered.ts";
import { type Application, isApplication, pathsOfApplication, readApplication } from "./argocd.ts";
import type { Deployment } from "./deployment.ts";
import { repositories } from "./repository.ts";

/** What the manifests of deployers deploy of the workspace. */
export function readDeployments(files: Files, uris: readonly string[]): readonly Deployment[] {
	const documents = uris.flatMap((uri) => documentsIn(files, uri));
	const applications = documents.flatMap(({ uri, root }): readonly Application[] =>
		root.kind === "map" && isApplication(root) ? [{ uri, root, reads: [] }] : [],
	);
	const find = repositories(files, applications.flatMap(pathsOfApplication));
	const found = applications.flatMap((application) => readApplication(files, application, find) ?? []);
	return distinct(found);
}

interface Document {
	readonly uri: string;
	readonly root: Node;
}

/** A line that begins as only a template's does. */
const TEMPLATE_LINE = /^[ \t]*\{[{%]/m;

function documentsIn(files: Files, uri: string): readonly Document[] {
	const file = files.file(uri);
	if (!file || TEMPLATE_LINE.test(file.text)) return [];
	return file.parts.flatMap(({ source }) => {
		const { root, problems } = parseSource(source);
		return root && problems.length === 0 ? [{ uri, root }] : [];
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
