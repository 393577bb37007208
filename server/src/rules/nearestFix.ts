import { type Place, textAt } from "../text/source.ts";
import type { Problem } from "../units/kustomize/problem.ts";
import { replace } from "../yaml/edit.ts";
import { meantField } from "./misspelt.ts";
import type { Fix } from "./rule.ts";

/** Writes in the place of a name that means nothing the one that is near; only where just that name stands there. */
export function nearestFix(problem: Problem, at: Place): readonly Fix[] {
	if (problem.name === undefined || !AS_WRITTEN.test(problem.name)) return [];
	const written = textAt(at);
	const quote = written === problem.name ? "" : written.slice(0, 1);
	if (written !== `${quote}${problem.name}${quote}` || (quote !== "" && quote !== '"' && quote !== "'")) return [];
	const meant = problem.meant ?? nearest(problem);
	if (meant === undefined || !AS_WRITTEN.test(meant)) return [];
	return [{ title: `Write ${meant}`, safe: false, edits: [replace(at, `${quote}${meant}${quote}`)] }];
}

/** What is near is said in the message, too: `; did you mean web?` */
export function withNearest(problem: Problem): string {
	const near = nearest(problem);
	return near === undefined ? problem.message : `${problem.message}; did you mean ${near}?`;
}

function nearest({ name, known = [] }: Problem): string | undefined {
	return name === undefined ? undefined : meantField(name, [...new Set(known)])?.field;
}

/** Text that means the same with quotes and without. */
const AS_WRITTEN = /^[\w./~-]+$/;
