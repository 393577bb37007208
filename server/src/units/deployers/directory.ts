import { entryOf, type MapNode, type Node, type ScalarNode, valueAt } from "../../yaml/nodes.ts";
import { parseSource } from "../../yaml/parse.ts";
import { baseName } from "../folder.ts";
import { textAt } from "../kustomize/resource.ts";
import type { Gap } from "../piece.ts";
import type { Files, RenderedObject } from "../rendered.ts";
import type { Outcome } from "../rendering.ts";
import type { DeployedSource } from "./deployment.ts";
import { inNamespace } from "./namespaces.ts";

/** Which files of a folder are deployed. */
export interface Selection {
	readonly recurse: boolean;
	/** Whether a file is, by its path relative to the folder. */
	readonly takes: (path: string) => boolean;
}

/** The manifests of a folder, deployed as they are written. */
export function directorySource(files: Files, path: string, selection: Selection, namespace: ScalarNode | undefined): DeployedSource {
	const found = filesBelow(files, path, selection);
	return {
		kind: "plain",
		path,
		uses: new Set(found),
		isDeep: selection.recurse,
		manifests: new Set(found),
		kustomizations: [],
		values: [],
		isKnown: true,
		render: (own) => manifestsOf(own, filesBelow(own, path, selection), namespace),
	};
}

/** Files by their names, deployed as they are written. */
export function filesSource(path: string, uris: readonly string[], namespace: ScalarNode | undefined): DeployedSource {
	return {
		kind: "plain",
		path,
		uses: new Set(uris),
		isDeep: false,
		manifests: new Set(uris),
		kustomizations: [],
		values: [],
		isKnown: true,
		render: (own) => manifestsOf(own, uris, namespace),
	};
}

const MANIFEST = /\.(ya?ml|json)$/;

/** The manifests that stand in a folder and, where that is wanted, below it, in the order of their paths. */
export function filesBelow(files: Files, path: string, { recurse, takes }: Selection): readonly string[] {
	const waiting = [path];
	const found: string[] = [];
	for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
		const names = [...(files.folder(at)?.files.keys() ?? [])];
		found.push(...names.filter((uri) => MANIFEST.test(uri) && !baseName(uri).startsWith(".argocd-source")));
		if (recurse) waiting.push(...files.folders(at));
	}
	return found.filter((uri) => takes(uri.slice(path.length + 1))).sort();
}

/** A file that says so is no manifest for Argo CD. Source: skipFileRenderingMarker of its repository server. */
const SKIPPED = "+argocd:skip-file-rendering";

function manifestsOf(files: Files, uris: readonly string[], namespace: ScalarNode | undefined): Outcome {
	const objects: RenderedObject[] = [];
	const gaps: Gap[] = [];
	for (const uri of uris) {
		const file = files.file(uri);
		if (!file) gaps.push({ uri, reason: "it could not be read", at: undefined });
		if (!file || file.text.includes(SKIPPED)) continue;
		for (const { source } of file.parts) {
			const { root, problems } = parseSource(source);
			const [problem] = problems;
			if (problem) gaps.push({ uri, reason: problem.message, at: { source, start: problem.start, end: problem.end } });
			else objects.push(...objectsIn(root).map((each) => ({ root: each, uri, unknown: [] })));
		}
	}
	return { objects: lastOfEach(inNamespace(objects, namespace), gaps), gaps };
}

/** What is an object of Kubernetes, items of Lists one by one; other documents are passed over. */
function objectsIn(root: Node | undefined): readonly MapNode[] {
	if (root?.kind !== "map" || textAt(root, "kind") === "") return [];
	const items = entryOf(root, "items")?.value;
	return textAt(root, "kind").endsWith("List") && items?.kind === "seq" ? items.items.flatMap(objectsIn) : [root];
}

/** Of one object that is there several times the last one holds, and which that is depends on how files are listed. */
function lastOfEach(objects: readonly RenderedObject[], gaps: Gap[]): readonly RenderedObject[] {
	const last = new Map<string | RenderedObject, RenderedObject>();
	for (const object of objects) {
		const key = identityOf(object);
		if (last.has(key)) gaps.push({ uri: object.uri, reason: TWICE, at: valueAt(object.root, "metadata", "name") ?? object.root });
		last.set(key, object);
	}
	return last.size === objects.length ? objects : objects.filter((object) => last.get(identityOf(object)) === object);
}

const TWICE = "one object is there twice, of which the last one is deployed";

/** The object itself where its name is made up when it is created. */
function identityOf(object: RenderedObject): string | RenderedObject {
	const { root } = object;
	const group = textAt(root, "apiVersion").replace(/\/?[^/]*$/, "");
	const name = textAt(root, "metadata", "name");
	return name === "" ? object : [group, textAt(root, "kind"), textAt(root, "metadata", "namespace"), name].join("\n");
}
