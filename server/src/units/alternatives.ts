import type { Field } from "../model/field.ts";
import { type KubeObject, nameOf, namespaceOf } from "../model/object.ts";
import { derivedIndex, objectIndex } from "./indexes.ts";

/** The files that define an object of one kind, namespace and name, as far as these are known or spelled alike. */
const DEFINING = objectIndex((object) => {
	const identity = identityOf(object);
	return identity === undefined ? [] : [[identity, object.source.uri]];
});

/** By file: the objects that others define as well. Two files with one in common are alternatives. */
export const ALTERNATIVES = derivedIndex(DEFINING, (identity, uris) => {
	const files = new Set(uris);
	return files.size < 2 ? [] : [...files].map((uri) => [uri, identity]);
});

function identityOf(object: KubeObject): string | undefined {
	const name = nameOf(object) ?? spelling(object.metadata.name);
	// Files often bring their namespace along: that makes no alternatives of them.
	if (name === undefined || object.kind === "Namespace") return undefined;
	const namespace = namespaceOf(object) ?? spelling(object.metadata.namespace) ?? "default";
	return `${groupOf(object)}/${object.kind}/${namespace}/${name}`;
}

/** A placeholder as written: files that are filled in alike define the same object. */
function spelling(field: Field<string> | undefined): string | undefined {
	return field?.state === "placeholder" && field.node.kind === "scalar" ? field.node.text : undefined;
}

/** The group of a custom kind; Kubernetes' own kinds have moved between groups and are one kind in all of them. */
function groupOf({ apiVersion }: KubeObject): string {
	const [group = ""] = apiVersion.split("/");
	return group.includes(".") ? group : "";
}
