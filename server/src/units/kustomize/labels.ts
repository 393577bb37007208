import { readPlain } from "../../yaml/dialect.ts";
import { entryOf, type MapNode, type Node, type ScalarNode } from "../../yaml/nodes.ts";
import { pathsTo, settled } from "./alike.ts";
import type { Build, Transformer } from "./build.ts";
import { type Config, mergedSpecs } from "./config.ts";
import { atField, type FieldSpec, pathOf } from "./fieldSpec.ts";
import { Refusal } from "./problem.ts";
import type { Resource } from "./resource.ts";
import { isSet, itemsAt, textIn } from "./shape.ts";
import { textNode, viaOf, withValue } from "./tree.ts";

/** `labels` and then `commonLabels`. Source: the LabelTransformer's configuration in kustomize's kusttarget. */
export function labelsOf(build: Build, config: Config): readonly Transformer[] {
	const own = itemsAt(build.spec, "labels").map((item): Transformer => {
		const pairs = entryOf(item, "pairs")?.value;
		return (resources) => (pairs?.kind === "map" ? withEntries(resources, pairs, specsOf(item, config)) : resources);
	});
	const common = entryOf(build.spec, "commonLabels")?.value;
	if (common?.kind !== "map") return own;
	return [...own, (resources) => withEntries(resources, common, config.commonLabels)];
}

function specsOf(item: Node, config: Config): readonly FieldSpec[] {
	let specs = mergedSpecs(fieldSpecsIn(item, "fields"), config.labels, item);
	if (isSet(item, "includeSelectors")) return mergedSpecs(specs, config.commonLabels, item);
	if (isSet(item, "includeTemplates")) specs = mergedSpecs(specs, config.templateLabels, item);
	if (isSet(item, "includeVolumeClaimTemplates")) specs = mergedSpecs(specs, config.volumeClaimTemplateLabels, item);
	return mergedSpecs(specs, [{ path: ["metadata", "labels"], create: true }], item);
}

/** The places that are written out in a list. */
export function fieldSpecsIn(node: Node | undefined, name: string): readonly FieldSpec[] {
	return itemsAt(node, name).map((item) => ({
		group: textIn(item, "group"),
		version: textIn(item, "version"),
		kind: textIn(item, "kind"),
		path: pathOf(textIn(item, "path")),
		create: isSet(item, "create"),
	}));
}

export function annotationsOf(build: Build, config: Config): readonly Transformer[] {
	const annotations = entryOf(build.spec, "commonAnnotations")?.value;
	if (annotations?.kind !== "map" || annotations.entries.length === 0) return [];
	return [(resources) => withEntries(resources, annotations, config.commonAnnotations)];
}

/** Puts entries of the kustomization into maps of the objects. They stand where the kustomization has them. */
export function withEntries(resources: readonly Resource[], pairs: MapNode, specs: readonly FieldSpec[]): readonly Resource[] {
	const entries = [...pairs.entries].sort((a, b) => (a.name < b.name ? -1 : 1));
	for (const { name, key } of entries) {
		if (typeof readPlain(name) !== "string" && !/^(y|n|yes|no|on|off)$/i.test(name)) {
			throw new Refusal("invalid", `kustomize cannot write the key ${key.text}, which is read as no text`, key);
		}
	}
	return resources.map((resource) => entries.reduce((each, { name, key, value }) => withLabel(each, name, key, value, specs), resource));
}

function withLabel(resource: Resource, name: string, key: ScalarNode, value: Node, specs: readonly FieldSpec[]): Resource {
	const text = value.kind === "scalar" && value.value !== null ? value.text : "";
	const fresh = textNode(value, text);
	let count = 0;
	const set = (node: Node): Node => {
		if (node.kind !== "map") {
			if (node.kind === "scalar" && node.value === null) return node;
			throw new Refusal("invalid", `${name} is to be put into something that is no map`, node);
		}
		const old = entryOf(node, name)?.value;
		if (old === fresh) return node;
		if (!old) count++;
		return withValue(node, name, old ? textNode(value, text, viaOf(old, "base")) : fresh, textNode(key, name));
	};
	const root = specs.reduce((each, spec) => atField(each, spec, set, { kind: "map", at: key }), resource.root);
	const changed = settled(resource, root);
	return count < 2 ? changed : { ...changed, shared: [...changed.shared, { value: fresh, paths: pathsTo(changed.root, fresh) }] };
}
