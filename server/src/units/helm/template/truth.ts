import type { Mystery } from "./origin.ts";
import type { Text } from "./text.ts";
import type { Value } from "./values.ts";

/** Go's truth of a value: false for nil, zero, an empty text, list or map. "unknown" where nobody can say. */
export function truthOf(value: Value | undefined): boolean | "unknown" {
	switch (value?.kind) {
		case undefined:
		case "nil":
			return false;
		case "bool":
			return value.value;
		case "int":
			return value.value !== 0n;
		case "float":
			return value.value !== 0;
		case "string":
			return value.value.length > 0 && (isInDoubt(value) ? "unknown" : true);
		case "bytes":
			return value.value.length > 0;
		case "list":
			return value.items.length > 0;
		case "map":
			return value.entries.size > 0;
		case "struct":
			return value.map ? value.map.entries.size > 0 : value.text !== "(0+0i)";
		case "unknown":
			return STRUCTS.has(value.type) || "unknown";
	}
}

/** Whether a text may be empty, because each of its characters depends on a condition that nobody can decide. */
function isInDoubt({ unknown, runs = [] }: Text): boolean {
	return unknown !== undefined && runs.every(({ origin }) => origin?.inDoubt);
}

/** Structs, which are true whatever they hold. */
const STRUCTS: ReadonlySet<string> = new Set(["time.Time", "sprig.certificate"]);

/** Why a value is not known, or a part of it. A list or map may hold such values without being unknown itself. */
export function mysteryOf(value: Value | undefined): Mystery | undefined {
	if (value?.kind === "unknown") return value.why;
	return value?.kind === "string" ? value.unknown : undefined;
}

/** The same, also deep inside of lists and maps. */
export function mysteryWithin(value: Value | undefined, depth = 0): Mystery | undefined {
	if (depth > 100) return undefined;
	const parts = value?.kind === "list" ? value.items : value?.kind === "map" ? value.entries.values() : undefined;
	if (!parts) return mysteryOf(value);
	for (const part of parts) {
		const why = mysteryWithin(part, depth + 1);
		if (why) return why;
	}
	return undefined;
}
