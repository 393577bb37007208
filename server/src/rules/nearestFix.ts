import { type Place, textAt } from "../text/source.ts";
import type { Problem } from "../units/kustomize/problem.ts";
import { replace } from "../yaml/edit.ts";
import { meantField } from "./misspelt.ts";
import type { Fix } from "./rule.ts";

/** Writes in the place of a name that means nothing the one that is near; only where just that name stands there. */
export function nearestFix({ name, known = [] }: Problem, at: Place): readonly Fix[] {
	if (name === undefined || textAt(at) !== name) return [];
	const meant = meantField(name, [...new Set(known)]);
	return meant ? [{ title: `Write ${meant.field}`, safe: false, edits: [replace(at, meant.field)] }] : [];
}
