import { fileOf, type Snapshot } from "../links/snapshot.ts";
import { partAt } from "../text/file.ts";
import type { Span } from "../text/source.ts";
import { folderOf, resolvePath } from "../units/folder.ts";
import { isKustomizationFile } from "../units/kustomization.ts";
import { kustomizationOf } from "../units/role.ts";
import type { Node, ScalarNode } from "../yaml/nodes.ts";
import { parseSource } from "../yaml/parse.ts";

/** A file that something leads to. */
export interface Definition {
	readonly uri: string;
	/** What leads there: offsets into the file that was asked about. */
	readonly span: Span;
}

/** The file, or the kustomization of the folder, that a path in a kustomization names. */
export function definitionAt(snapshot: Snapshot, uri: string, offset: number): Definition | undefined {
	const file = isKustomizationFile(uri) ? fileOf(snapshot, uri) : undefined;
	const part = file && partAt(file, offset);
	const scalar = part && scalarAt(parseSource(part.source).root, offset - part.start);
	if (!part || !scalar || scalar.text.includes("\n")) return undefined;
	// A generator's file may have a key of its own.
	const path = scalar.text.replace(/^[^=/]*=/, "");
	const target = resolvePath(folderOf(uri), path);
	const found = target === undefined ? undefined : fileAt(snapshot, target);
	return found === undefined ? undefined : { uri: found, span: { start: part.start + scalar.start, end: part.start + scalar.end } };
}

function fileAt(snapshot: Snapshot, path: string): string | undefined {
	return fileOf(snapshot, path)?.uri ?? kustomizationOf(snapshot.folders.get(path))?.uri;
}

/** The scalar that stands at an offset as a value. */
function scalarAt(node: Node | undefined, offset: number): ScalarNode | undefined {
	if (!node || offset < node.start || node.end < offset) return undefined;
	if (node.kind === "scalar") return node;
	const below = node.kind === "seq" ? node.items : node.entries.map(({ value }) => value);
	for (const each of below) {
		const found = scalarAt(each, offset);
		if (found) return found;
	}
	return undefined;
}
