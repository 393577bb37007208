import { isOwn } from "../model/fieldEdits.ts";
import type { KubeObject } from "../model/object.ts";
import { textAt } from "../text/source.ts";
import { replace, tagBefore } from "../yaml/edit.ts";
import type { Node } from "../yaml/nodes.ts";
import type { Fix } from "./rule.ts";

/** The fix that makes a text of a value that is read as a number or a boolean: what is written, in quotes. */
export function quote({ root }: KubeObject, node: Node): readonly Fix[] {
	if (node.kind !== "scalar" || node.style !== "plain" || node.end === node.start || !isOwn(node, root) || tagBefore(node)) return [];
	return [{ title: "Put it in quotes", safe: true, edits: [replace(node, JSON.stringify(textAt(node)))] }];
}
