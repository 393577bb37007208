import { readPlain } from "../../yaml/dialect.ts";
import { entryOf, isNull, type MapNode, type Node, type ScalarNode } from "../../yaml/nodes.ts";
import { openFile } from "../../yaml/stream.ts";
import { settled } from "./alike.ts";
import { attempt, type Build, type Transformer } from "./build.ts";
import { rootOf } from "./documents.ts";
import { atPath, fieldPathOf, type Making, valueAtPath } from "./fieldPath.ts";
import { REPLACEMENT } from "./fields.ts";
import { fileAt } from "./paths.ts";
import { plainOf } from "./plain.ts";
import { Refusal } from "./problem.ts";
import { allIds, effectiveNamespace, type Id, idOf, isOfKind, type Resource, textAt } from "./resource.ts";
import { idTest, metadataTest } from "./selector.ts";
import { isSet, itemsAt, type ShapeFault, shaped, textIn } from "./shape.ts";
import { scalarNode, viaAt, viaOf } from "./tree.ts";

export function replacementsOf(build: Build): readonly Transformer[] {
	return itemsAt(build.spec, "replacements")
		.flatMap((item) => attempt(build, [], () => replacementsIn(build, item)))
		.map(replacing);
}

/** A replacement, or those in the file that it names. */
export function replacementsIn(build: Build, item: Node): readonly Node[] {
	const path = entryOf(item, "path")?.value;
	if (path?.kind !== "scalar" || path.text === "") return [item];
	if (entryOf(item, "source") || itemsAt(item, "targets").length > 0)
		throw new Refusal("invalid", "A replacement has a path or a source, not both", item);
	const source = fileAt(build.files, build.folder, path.text, path).parts[0]?.source;
	const raw = source && rootOf(source).raw;
	const faults: ShapeFault[] = [];
	const items = raw?.kind === "seq" ? raw.items : raw ? [raw] : [];
	return items.flatMap((each) => shaped(each, REPLACEMENT, "", faults) ?? []);
}

/** Copies a value of one object into others. Source: the replacement filter of kustomize. */
export function replacing(item: Node): Transformer {
	return (resources) => {
		const targets = itemsAt(item, "targets");
		if (!entryOf(item, "source") && !entryOf(item, "sourceValue")) throw new Refusal("invalid", "A replacement needs a source", item);
		if (!entryOf(item, "targets")) throw new Refusal("invalid", "A replacement needs a target", item);
		const given = givenBy(resources, item);
		return targets.reduce<Copying>((all, target) => withValueIn(all, target, item), { ...given, resources }).resources;
	};
}

/** A value, and where it was taken from: what changes it there changes it for the targets behind. */
interface Given {
	readonly value: Node;
	readonly position: number;
	readonly read: (resource: Resource) => Node | undefined;
}

interface Copying extends Given {
	readonly resources: readonly Resource[];
}

function givenBy(resources: readonly Resource[], item: Node): Given {
	const [source, given] = [entryOf(item, "source")?.value, entryOf(item, "sourceValue")?.value];
	if (given?.kind === "scalar") {
		if (source) throw new Refusal("invalid", "A replacement has a source or a sourceValue, not both", item);
		return { value: { ...given, value: readPlain(given.text), style: "plain" }, position: -1, read: () => undefined };
	}
	const found = resources.filter((resource) => allIds(resource).some((id) => isSelected(id, source)));
	const [first] = found;
	const name = textIn(source, "name");
	if (!first || found.length > 1) {
		const message = first ? `This source fits ${found.length} objects` : "This source fits no object";
		throw new Refusal("no-target", message, source ?? item, { name, known: resources.map((each) => idOf(each).name) });
	}
	const path = textIn(source, "fieldPath") || "metadata.name";
	const read = ({ root }: Resource) => valueAtPath(root, fieldPathOf(path));
	const value = read(first);
	if (!value || isEmpty(value))
		throw new Refusal("no-target", `The source has no ${path}`, entryOf(source, "fieldPath")?.value ?? item, { name: path });
	const options = entryOf(source, "options")?.value;
	const whole = textIn(options, "delimiter") === "";
	return { value: part(value, options, item), position: whole ? resources.indexOf(first) : -1, read };
}

function isEmpty(node: Node): boolean {
	return (
		isNull(node) || (node.kind === "scalar" ? node.text === "" : node.kind === "seq" ? node.items.length === 0 : node.entries.length === 0)
	);
}

function isSelected(id: Id, source: Node | undefined): boolean {
	const [name, namespace] = [textIn(source, "name"), textIn(source, "namespace")];
	const kinds = { group: textIn(source, "group"), version: textIn(source, "version"), kind: textIn(source, "kind") };
	if (!isOfKind(id, kinds) || (name !== "" && name !== id.name)) return false;
	return namespace === "" || effectiveNamespace({ ...id, ...kinds, namespace }) === effectiveNamespace(id);
}

/** One of the parts that a delimiter makes of a text. */
function part(value: Node, options: Node | undefined, at: Node): Node {
	const delimiter = textIn(options, "delimiter");
	if (delimiter === "") return value;
	if (value.kind !== "scalar") throw new Refusal("invalid", "A delimiter needs a text", at);
	const text = value.text.split(delimiter)[indexIn(options)];
	if (text === undefined)
		throw new Refusal("no-target", `${value.text} has no part ${indexIn(options)}`, options ?? at, { name: delimiter });
	return retyped(value, text, value);
}

function indexIn(options: Node | undefined): number {
	const index = entryOf(options, "index")?.value;
	return index?.kind === "scalar" && typeof index.value === "number" ? index.value : 0;
}

function withValueIn(copying: Copying, target: Node, at: Node): Copying {
	const select = entryOf(target, "select")?.value;
	if (!select) throw new Refusal("invalid", "A target needs a select", target);
	const isMeant = targetTest(target, select);
	const written = itemsAt(target, "fieldPaths");
	const paths = written.length > 0 ? written.map((path) => (path.kind === "scalar" ? path : undefined)) : [undefined];
	const options = entryOf(target, "options")?.value;
	let { value } = copying;
	const resources = copying.resources.map((resource, position) => {
		if (!isMeant(resource)) return resource;
		return paths.reduce((each, path) => {
			const changed = put(each, path, options, value, at);
			if (position === copying.position) value = copying.read(changed) ?? value;
			return changed;
		}, resource);
	});
	return { ...copying, value, resources };
}

function targetTest(target: Node, select: Node): (resource: Resource) => boolean {
	const [selects, fits] = [idTest(select), metadataTest(select)];
	const rejects = itemsAt(target, "reject").map((reject) => ({
		byId: ["group", "version", "kind", "name", "namespace"].some((field) => textIn(reject, field) !== "") ? idTest(reject) : undefined,
		byMetadata: ["labelSelector", "annotationSelector"].some((field) => textIn(reject, field) !== "") ? metadataTest(reject) : undefined,
	}));
	return (resource) => {
		const ids = allIds(resource);
		if (!fits(resource) || !ids.some(selects)) return false;
		return !rejects.some(({ byId, byMetadata }) => (byMetadata?.(resource) ?? false) || (byId !== undefined && ids.some(byId)));
	};
}

function put(resource: Resource, at: ScalarNode | undefined, options: Node | undefined, value: Node, item: Node): Resource {
	const text = at?.text ?? "metadata.name";
	const path = fieldPathOf(text);
	const making: Making | undefined = isSet(options, "create") ? { kind: value.kind, at: item } : undefined;
	const set = (old: Node) => replaced(old, value, options, item);
	const inText = insideText(resource, path, making, set);
	if (inText) return inText;
	const { node, count } = atPath(resource.root, path, making, set);
	if (count === 0)
		throw new Refusal("no-target", `There is no ${text} to replace in ${idOf(resource).kind} ${idOf(resource).name}`, at ?? item, {
			name: text,
		});
	if (textAt(node, "metadata", "name") === "") throw new Refusal("invalid", "This leaves an object without metadata.name", at ?? item);
	return settled(resource, node as MapNode);
}

function replaced(old: Node, value: Node, options: Node | undefined, item: Node): Node {
	const delimiter = textIn(options, "delimiter");
	const via = [viaAt(item, "kustomization"), ...(old.start === item.start && old.source === item.source ? [] : viaOf(old, "base"))];
	if (old.kind !== "scalar") {
		if (delimiter !== "") throw new Refusal("invalid", "A delimiter needs a text", item);
		return { ...value, via };
	}
	// kustomize takes over the characters of a value, and a map or a list has none.
	const given = value.kind === "scalar" ? value.text : "";
	if (delimiter === "") return { ...retyped(old, given, value), via };
	const parts = old.text.split(delimiter);
	const index = indexIn(options);
	if (index < 0) parts.unshift(given);
	else if (index >= parts.length) parts.push(given);
	else parts[index] = given;
	const text = parts.join(delimiter);
	return { ...retyped(old, text, old), via: [...viaOf(value, "value"), ...via] };
}

/** A scalar keeps its type when its characters change: text stays text, and a number that would be none is refused. */
function retyped(type: ScalarNode, text: string, at: Node): ScalarNode {
	if (typeof type.value === "string") return scalarNode(at, text, text);
	const value = readPlain(text);
	if (type.text !== "" && typeof value !== typeof type.value)
		throw new Refusal("invalid", `${text === "" ? "Nothing" : text} cannot be written where ${type.text} stands`, type);
	return scalarNode(at, value, text);
}

/** A path that goes on inside of a text that is JSON or YAML itself. What YAML becomes is not known to the character. */
function insideText(
	resource: Resource,
	path: readonly string[],
	making: Making | undefined,
	set: (old: Node) => Node,
): Resource | undefined {
	for (let length = 1; length < path.length; length++) {
		const outer = path.slice(0, length);
		const scalar = valueAtPath(resource.root, outer);
		if (scalar?.kind !== "scalar" || scalar.value === null) continue;
		const source = openFile(scalar.source.uri, scalar.text).parts[0]?.source;
		const inner = source && rootOf(source).node;
		if (!inner || inner.kind === "scalar") return undefined;
		const edits: Node[] = [];
		const result = attemptPath(inner, path.slice(length), making, (old) => {
			const value = set(old);
			if (old.kind === "scalar" && value.kind === "scalar" && old.source === source)
				edits.push({ ...value, source, start: old.start, end: old.end });
			return value;
		});
		if (!result) return undefined;
		const isJson = /^\s*[[{]/.test(scalar.text);
		const spaces = scalar.text.includes("\n") && scalar.text.includes("  ") ? 2 : undefined;
		const text = isJson ? JSON.stringify(plainOf(result), undefined, spaces) : edited(scalar.text, edits);
		const root = atPath(resource.root, outer, undefined, (old) => ({ ...scalarNode(old, text, text), via: [...(old.via ?? [])] })).node;
		const pointer = `/${outer.map((each) => each.replaceAll("~", "~0").replaceAll("/", "~1")).join("/")}`;
		return { ...resource, root: root as MapNode, unknown: isJson ? resource.unknown : [...resource.unknown, pointer] };
	}
	return undefined;
}

/** YAML with the characters of scalars replaced; kustomize writes all of it anew. */
function edited(text: string, edits: readonly Node[]): string {
	const inOrder = [...edits].sort((a, b) => b.start - a.start);
	return inOrder
		.reduce((all, edit) => all.slice(0, edit.start) + (edit.kind === "scalar" ? edit.text : "") + all.slice(edit.end), text)
		.trim();
}

function attemptPath(node: Node, path: readonly string[], making: Making | undefined, set: (old: Node) => Node): Node | undefined {
	try {
		const { node: result, count } = atPath(node, path, making, set);
		return count > 0 ? result : undefined;
	} catch (error) {
		if (error instanceof Refusal) return undefined;
		throw error;
	}
}
