import type { Context } from "../signature.ts";
import { truthOf } from "../truth.ts";
import type { Dict, Value } from "../values.ts";

/**
 * Merges a map into another one, which is changed; maps inside of both are merged, what is only in the source is shared with it.
 * Without `overwrite` the target's values hold unless they are empty. Source: deepMerge of dario.cat/mergo.
 */
export function merge(context: Context, target: Dict, source: Dict, overwrite: boolean): Dict {
	const result = target.nil ? { ...target, nil: false } : target;
	mergeInto(context, result, source, overwrite, 0);
	return result;
}

/** A map that is deeper than this contains itself. */
const MAX_DEPTH = 1000;

function mergeInto(context: Context, target: Dict, source: Dict, overwrite: boolean, depth: number): void {
	if (depth > MAX_DEPTH) throw new RangeError("too deep");
	for (const [key, value] of [...source.entries]) {
		context.spend(1);
		const current = target.entries.get(key);
		if (value.kind === "nil") {
			if (overwrite) put(context, target, source, key, value);
			continue;
		}
		if (value.kind === "map" && current?.kind === "map") mergeInto(context, current, value, overwrite, depth + 1);
		if (value.kind === "list" && overwrite) put(context, target, source, key, value);
		const filled = current !== undefined && truthOf(current) !== false;
		if (filled && (value.kind === "list" || value.kind === "bytes")) continue;
		if (filled && isMap(value) && isMap(current)) continue;
		if (overwrite || !filled) put(context, target, source, key, value);
	}
}

function isMap(value: Value): boolean {
	return value.kind === "map" || (value.kind === "struct" && value.map !== undefined);
}

function put(context: Context, target: Dict, source: Dict, key: string, value: Value): void {
	target.entries.set(key, context.kept(value));
	const origin = source.keys.get(key);
	if (origin) target.keys.set(key, origin);
	else target.keys.delete(key);
}
