import { isNull, type Node } from "../../yaml/nodes.ts";
import { parseSource } from "../../yaml/parse.ts";
import { without, withValue } from "../kustomize/tree.ts";
import type { Files } from "../rendered.ts";

/**
 * A source of an Application with what files beside what it deploys say instead, as Argo CD's image updater writes them. Source:
 * mergeSourceParameters() of Argo CD's repository server.
 */
export function merged(files: Files, source: Node, folder: string, application: string): Node {
	const names = [".argocd-source.yaml", `.argocd-source-${application}.yaml`];
	const there = files.folder(folder)?.files;
	return names.reduce((all, name) => {
		const uri = `${folder}/${name}`;
		const [part] = (there?.has(uri) && files.file(uri)?.parts) || [];
		const root = part && parseSource(part.source).root;
		return root ? overlaid(all, root) : all;
	}, source);
}

/** A JSON merge patch (RFC 7386). */
function overlaid(node: Node, patch: Node): Node {
	if (node.kind !== "map" || patch.kind !== "map") return patch;
	return patch.entries.reduce((all, { name, key, value }) => {
		const old = all.entries.findLast((entry) => entry.name === name)?.value;
		return isNull(value) ? without(all, name) : withValue(all, name, old ? overlaid(old, value) : value, key);
	}, node);
}
