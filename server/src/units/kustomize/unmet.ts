import type { Place } from "../../text/source.ts";
import { entryOf, type MapNode, valueAt } from "../../yaml/nodes.ts";
import { type Problem, Refusal } from "./problem.ts";
import { effectiveNamespace, type Id, idOf, label, type Resource, sameName } from "./resource.ts";
import { selector } from "./selector.ts";
import { textIn } from "./shape.ts";
import { without } from "./tree.ts";

/** What is said where something means no object: the smallest text that is wrong, and what could stand there. */
type Unmet = Pick<Problem, "message" | "name" | "known" | "related"> & { readonly at: Place };

const FIELDS = ["name", "labelSelector", "annotationSelector", "namespace", "kind", "group", "version"] as const;
type Field = (typeof FIELDS)[number];

/** Why a target matches nothing: the one field without which it would match something, or that fits nothing by itself. */
export function unmetTarget(target: MapNode, resources: readonly Resource[]): Unmet {
	const written = FIELDS.filter((field) => textIn(target, field) !== "");
	const around = (field: Field) => resources.filter(selector(without(target, field)));
	const field =
		written.find((each) => around(each).length > 0) ?? written.toReversed().find((each) => !resources.some(alone(target, each)));
	const value = field && entryOf(target, field)?.value;
	if (!field || !value) return { at: target, message: "This target matches no object" };
	const found = around(field);
	const known = field === "labelSelector" || field === "annotationSelector" ? [] : valuesOf(found.length > 0 ? found : resources, field);
	return { at: value, message: `This target matches no object: ${WORDS[field](target)}`, name: textIn(target, field), known };
}

function alone(target: MapNode, field: Field): (resource: Resource) => boolean {
	return selector({ ...target, entries: target.entries.filter(({ name }) => name === field) });
}

function valuesOf(resources: readonly Resource[], field: Exclude<Field, "labelSelector" | "annotationSelector">): readonly string[] {
	return [...new Set(resources.map((resource) => idOf(resource)[field]))];
}

/** `no Deployment is called wbe` */
const WORDS: { readonly [field in Field]: (target: MapNode) => string } = {
	name: (target) => `no ${nounOf(target)} is called ${textIn(target, "name")}`,
	labelSelector: (target) => `no ${namedIn(target)} has the labels ${textIn(target, "labelSelector")}`,
	annotationSelector: (target) => `no ${namedIn(target)} has the annotations ${textIn(target, "annotationSelector")}`,
	namespace: (target) => `no ${namedIn(target)} is in namespace ${textIn(target, "namespace")}`,
	kind: (target) => `there is no ${namedIn(target)}`,
	group: (target) => `no ${namedIn(target)} is of the group ${textIn(target, "group")}`,
	version: (target) => `no ${namedIn(target)} is of the version ${textIn(target, "version")}`,
};

function nounOf(target: MapNode): string {
	return textIn(target, "kind") || "object";
}

function namedIn(target: MapNode): string {
	const name = textIn(target, "name");
	return name === "" ? nounOf(target) : `${nounOf(target)} ${name}`;
}

/** Why there is nothing that a patch names: an object of that name may be in another namespace, of another version, of another kind. */
export function unmetPatch(patch: MapNode, resources: readonly Resource[]): Refusal {
	const id = idOf({ root: patch });
	const ids = resources.map((resource) => ({ resource, other: idOf(resource) }));
	const elsewhere = ids.find(({ other }) => sameName(id, other));
	if (elsewhere) return inNamespace(patch, id, elsewhere.resource);
	const alike = (other: Id) => other.name === id.name && effectiveNamespace({ ...other, kind: id.kind }) === effectiveNamespace(id);
	const older = ids.find(({ other }) => other.kind === id.kind && alike(other));
	if (older) {
		const of = id.version === "" ? "without an apiVersion" : `of ${versionOf(id)}`;
		return refusal(patch, "apiVersion", `${label(id)} ${of}`, `it is of ${versionOf(older.other)}`, older.resource);
	}
	const sameKind = ids.filter(({ other }) => other.kind === id.kind);
	const others = ids.filter(({ other }) => alike(other));
	const [only] = others;
	if (sameKind.length === 0 && only && others.length === 1) {
		return refusal(patch, "kind", label(id), `${id.name} is a ${only.other.kind}`, only.resource);
	}
	const at = valueAt(patch, "metadata", "name") ?? patch;
	return new Refusal("no-target", `There is no ${label(id)} to patch`, at, {
		name: id.name,
		known: sameKind.map(({ other }) => other.name),
	});
}

function inNamespace(patch: MapNode, id: Id, there: Resource): Refusal {
	const written = valueAt(patch, "metadata", "namespace");
	const at = written ?? valueAt(patch, "metadata", "name") ?? patch;
	const namespace = effectiveNamespace(idOf(there));
	const where = id.namespace === "" ? "without a namespace" : `in namespace ${id.namespace}`;
	const message = `There is no ${id.kind} ${id.name} ${where} to patch: it is in namespace ${namespace}`;
	return new Refusal("no-target", message, at, { related: isHere(there), ...(written && { name: id.namespace, meant: namespace }) });
}

function refusal(patch: MapNode, field: "apiVersion" | "kind", what: string, instead: string, there: Resource): Refusal {
	const [value, other] = [entryOf(patch, field)?.value, entryOf(there.root, field)?.value];
	const meant = other?.kind === "scalar" ? other.text : "";
	const details = { name: textIn(patch, field), meant, related: isHere(there) };
	return new Refusal("no-target", `There is no ${what} to patch: ${instead}`, value ?? patch.entries[0]?.key ?? patch, details);
}

function versionOf({ group, version }: Id): string {
	return group === "" ? version : `${group}/${version}`;
}

function isHere(resource: Resource): NonNullable<Problem["related"]> {
	const at = valueAt(resource.root, "metadata", "name") ?? resource.root;
	return [{ at, message: `${label(idOf(resource))} is here` }];
}
