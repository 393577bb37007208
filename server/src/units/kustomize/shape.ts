import { entryOf, isNull, type Node, writtenKey } from "../../yaml/nodes.ts";
import type { Fault } from "./documents.ts";

/** What a value of a kustomization may be. Field names are compared without case, as Go does. */
export type Shape = "text" | "texts" | "flag" | "count" | "anything" | readonly [Shape] | { readonly [field: string]: Shape };

export interface ShapeFault extends Fault {
	readonly name?: string;
	readonly known?: readonly string[];
}

/** The value with its fields named as the shape has them; what does not fit becomes a fault and is left out. */
export function shaped(node: Node, shape: Shape, path: string, faults: ShapeFault[]): Node | undefined {
	if (isNull(node) || shape === "anything") return node;
	const wanted = wantedKind(shape);
	const found = node.kind === "scalar" ? typeof node.value : node.kind;
	if (found !== wanted && !(shape === "count" && found === "number")) {
		faults.push({ message: `${path === "" ? "A kustomization" : path} must be ${NAMES[wanted]}`, at: node });
		return undefined;
	}
	if (node.kind === "scalar") return node;
	if (node.kind === "seq") {
		const [item = "anything"] = shape as readonly [Shape];
		return { ...node, items: node.items.flatMap((each, index) => shaped(each, item, `${path}[${index}]`, faults) ?? []) };
	}
	const entries = node.entries.flatMap((entry) => {
		const name = shape === "texts" ? entry.name : fieldOf(shape as Fields, entry.name);
		const at = path === "" ? writtenKey(entry) : `${path}.${writtenKey(entry)}`;
		if (name === undefined) {
			const taken = new Set(node.entries.map((each) => fieldOf(shape as Fields, each.name)));
			const known = Object.keys(shape as Fields).filter((field) => !taken.has(field));
			faults.push({ message: `A kustomization has no field ${at}`, at: entry.key, name: entry.name, known });
			return [];
		}
		const value = shaped(entry.value, shape === "texts" ? "text" : ((shape as Fields)[name] ?? "anything"), at, faults);
		return value ? [{ ...entry, name, value }] : [];
	});
	return { ...node, entries };
}

type Fields = { readonly [field: string]: Shape };

const NAMES = { string: "text", boolean: "true or false", number: "a number", map: "a map", seq: "a list" } as const;

function wantedKind(shape: Exclude<Shape, "anything">): keyof typeof NAMES {
	if (shape === "text") return "string";
	if (shape === "flag") return "boolean";
	if (shape === "count") return "number";
	return Array.isArray(shape) ? "seq" : "map";
}

function fieldOf(fields: Fields, name: string): string | undefined {
	if (Object.hasOwn(fields, name)) return name;
	const lower = name.toLowerCase();
	return Object.keys(fields).find((field) => field.toLowerCase() === lower);
}

/** The items of a list; none where there is no list. */
export function itemsAt(node: Node | undefined, name: string): readonly Node[] {
	const list = entryOf(node, name)?.value;
	return list?.kind === "seq" ? list.items : [];
}

/** The characters of a text; "" where there is none. */
export function textIn(node: Node | undefined, name: string): string {
	const value = entryOf(node, name)?.value;
	return value?.kind === "scalar" && value.value !== null ? value.text : "";
}

export function isSet(node: Node | undefined, name: string): boolean {
	const value = entryOf(node, name)?.value;
	return value?.kind === "scalar" && value.value === true;
}
