import type { ScalarNode } from "../../../yaml/nodes.ts";
import { stepsOf } from "../template/nodes.ts";
import type { Origin } from "../template/origin.ts";
import { text } from "../template/text.ts";
import { ANY_LIST, type Dict, dict, int, list, NIL, type Value } from "../template/values.ts";

/** One value as `--set name=value` gives it: what Argo CD calls a parameter. */
export interface SetValue {
	readonly name: string;
	/** Where the value is written. */
	readonly value: ScalarNode;
	/** It stays a text whatever it looks like (`--set-string`). */
	readonly asText: boolean;
}

const MAX_INDEX = 65_536;
const MAX_DEPTH = 30;

/** Sets one value in values that nobody else has; `false` for a name that Helm refuses. Source: pkg/strvals/parser.go. */
export function setValue(values: Dict, { name, value, asText }: SetValue): boolean {
	const path = pathOf(name);
	if (!path || path.length > MAX_DEPTH) return false;
	return put(values, path, asText ? textOf(value) : typedValue(value)) !== undefined;
}

/** Keys and list indexes: `a.b[0].c`, a backslash before a sign that is part of a key. `undefined` for what is none. */
function pathOf(name: string): readonly (string | number)[] | undefined {
	const parts: (string | number)[] = [];
	// A key begins the name or stands behind a dot; an index stands behind a key or another index.
	const part = /(?:^|\.)((?:\\.|[^\\.[\],=])+)|(?<!^)\[(\d+)\]/gsy;
	while (part.lastIndex < name.length) {
		const match = part.exec(name);
		if (!match) return undefined;
		const [, key, index] = match;
		parts.push(key === undefined ? Number(index) : key.replace(/\\(.)/gs, "$1"));
	}
	return parts.length > 0 && parts.every((each) => typeof each === "string" || each <= MAX_INDEX) ? parts : undefined;
}

/** What stands at a place once a value is set below it; `undefined` where something else is in the way. */
function put(at: Value | undefined, [part, ...rest]: readonly (string | number)[], value: Value): Value | undefined {
	if (part === undefined) return value;
	if (typeof part === "number") {
		if (at && at.kind !== "list" && at.kind !== "nil") return undefined;
		const items = at?.kind === "list" ? [...at.items] : [];
		const known = items[part];
		const inner = put(known?.kind === "map" || typeof rest[0] === "number" ? known : undefined, rest, value);
		// Helm's parser is at its end where a value is empty, and forgets the item that it was in.
		if (inner && typeof rest[0] === "string" && value.kind === "string" && value.value === "") return at?.kind === "list" ? at : list([]);
		while (items.length < part) items.push(NIL);
		if (inner) items[part] = inner;
		return inner && list(items, ANY_LIST);
	}
	if (at && at.kind !== "map") return undefined;
	const table = at ?? dict();
	const inner = put(rest.length > 0 ? table.entries.get(part) : undefined, rest, value);
	if (!inner) return undefined;
	table.entries.set(part, inner);
	return table;
}

function textOf(node: ScalarNode): Value {
	const written = node.style === "plain" && node.end - node.start === node.text.length;
	return text(node.text, originOf(node), written ? node.start : -1);
}

/** Source: typedVal() of the same file. */
function typedValue(node: ScalarNode): Value {
	const word = node.text.toLowerCase();
	const origin = originOf(node);
	if (word === "true" || word === "false") return { kind: "bool", value: word === "true", origin };
	if (word === "null") return { kind: "nil", origin };
	if (/^(0|[-+]?[1-9][0-9]{0,18}|[-+]0[0-9]*)$/.test(node.text)) return int(BigInt(node.text.replace("+", "")), "int64", origin);
	return textOf(node);
}

function originOf(node: ScalarNode): Origin {
	return { at: { source: node.source, start: node.start, end: node.end }, from: "value", through: stepsOf(node.via ?? []) };
}
