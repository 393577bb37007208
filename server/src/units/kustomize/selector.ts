import { RE2JS } from "re2js";
import { type Node, valueAt } from "../../yaml/nodes.ts";
import { labelSelector } from "./labelSelector.ts";
import { Refusal } from "./problem.ts";
import { effectiveNamespace, type Id, idOf, originalId, type Resource } from "./resource.ts";
import { textIn } from "./shape.ts";

/**
 * What tells whether an object is meant: regular expressions for the whole of each field, and label selectors. Names and
 * namespaces may be those that it had first.
 * Source: types.Selector, Select() of resWrangler.
 */
export function selector(node: Node): (resource: Resource) => boolean {
	const test = fieldTest(node);
	const fits = metadataTest(node);
	return (resource) => {
		const [now, first] = [idOf(resource), originalId(resource)];
		return (
			test("namespace", effectiveNamespace(first), effectiveNamespace(now)) &&
			test("name", first.name, now.name) &&
			["group", "version", "kind"].every((field) => test(field, now[field as "group" | "version" | "kind"])) &&
			fits(resource)
		);
	};
}

/** What tells whether an id is meant, its namespace as it is written. */
export function idTest(node: Node): (id: Id) => boolean {
	const test = fieldTest(node);
	return (id) => FIELDS.every((field) => test(field, id[field]));
}

const FIELDS = ["namespace", "name", "group", "version", "kind"] as const;

function fieldTest(node: Node): (field: string, ...values: readonly string[]) => boolean {
	const tests = new Map<string, (value: string) => boolean>();
	for (const field of FIELDS) {
		const text = textIn(node, field);
		if (text !== "") tests.set(field, matching(text, node));
	}
	return (field, ...values) => {
		const test = tests.get(field);
		return !test || values.some(test);
	};
}

/** Text without signs that mean more is compared as it is, which is a hundred times faster. */
function matching(text: string, at: Node): (value: string) => boolean {
	if (/^[\w/-]*$/.test(text)) return (value) => value === text;
	try {
		const pattern = RE2JS.compile(`^(?:${text})$`);
		return (value) => pattern.matcher(value).find();
	} catch {
		throw new Refusal("invalid", `${text} is no regular expression`, at);
	}
}

/** What tells whether labels and annotations fit. */
export function metadataTest(node: Node): (resource: Resource) => boolean {
	const tests = (["labels", "annotations"] as const).map((field) => {
		const text = textIn(node, field === "labels" ? "labelSelector" : "annotationSelector");
		const test = labelSelector(text);
		if (!test) throw new Refusal("invalid", `${text} is no label selector`, node);
		return (resource: Resource) => test(textsOf(resource, field));
	});
	return (resource) => tests.every((test) => test(resource));
}

function textsOf(resource: Resource, name: string): ReadonlyMap<string, string> {
	const map = valueAt(resource.root, "metadata", name);
	if (map?.kind !== "map") return new Map();
	return new Map(map.entries.map((entry) => [entry.name, entry.value.kind === "scalar" ? entry.value.text : ""]));
}
