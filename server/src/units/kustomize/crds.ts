import { entryOf, isNull, type Node, valueAt } from "../../yaml/nodes.ts";
import { type Config, EMPTY, mergedConfig } from "./config.ts";
import type { FieldSpec } from "./fieldSpec.ts";
import { Refusal } from "./problem.ts";
import { textIn } from "./shape.ts";

/**
 * What definitions of types say about their fields, by the names of the types. Source: LoadConfigFromCRDs() of kustomize, which
 * reads an older form than the CustomResourceDefinitions of today, and passes over these.
 */
export function configOfTypes(root: Node | undefined): Config {
	if (root?.kind !== "map") return EMPTY;
	const odd = root.entries.find(({ value }) => value.kind !== "map" && !isNull(value));
	if (odd) throw new Refusal("invalid", "crds wants definitions of types, not CustomResourceDefinitions", odd.key);
	return root.entries.reduce((config, { name, value }) => {
		const properties = propertiesOf(value);
		const isObject = ["kind", "apiVersion", "metadata"].every((field) => entryOf(properties, field));
		if (!isObject) return config;
		return mergedConfig(config, fieldsOf(root, name, name.slice(name.lastIndexOf(".") + 1), []), root);
	}, EMPTY);
}

function propertiesOf(type: Node | undefined): Node | undefined {
	return valueAt(type, "Schema", "properties") ?? valueAt(type, "schema", "properties");
}

/** Deeper than any type is meant to be; types can contain themselves. */
const MAX_DEPTH = 20;

function fieldsOf(root: Node, type: string, kind: string, path: readonly string[]): Config {
	const properties = propertiesOf(entryOf(root, type)?.value);
	if (properties?.kind !== "map" || path.length > MAX_DEPTH) return EMPTY;
	return properties.entries.reduce((config, { name, value }) => {
		const here = [...path, name];
		const own = mergedConfig(config, configOfField(value, kind, here), value);
		const reference = textIn(value, "$ref");
		return reference === "" ? own : mergedConfig(own, fieldsOf(root, reference, kind, here), value);
	}, EMPTY);
}

function configOfField(property: Node, kind: string, path: readonly string[]): Config {
	const spec: readonly FieldSpec[] = [{ kind, path, create: false }];
	const is = (name: string) => entryOf(property, `x-kubernetes-${name}`) !== undefined;
	const [version, target] = [textIn(property, "x-kubernetes-object-ref-api-version"), textIn(property, "x-kubernetes-object-ref-kind")];
	const key = textIn(property, "x-kubernetes-object-ref-name-key") || "name";
	const refers = is("object-ref-api-version") && is("object-ref-kind");
	return {
		...EMPTY,
		commonAnnotations: is("annotation") ? spec : [],
		commonLabels: is("label-selector") ? spec : [],
		namePrefix: is("identity") ? spec : [],
		nameReference: refers ? [{ version, kind: target, referrers: [{ kind, path: [...path, key], create: false }] }] : [],
	};
}
