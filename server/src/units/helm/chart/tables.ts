import { ANY_MAP, type Dict, dict, type Value } from "../template/values.ts";

/** A copy of a map and of the maps in it; what else stands in it is never changed and is shared. */
export function copyDeep(table: Dict): Dict {
	const copy: Dict = { kind: "map", type: ANY_MAP, entries: new Map(), keys: new Map(table.keys) };
	for (const [key, value] of table.entries) copy.entries.set(key, value.kind === "map" ? copyDeep(value) : value);
	return copy;
}

export function copyShallow(table: Dict): Dict {
	return { kind: "map", type: ANY_MAP, entries: new Map(table.entries), keys: new Map(table.keys) };
}

/** Sets a key to a value that another map has, with the place where that one has its key. */
export function take(to: Dict, from: Dict, key: string, value: Value): void {
	to.entries.set(key, value);
	const origin = from.keys.get(key);
	if (origin) to.keys.set(key, origin);
}

/** The map of a key, which is made where there is none; `undefined` where something else stands there. */
export function tableAt(table: Dict, key: string): Dict | undefined {
	const known = table.entries.get(key);
	if (known) return known.kind === "map" ? known : undefined;
	const made = dict();
	table.entries.set(key, made);
	return made;
}

/** The map below a path of keys, or `undefined`. Source: Table() of pkg/chartutil/values.go. */
export function tableBelow(table: Dict, path: string): Dict | undefined {
	let at: Dict = table;
	for (const key of path.split(".")) {
		const next = at.entries.get(key);
		if (next?.kind !== "map") return undefined;
		at = next;
	}
	return at;
}

/** The value below a path of keys that is no map, or `undefined`. Source: PathValue() of pkg/chartutil/values.go. */
export function valueBelow(table: Dict, path: string): Value | undefined {
	const dot = path.lastIndexOf(".");
	const parent = dot < 0 ? table : tableBelow(table, path.slice(0, dot));
	const value = parent?.entries.get(path.slice(dot + 1));
	return value?.kind === "map" ? undefined : value;
}

/**
 * Gives a map what it lacks of another one, which is changed, too. With `merge` nulls stay; without it a null takes away what the other
 * one has a value for. Source: coalesceTablesFullKey() of pkg/chartutil/coalesce.go.
 */
export function coalesceTables(to: Dict, from: Dict, merge: boolean): Dict {
	const given = new Set([...from.entries].flatMap(([key, value]) => (value.kind === "nil" ? [] : [key])));
	for (const [key, value] of to.entries) if (value.kind === "nil") take(from, to, key, value);
	for (const [key, value] of from.entries) {
		const own = to.entries.get(key);
		if (own?.kind === "nil" && !merge && given.has(key)) to.entries.delete(key);
		else if (!own) take(to, from, key, value);
		else if (value.kind === "map" && own.kind === "map") coalesceTables(own, value, merge);
	}
	return to;
}

/** Both in one, the second one winning, as values files are laid over each other. Source: mergeMaps() of pkg/cli/values/options.go. */
export function mergeMaps(a: Dict, b: Dict): Dict {
	const merged = copyShallow(a);
	for (const [key, value] of b.entries) {
		const own = merged.entries.get(key);
		take(merged, b, key, value.kind === "map" && own?.kind === "map" ? mergeMaps(own, value) : value);
	}
	return merged;
}
