import type { Place } from "../../text/source.ts";
import { type Entry, entryOf, type MapNode, type Node, type ScalarNode } from "../../yaml/nodes.ts";
import { baseName, resolvePath } from "../folder.ts";
import { attempt, type Build, problemOf } from "./build.ts";
import { missing, remoteOrAbsolute } from "./paths.ts";
import { Refusal } from "./problem.ts";
import { allIds, type Generated, idOf, label, type Resource, resourceOf, sameObject, withMetadata } from "./resource.ts";
import { isSet, itemsAt, textIn } from "./shape.ts";
import { entry, mapNode, scalarNode, textNode, withValue } from "./tree.ts";

/** Adds the ConfigMaps and Secrets that a kustomization generates. */
export function withGenerated(build: Build, resources: readonly Resource[]): readonly Resource[] {
	let result = resources;
	for (const kind of ["ConfigMap", "Secret"] as const) {
		for (const item of itemsAt(build.spec, kind === "ConfigMap" ? "configMapGenerator" : "secretGenerator")) {
			result = attempt(build, result, () =>
				absorbed(result, generated(build, item, kind, entryOf(build.spec, "generatorOptions")?.value), item),
			);
		}
	}
	return result;
}

/** A value that a generator puts into its object. */
interface Datum {
	readonly key: string;
	readonly value: string | Uint8Array;
	/** Where it is written. */
	readonly at: Place;
}

/** The object that a generator makes. */
export function generated(build: Build, item: Node, kind: "ConfigMap" | "Secret", defaults: Node | undefined): Resource {
	const name = entryOf(item, "name")?.value;
	if (name?.kind !== "scalar" || name.text === "") throw new Refusal("invalid", "A generator needs a name", item);
	const gaps: Refusal[] = [];
	const data = dataOf(build, item, gaps);
	for (const gap of gaps) build.problems.push(problemOf(gap, build.uri));
	const behavior = textIn(item, "behavior");
	const options = entryOf(item, "options")?.value;
	const isOn = (field: string) => isSet(options, field) || isSet(defaults, field);
	const made: Generated = {
		behavior: behavior === "merge" || behavior === "replace" ? behavior : "create",
		hashed: !isOn("disableNameSuffixHash"),
		inexact: gaps.length > 0,
	};
	const metadata = [
		entry("name", entryOf(item, "name")?.key ?? item, name),
		...["namespace"].flatMap((field) => entryOf(item, field) ?? []),
		...["labels", "annotations"].flatMap((field) => optionEntries(field, options, defaults, item)),
	];
	const entries = [
		entry("apiVersion", item, textNode(item, "v1")),
		entry("kind", item, textNode(item, kind)),
		entry("metadata", item, mapNode(item, metadata)),
		...(kind === "Secret" ? [entry("type", item, entryOf(item, "type")?.value ?? textNode(item, "Opaque"))] : []),
		...dataEntries(data, kind, item),
		...(isOn("immutable") ? [entry("immutable", item, scalarNode(item, true, "true"))] : []),
	];
	return { ...resourceOf(mapNode(item, entries), build.uri), generated: made };
}

/** Labels or annotations of the options, those of the generator winning over those of all. */
function optionEntries(field: string, own: Node | undefined, defaults: Node | undefined, at: Place): readonly Entry[] {
	const maps = [entryOf(defaults, field)?.value, entryOf(own, field)?.value].flatMap((map) => (map?.kind === "map" ? map.entries : []));
	const entries = [...new Map(maps.map((each) => [each.name, each])).values()];
	return entries.length > 0 ? [entry(field, at, mapNode(at, entries))] : [];
}

function dataEntries(data: readonly Datum[], kind: "ConfigMap" | "Secret", at: Place): readonly Entry[] {
	const sorted = [...data].sort((a, b) => (a.key < b.key ? -1 : 1));
	const isText = ({ value }: Datum) => typeof value === "string" && kind === "ConfigMap";
	const node = (datum: Datum): ScalarNode => {
		const { value } = datum;
		return textNode(
			datum.at,
			isText(datum) && typeof value === "string" ? value : base64(typeof value === "string" ? UTF8.encode(value) : value),
		);
	};
	const part = (name: string, chosen: readonly Datum[]) =>
		chosen.length === 0
			? []
			: [
					entry(
						name,
						at,
						mapNode(
							at,
							chosen.map((datum) => entry(datum.key, datum.at, node(datum))),
						),
					),
				];
	if (kind === "Secret") return sorted.length > 0 ? part("data", sorted) : [entry("data", at, mapNode(at))];
	return [
		...part("data", sorted.filter(isText)),
		...part(
			"binaryData",
			sorted.filter((datum) => !isText(datum)),
		),
	];
}

const UTF8 = new TextEncoder();

function base64(bytes: Uint8Array): string {
	let binary = "";
	for (const byte of bytes) binary += String.fromCharCode(byte);
	return btoa(binary);
}

/** More than the API server takes, unless they are tiny. */
const MAX_DATA = 5000;

/** Env files, literals and files, in this order. A file that is not there counts as empty, and is a gap. */
function dataOf(build: Build, item: Node, gaps: Refusal[]): readonly Datum[] {
	const count = itemsAt(item, "files").length + itemsAt(item, "literals").length;
	if (count > MAX_DATA) {
		gaps.push(new Refusal("unsupported", `This generator has ${count} values, more than are read here`, item));
		return [];
	}
	const envs = [...itemsAt(item, "envs"), ...[entryOf(item, "env")?.value].flatMap((env) => env ?? [])];
	const data = [
		...envs.flatMap((path) => (path.kind === "scalar" ? envData(build, path, gaps) : [])),
		...itemsAt(item, "literals").flatMap((literal) => (literal.kind === "scalar" ? [literalDatum(literal)] : [])),
		...itemsAt(item, "files").flatMap((file) => (file.kind === "scalar" ? fileDatum(build, file, gaps) : [])),
	];
	const seen = new Set<string>();
	for (const { key, at } of data) {
		if (seen.has(key)) throw new Refusal("invalid", `The key ${key} is there twice`, at);
		seen.add(key);
	}
	return data;
}

function literalDatum(at: ScalarNode): Datum {
	const equals = at.text.indexOf("=");
	if (equals < 1) throw new Refusal("invalid", `${at.text} is no key=value`, at);
	const value = at.text.slice(equals + 1);
	const quoted = value.length > 1 && value[0] === value.at(-1) && /["']/.test(value[0] ?? "");
	return { key: at.text.slice(0, equals), value: quoted ? value.slice(1, -1) : value, at };
}

function fileDatum(build: Build, at: ScalarNode, gaps: Refusal[]): readonly Datum[] {
	const parts = at.text.split("=");
	const [key = "", path = at.text] = parts.length > 1 ? parts : [baseName(at.text), at.text];
	if (parts.length > 2 || key === "" || path === "") throw new Refusal("invalid", `${at.text} is neither a path nor key=path`, at);
	const content = contentOf(build, path, at, gaps);
	return content === undefined ? [] : [{ key, value: content, at }];
}

/** The content of a file: text, or bytes where it is none. `undefined`, and a gap, where nobody can tell. */
function contentOf(build: Build, path: string, at: Place, gaps: Refusal[]): string | Uint8Array | undefined {
	const uri = resolvePath(build.folder, path);
	if (uri === undefined) {
		gaps.push(remoteOrAbsolute(path, at));
		return undefined;
	}
	const text = build.files.file(uri)?.text;
	if (text !== undefined) return text;
	const bytes = build.files.bytes(uri);
	if (!bytes) {
		gaps.push(missing(build.files, uri, path, at));
		return "";
	}
	try {
		return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		return bytes;
	}
}

function envData(build: Build, at: ScalarNode, gaps: Refusal[]): readonly Datum[] {
	const content = contentOf(build, at.text, at, gaps);
	if (typeof content !== "string") return [];
	return content
		.replace(/^\ufeff/, "")
		.split(/\r?\n/)
		.flatMap((line) => {
			const trimmed = line.trimStart();
			if (trimmed === "" || trimmed.startsWith("#")) return [];
			const equals = trimmed.indexOf("=");
			const key = equals < 0 ? trimmed : trimmed.slice(0, equals);
			return [{ key, value: equals < 0 ? "" : trimmed.slice(equals + 1), at }];
		});
}

/** Adds a generated object, or lets it change the one that is there. Source: appendReplaceOrMerge() of resWrangler. */
export function absorbed(resources: readonly Resource[], made: Resource, at: Place): readonly Resource[] {
	const id = idOf(made);
	const found = resources.filter((resource) => allIds(resource).some((each) => sameObject(each, id)));
	const behavior = made.generated?.behavior ?? "create";
	const [old] = found;
	if (!old) {
		if (behavior === "create") return [...resources, made];
		throw new Refusal("no-target", `There is no ${label(id)} to ${behavior}`, at, { name: id.name });
	}
	if (found.length > 1) throw new Refusal("invalid", `${label(id)} fits ${found.length} objects`, at);
	if (behavior === "create") throw new Refusal("same-object", `${label(id)} is there already: it can only be merged or replaced`, at);
	return resources.map((resource) => (resource === old ? changedBy(old, made, behavior) : resource));
}

/** What the generator makes, with the name, the history and the metadata of what was there. */
function changedBy(old: Resource, made: Resource, behavior: "merge" | "replace"): Resource {
	let root = made.root;
	for (const field of ["labels", "annotations"]) root = joinedAt(root, old.root, ["metadata", field]);
	if (behavior === "merge") {
		const data = idOf(made).kind === "Secret" ? withEncoded(old.root) : old.root;
		for (const field of ["data", "binaryData"]) root = joinedAt(root, data, [field]);
	}
	const metadata = entryOf(old.root, "metadata")?.value;
	const name = entryOf(metadata, "name")?.value;
	if (name) root = withMetadata(root, "name", name);
	root = withMetadata(root, "namespace", entryOf(metadata, "namespace")?.value);
	const inexact = made.generated?.inexact === true || (behavior === "merge" && old.generated?.inexact === true);
	// A hash is put to a name where both ask for it.
	const hashed = made.generated?.hashed === true && old.generated?.hashed === true;
	const generated = made.generated && { behavior: old.generated?.behavior ?? made.generated.behavior, hashed, inexact };
	return { ...old, root, generated };
}

/** A Secret whose plain texts stand encoded among its data, where they win. */
function withEncoded(root: MapNode): MapNode {
	const texts = entryOf(root, "stringData")?.value;
	if (texts?.kind !== "map") return root;
	const encoded = texts.entries.map((each) => {
		const text = each.value.kind === "scalar" && each.value.value !== null ? each.value.text : "";
		return { ...each, value: textNode(each.value, base64(UTF8.encode(text))) };
	});
	const plain = withValue(mapNode(root), "data", { ...texts, entries: encoded }, textNode(texts, "data"));
	return joinedAt(plain, root, ["data"]);
}

/** A map with the entries of another one that it does not have. */
function joinedAt(root: MapNode, old: MapNode, path: readonly string[]): MapNode {
	const [name = "", ...rest] = path;
	const [own, other] = [entryOf(root, name), entryOf(old, name)];
	if (other?.value.kind !== "map") return root;
	if (!own) return withValue(root, name, rest.length > 0 ? joinedAt(mapNode(root), other.value, rest) : other.value, other.key);
	if (own.value.kind !== "map") return root;
	if (rest.length > 0) return withValue(root, name, joinedAt(own.value, other.value, rest), own.key);
	const names = new Set(own.value.entries.map((each) => each.name));
	const entries = [...other.value.entries.filter((each) => !names.has(each.name)), ...own.value.entries];
	return withValue(root, name, { ...own.value, entries }, own.key);
}
