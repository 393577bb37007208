import { isOwn } from "../model/fieldEdits.ts";
import { isPortNumber } from "../model/forms.ts";
import type { Place } from "../text/source.ts";
import { hasProperties, replace } from "../yaml/edit.ts";
import type { Node } from "../yaml/nodes.ts";
import type { Fix } from "./rule.ts";

/** Whether a value is a text because of its quotes, and not because of a tag alone. */
export function isQuoted(node: Node): boolean {
	return node.kind === "scalar" && (node.style === "double" || node.style === "single");
}

/**
 * The fix that makes a port number of a number in quotes that is written within `parent`; none where a tag makes it a text, or where an
 * anchor gives it to others too.
 */
export function unquote(node: Node, parent: Place): readonly Fix[] {
	if (node.kind !== "scalar" || !isQuoted(node) || typeof node.value !== "string" || !/^\s*\d+\s*$/.test(node.value)) return [];
	const number = Number(node.value);
	if (!isPortNumber(number) || !isOwn(node, parent) || hasProperties(node)) return [];
	return [{ title: "Remove the quotes", safe: true, edits: [replace(node, String(number))] }];
}
