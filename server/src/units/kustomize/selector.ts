import { RE2JS } from "re2js";
import { type Node, valueAt } from "../../yaml/nodes.ts";
import { labelSelector } from "./labelSelector.ts";
import { effectiveNamespace, idOf, originalId, type Resource } from "./resource.ts";
import { textIn } from "./shape.ts";

/**
 * What tells whether an object is meant: regular expressions for the whole of each field, and label selectors. Names and
 * namespaces may be those that it had first. A message where an expression is none.
 * Source: types.Selector, Select() of resWrangler.
 */
export function selector(node: Node): ((resource: Resource) => boolean) | { readonly message: string } {
	const tests = ["group", "version", "kind", "name", "namespace"].map((name) => [name, textIn(node, name)] as const);
	const patterns = new Map<string, RE2JS>();
	for (const [name, text] of tests) {
		if (text === "") continue;
		const pattern = compiled(text);
		if (!pattern) return { message: `${text} is no regular expression` };
		patterns.set(name, pattern);
	}
	const labels = labelSelector(textIn(node, "labelSelector"));
	const annotations = labelSelector(textIn(node, "annotationSelector"));
	if (!labels || !annotations) return { message: `${textIn(node, labels ? "annotationSelector" : "labelSelector")} is no label selector` };
	const test = (name: string, ...values: readonly string[]) => {
		const pattern = patterns.get(name);
		return !pattern || values.some((value) => pattern.matcher(value).find());
	};
	return (resource) => {
		const [now, first] = [idOf(resource), originalId(resource)];
		return (
			test("namespace", effectiveNamespace(first), effectiveNamespace(now)) &&
			test("name", first.name, now.name) &&
			test("group", now.group) &&
			test("version", now.version) &&
			test("kind", now.kind) &&
			labels(textsOf(resource, "labels")) &&
			annotations(textsOf(resource, "annotations"))
		);
	};
}

function compiled(text: string): RE2JS | undefined {
	try {
		return RE2JS.compile(`^(?:${text})$`);
	} catch {
		return undefined;
	}
}

function textsOf(resource: Resource, name: string): ReadonlyMap<string, string> {
	const map = valueAt(resource.root, "metadata", name);
	if (map?.kind !== "map") return new Map();
	return new Map(map.entries.map((entry) => [entry.name, entry.value.kind === "scalar" ? entry.value.text : ""]));
}
