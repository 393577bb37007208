import type { SourceFile } from "../../text/file.ts";
import { entryOf, type Node, valueAt } from "../../yaml/nodes.ts";
import { rootOf } from "./documents.ts";
import { type Schema, schemaOf } from "./mergeKeys.ts";
import { itemsAt, textIn } from "./shape.ts";

/** The merge keys of a kind: those of a file that a kustomization names stand instead of all that kustomize knows. */
export function schemaFor(file: SourceFile | undefined, apiVersion: string, kind: string): Schema | undefined {
	return file ? schemasIn(file).get(`${apiVersion}/${kind}`) : schemaOf(apiVersion, kind);
}

const cache = new WeakMap<SourceFile, ReadonlyMap<string, Schema>>();

function schemasIn(file: SourceFile): ReadonlyMap<string, Schema> {
	let found = cache.get(file);
	if (!found) {
		const definitions = entryOf(file.parts[0] && rootOf(file.parts[0].source).raw, "definitions")?.value;
		const entries = definitions?.kind === "map" ? definitions.entries : [];
		found = new Map(entries.flatMap(({ value }) => kindsOf(value).map((key) => [key, schemaIn(value, definitions)] as const)));
		cache.set(file, found);
	}
	return found;
}

function kindsOf(definition: Node): readonly string[] {
	return itemsAt(definition, "x-kubernetes-group-version-kind").map((item) => {
		const [group, version, kind] = [textIn(item, "group"), textIn(item, "version"), textIn(item, "kind")];
		return `${group === "" ? "" : `${group}/`}${version}/${kind}`;
	});
}

/** Source: PatchStrategyAndKeyList() and Field() of kyaml's openapi package. */
function schemaIn(written: Node, definitions: Node | undefined): Schema {
	const definition = resolved(written, definitions);
	const merges = textIn(written, "x-kubernetes-patch-strategy").split(",").includes("merge");
	const items = entryOf(definition, "items")?.value;
	return {
		...(merges ? { keys: keysOf(written) } : {}),
		get items() {
			return items && schemaIn(items, definitions);
		},
		field: (name) => {
			const field = valueAt(definition, "properties", name) ?? entryOf(definition, "additionalProperties")?.value;
			return field && schemaIn(field, definitions);
		},
	};
}

function keysOf(definition: Node): readonly string[] {
	const listed = itemsAt(definition, "x-kubernetes-list-map-keys").flatMap((item) => (item.kind === "scalar" ? [item.text] : []));
	const key = textIn(definition, "x-kubernetes-patch-merge-key");
	return listed.length > 0 ? listed : key === "" ? [] : [key];
}

/** What a reference leads to; one that leads to another one is followed no further. */
function resolved(node: Node, definitions: Node | undefined): Node {
	const name = /^#\/definitions\/(.+)$/.exec(textIn(node, "$ref"))?.[1];
	return (name && entryOf(definitions, name)?.value) || node;
}
