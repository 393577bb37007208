import { entryOf, type MapNode, type Node, type ScalarNode } from "../../yaml/nodes.ts";
import { settled } from "./alike.ts";
import { type Build, problemOf, type State, type Variable } from "./build.ts";
import { atField, type FieldSpec, pathOf } from "./fieldSpec.ts";
import { type Problem, Refusal } from "./problem.ts";
import { allIds, effectiveNamespace, type Id, type Resource, sameName } from "./resource.ts";
import { itemsAt, textIn } from "./shape.ts";
import { changedEntries, changedItems, scalarNode, viaOf } from "./tree.ts";

/** Takes up the variables of a kustomization, and tells the objects that they take their values from. */
export function withVariables(build: Build, state: State): State {
	let { resources } = state;
	const own: Variable[] = [];
	for (const item of itemsAt(build.spec, "vars")) {
		const variable = {
			name: textIn(item, "name"),
			field: textIn(entryOf(item, "fieldref")?.value, "fieldPath") || "metadata.name",
			at: item,
		};
		own.push(variable);
		const id = referencedId(entryOf(item, "objref")?.value);
		// A variable that names a namespace never means what has none.
		const isMeant = (each: Id) => sameName(each, id) && (id.namespace === "" || effectiveNamespace(each) === id.namespace);
		const found = resources.filter((resource) => allIds(resource).some(isMeant));
		if (found.length > 1) {
			build.problems.push(problemOf(new Refusal("invalid", `The variable ${variable.name} fits ${found.length} objects`, item), build.uri));
		} else if (found[0]) {
			resources = resources.map((each) => (each === found[0] ? { ...each, variables: [...each.variables, variable.name] } : each));
		}
	}
	return { ...state, resources, variables: withoutRepeats(build, state.variables, own) };
}

function referencedId(node: Node | undefined): Id {
	const apiVersion = textIn(node, "apiVersion");
	const slash = apiVersion.indexOf("/");
	const written =
		apiVersion === "" ? undefined : { group: slash < 0 ? "" : apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
	const kinds = written ?? { group: textIn(node, "group"), version: textIn(node, "version") };
	return { ...kinds, kind: textIn(node, "kind"), name: textIn(node, "name"), namespace: textIn(node, "namespace") };
}

/** A variable of a name that is taken is refused. */
export function withoutRepeats(build: Build, variables: readonly Variable[], more: readonly Variable[]): readonly Variable[] {
	const fresh = more.filter((variable, index) => {
		const taken = [...variables, ...more.slice(0, index)].some(({ name }) => name === variable.name);
		if (taken)
			build.problems.push(problemOf(new Refusal("invalid", `The variable ${variable.name} is there twice`, variable.at), build.uri));
		return !taken;
	});
	return fresh.length === 0 ? variables : [...variables, ...fresh];
}

/** Puts the values of variables where `$(NAME)` stands. Source: the refvar filter of kustomize. */
export function resolved(
	resources: readonly Resource[],
	variables: readonly Variable[],
	specs: readonly FieldSpec[],
	problems: Problem[],
): readonly Resource[] {
	const values = new Map<string, Node>();
	for (const { name, field, at } of variables) {
		const from = resources.find((resource) => resource.variables.includes(name));
		const value = from && fieldOf(from.root, field);
		if (value) values.set(name, value);
		else {
			const message = from ? `The variable ${name} has no value: there is no ${field}` : `The variable ${name} fits no object`;
			problems.push(problemOf(new Refusal("no-target", message, at, { name }), at.source.uri));
		}
	}
	if (values.size === 0) return resources;
	const set = (node: Node): Node => {
		if (node.kind === "seq") return changedItems(node, (item) => replaced(textOnly(item), values));
		if (node.kind === "scalar") return replaced(node, values);
		return changedEntries(node, ({ value }) => replaced(value, values));
	};
	return resources.map((resource) => {
		try {
			const root = specs.reduce((each, spec) => atField(each, spec, set), resource.root);
			return settled(resource, root);
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			problems.push(problemOf(error, resource.uri));
			return resource;
		}
	});
}

/** Where variables are looked for, lists hold nothing but texts. */
function textOnly(item: Node): Node {
	if (item.kind === "scalar" && typeof item.value === "string") return item;
	throw new Refusal("invalid", "This list may hold variables, so that each of its items must be a text", item);
}

/** What a path leads to: names with dots between them, indexes in brackets. Source: GetFieldValue() of kyaml. */
function fieldOf(root: MapNode, path: string): Node | undefined {
	let node: Node | undefined = root;
	for (const part of pathOf(
		path.replace(/\[(\d+)\]/g, ".$1").replace(/\[['"]?([^\]'"]+)['"]?\]/g, (_, name: string) => `.${name.replaceAll(".", "\\.")}`),
		".",
	)) {
		if (node?.kind === "seq") node = node.items[/^\d+$/.test(part) ? Number(part) : -1];
		else node = entryOf(node, part)?.value;
	}
	return node;
}

function replaced(node: Node, values: ReadonlyMap<string, Node>): Node {
	if (node.kind !== "scalar" || typeof node.value !== "string" || !node.value.includes("$")) return node;
	const whole = /^\$\(([^)]*)\)$/.exec(node.value);
	const only = whole && values.get(whole[1] ?? "");
	if (only?.kind === "scalar") return fromVariable(only, node, only.value, only.text);
	let used: ScalarNode | undefined;
	const text = node.value.replace(/\$(\$|\(([^)]*)\))/g, (written: string, sign: string, name: string) => {
		if (sign === "$") return "$";
		const value = values.get(name);
		if (value?.kind !== "scalar") return written;
		used = value;
		return value.text;
	});
	return text === node.value ? node : fromVariable(used ?? node, node, text, text);
}

/** Where it is written that the variable stands there; the value comes with it. */
function fromVariable(from: ScalarNode, node: ScalarNode, value: ScalarNode["value"], text: string): Node {
	return scalarNode(node, value, text, from === node ? [] : [...viaOf(from, "value"), ...(node.via ?? [])]);
}
