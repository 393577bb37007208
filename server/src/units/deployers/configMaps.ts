import { type Node, type ScalarNode, valueAt } from "../../yaml/nodes.ts";
import { parseSource } from "../../yaml/parse.ts";
import { folderOf, resolvePath } from "../folder.ts";
import type { Files } from "../rendered.ts";
import { listAt, literalAt } from "./literal.ts";

/** More folders than that are too wide to look for a ConfigMap in. */
const MOST_FOLDERS = 100;

/** What a ConfigMap holds that is written beside a file, or in the folders beside and below its own. */
export function configMapNear(files: Files, from: string, name: string): ReadonlyMap<string, ScalarNode> | undefined {
	const own = folderOf(from);
	for (const folders of [[own], around(files, own)]) {
		const found = folders.flatMap((folder) => configMapsIn(files, folder, name));
		if (found.length > 0) return found.length === 1 ? textsIn(valueAt(found[0], "data")) : undefined;
	}
	return undefined;
}

function around(files: Files, folder: string): readonly string[] {
	const top = files.isInside(folderOf(folder)) ? folderOf(folder) : folder;
	const waiting = [top];
	const found: string[] = [];
	for (let at = waiting.pop(); at !== undefined && found.length <= MOST_FOLDERS; at = waiting.pop()) {
		found.push(at);
		waiting.push(...files.folders(at));
	}
	return found.length > MOST_FOLDERS ? [] : found;
}

function configMapsIn(files: Files, folder: string, name: string): readonly Node[] {
	const uris = [...(files.folder(folder)?.files.keys() ?? [])].filter((uri) => /\.ya?ml$/.test(uri));
	return uris.flatMap((uri) => {
		const file = files.file(uri);
		if (!file?.text.includes("ConfigMap")) return [];
		return file.parts.flatMap(({ source }) => {
			const { root } = parseSource(source);
			return root && literalAt(root, "kind") === "ConfigMap" && literalAt(root, "metadata", "name") === name ? [root] : [];
		});
	});
}

function textsIn(data: Node | undefined): ReadonlyMap<string, ScalarNode> {
	const entries = data?.kind === "map" ? data.entries : [];
	return new Map(entries.flatMap(({ name, value }) => (value.kind === "scalar" ? [[name, value] as const] : [])));
}

/** The file that a kustomization beside another file makes a key of a ConfigMap from. */
export function generatedFrom(files: Files, from: string, name: string, key: string): string | undefined {
	const folder = folderOf(from);
	const file = files.file(`${folder}/kustomization.yaml`) ?? files.file(`${folder}/kustomization.yml`);
	const [part] = file?.parts ?? [];
	const root = part && parseSource(part.source).root;
	const generator = listAt(root, "configMapGenerator").find((item) => literalAt(item, "name") === name);
	for (const item of listAt(generator, "files")) {
		const text = literalAt(item) ?? "";
		const [, named, path = text] = /^([^=]+)=(.*)$/.exec(text) ?? [];
		if ((named ?? path.slice(path.lastIndexOf("/") + 1)) === key) return resolvePath(folder, path);
	}
	return undefined;
}
