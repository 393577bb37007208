import type { Place } from "../../../text/source.ts";
import { readKey } from "../../../yaml/dialect.ts";
import { effectiveEntries, isNull, type Node, type ScalarNode } from "../../../yaml/nodes.ts";
import type { Origin } from "../template/origin.ts";
import { type Text, text } from "../template/text.ts";
import { isVersion } from "./versions.ts";

/** What stands in Chart.yaml (and, of old, in requirements.yaml), each text with its place. Source: pkg/chart/metadata.go of Helm. */
export interface Metadata {
	readonly texts: Readonly<Record<TextField, Text>>;
	readonly sources: readonly Text[];
	readonly keywords: readonly Text[];
	readonly maintainers: readonly (readonly [name: Text, email: Text, url: Text])[];
	readonly deprecated: boolean;
	readonly annotations: ReadonlyMap<string, Text>;
	/** `undefined` where none are listed, which is another thing than an empty list. */
	readonly dependencies: readonly Dependency[] | undefined;
}

export type TextField = (typeof TEXT_FIELDS)[number];

export const TEXT_FIELDS = [
	...(["name", "home", "version", "description", "icon", "apiVersion"] as const),
	...(["condition", "tags", "appVersion", "kubeVersion", "type"] as const),
] as const;

export interface Dependency {
	readonly name: Text;
	readonly version: Text;
	readonly repository: Text;
	readonly condition: Text;
	readonly tags: readonly Text[];
	readonly alias: Text;
	readonly importValues: readonly ImportValue[];
	readonly at: Place;
}

/** `child` and `parent` are paths of keys; `.` is the parent's top. */
export interface ImportValue {
	readonly child: string;
	readonly parent: string;
}

/** Why Helm refuses a file of a chart, in its words. */
export interface Refusal {
	readonly reason: string;
	readonly at: Place | undefined;
}

/**
 * Reads what Chart.yaml holds; what requirements.yaml holds replaces it field by field. As in Go, field names are the same whatever
 * their case, and numbers and booleans are taken for texts where a text is wanted.
 */
export function readMetadata(roots: readonly { readonly root: Node | undefined; readonly file: string }[]): Metadata | Refusal {
	const fields = new Map<string, Node>();
	for (const { root, file } of roots) {
		if (isNull(root)) continue;
		if (root?.kind !== "map") return mismatch(file, root, "value", "chart.Metadata");
		for (const { name, value } of effectiveEntries(root)) fields.set(name.toLowerCase(), value);
	}
	const reader = new Reader(roots[0]?.file ?? "Chart.yaml");
	const texts = Object.fromEntries(
		TEXT_FIELDS.map((name) => [name, reader.text(fields.get(name.toLowerCase()), `Metadata.${name}`)]),
	) as Record<TextField, Text>;
	const metadata: Metadata = {
		texts: texts.apiVersion.value === "" ? { ...texts, apiVersion: text("v1") } : texts,
		sources: reader.texts(fields.get("sources"), "Metadata.sources"),
		keywords: reader.texts(fields.get("keywords"), "Metadata.keywords"),
		maintainers: reader.maps(fields.get("maintainers"), "Metadata.maintainers").map((each) => {
			const own = (name: string) => reader.text(each.get(name), `Maintainer.${name}`);
			return [own("name"), own("email"), own("url")] as const;
		}),
		deprecated: reader.bool(fields.get("deprecated"), "Metadata.deprecated"),
		annotations: reader.textMap(fields.get("annotations"), "Metadata.annotations"),
		dependencies: isNull(fields.get("dependencies"))
			? undefined
			: reader
					.maps(fields.get("dependencies"), "Metadata.dependencies")
					.map((each, index) => dependency(reader, each, index, fields.get("dependencies"))),
	};
	return reader.refusal ?? invalid(metadata) ?? metadata;
}

function dependency(reader: Reader, fields: ReadonlyMap<string, Node>, index: number, list: Node | undefined): Dependency {
	const own = (name: string) => reader.text(fields.get(name), `Dependency.dependencies.${name}`);
	const item = list?.kind === "seq" ? list.items[index] : undefined;
	const imports = fields.get("import-values");
	return {
		name: own("name"),
		version: own("version"),
		repository: own("repository"),
		condition: own("condition"),
		tags: reader.texts(fields.get("tags"), "Dependency.dependencies.tags"),
		alias: own("alias"),
		importValues: imports?.kind === "seq" ? imports.items.flatMap(importValue) : [],
		at: item ?? fields.values().next().value ?? { source: { uri: "", text: "" }, start: 0, end: 0 },
	};
}

/** `[data]` imports what a subchart exports by that name; a map names both ends. */
function importValue(node: Node): readonly ImportValue[] {
	if (node.kind === "scalar") return typeof node.value === "string" ? [{ child: `exports.${node.value}`, parent: "." }] : [];
	if (node.kind !== "map") return [];
	const own = new Map(effectiveEntries(node).map(({ name, value }) => [name, value]));
	const print = (name: string) => {
		const value = own.get(name);
		return value?.kind === "scalar" && value.value !== null ? String(value.value) : "<nil>";
	};
	return [{ child: print("child"), parent: print("parent") }];
}

/** Source: Validate() of pkg/chart/metadata.go. */
function invalid({ texts, dependencies = [] }: Metadata): Refusal | undefined {
	const refuse = (reason: string, at: Text | undefined): Refusal => ({ reason: `validation: ${reason}`, at: at?.runs?.[0]?.origin?.at });
	const { name, version, type } = texts;
	if (name.value === "") return refuse("chart.metadata.name is required", undefined);
	if (name.value === "." || name.value === "..") return refuse(`chart.metadata.name ${JSON.stringify(name.value)} is not allowed`, name);
	if (name.value.includes("/")) return refuse(`chart.metadata.name ${JSON.stringify(name.value)} is invalid`, name);
	if (version.value === "") return refuse("chart.metadata.version is required", undefined);
	if (!isVersion(version.value)) return refuse(`chart.metadata.version ${JSON.stringify(version.value)} is invalid`, version);
	if (!["", "application", "library"].includes(type.value)) return refuse("chart.metadata.type must be application or library", type);
	const known = new Set<string>();
	for (const { name: own, alias } of dependencies) {
		if (alias.value !== "" && !/^[a-zA-Z0-9_-]+$/.test(alias.value)) {
			return refuse(`dependency ${JSON.stringify(own.value)} has disallowed characters in the alias`, alias);
		}
		const key = alias.value || own.value;
		if (known.has(key)) return refuse(`more than one dependency with name or alias ${JSON.stringify(key)}`, own);
		known.add(key);
	}
	return undefined;
}

/** Takes nodes for Go's types; keeps the first that does not fit. */
class Reader {
	refusal: Refusal | undefined;
	private readonly file: string;

	constructor(file: string) {
		this.file = file;
	}

	text(node: Node | undefined, field: string): Text {
		if (!node || isNull(node)) return text("");
		if (node.kind === "scalar") return textOfScalar(node);
		this.refuse(node, field, "string");
		return text("");
	}

	texts(node: Node | undefined, field: string): readonly Text[] {
		if (!node || isNull(node)) return [];
		if (node.kind === "seq") return node.items.map((item) => this.text(item, field));
		this.refuse(node, field, "[]string");
		return [];
	}

	textMap(node: Node | undefined, field: string): ReadonlyMap<string, Text> {
		if (!node || isNull(node)) return new Map();
		if (node.kind === "map") return new Map(effectiveEntries(node).map(({ name, value }) => [name, this.text(value, field)]));
		this.refuse(node, field, "map[string]string");
		return new Map();
	}

	/** A list of maps, by the lower case of their keys. */
	maps(node: Node | undefined, field: string): readonly ReadonlyMap<string, Node>[] {
		if (!node || isNull(node)) return [];
		if (node.kind !== "seq") {
			this.refuse(node, field, field.endsWith("maintainers") ? "[]*chart.Maintainer" : "[]*chart.Dependency");
			return [];
		}
		return node.items.map((item) => {
			if (item.kind === "map") return new Map(effectiveEntries(item).map(({ name, value }) => [name.toLowerCase(), value]));
			if (isNull(item))
				this.refusal ??= { reason: `validation: ${field.slice("Metadata.".length)} must not contain empty or null nodes`, at: item };
			else this.refuse(item, field, field.endsWith("maintainers") ? "chart.Maintainer" : "chart.Dependency");
			return new Map();
		});
	}

	bool(node: Node | undefined, field: string): boolean {
		if (!node || isNull(node)) return false;
		if (node.kind === "scalar" && typeof node.value === "boolean") return node.value;
		this.refuse(node, field, "bool");
		return false;
	}

	private refuse(node: Node, field: string, type: string): void {
		this.refusal ??= mismatch(this.file, node, `struct field ${field}`, type);
	}
}

function mismatch(file: string, node: Node | undefined, target: string, type: string): Refusal {
	const found = node?.kind === "map" ? "object" : node?.kind === "seq" ? "array" : node ? typeof node.value : "null";
	const reason = `cannot load ${file}: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${found} into Go ${target} of type ${type}`;
	return { reason, at: node };
}

/** The text that sigs.k8s.io/yaml makes of a scalar where Go wants a string, which is what it makes of a key. Control characters are dropped, other space is a blank. */
function textOfScalar(node: ScalarNode): Text {
	const origin: Origin = { at: node, from: "value" };
	const value = sanitize(readKey(node.value, node.text) ?? node.text);
	const asWritten = node.style === "plain" && node.end - node.start === value.length && node.text === value;
	return text(value, origin, asWritten ? node.start : -1);
}

function sanitize(value: string): string {
	return value.replace(/\s/g, " ").replace(/[^\P{C}\p{Co}]/gu, "");
}
