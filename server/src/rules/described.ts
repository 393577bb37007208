import type { DescribedRule } from "../settings/schema.ts";
import { RULES } from "./list.ts";
import type { Rule } from "./rule.ts";

/** The rules as a schema describes them. */
export function describedRules(): readonly DescribedRule[] {
	return RULES.map((rule) => ({ name: rule.name, description: `${rule.summary} (${levelsOf(rule)})` }));
}

/** `error, warning or information`, in words. */
export function levelsOf({ levels, off }: Rule): string {
	const [first, ...others] = levels;
	const all = others.length > 0 ? `${[first, ...others].slice(0, -1).join(", ")} or ${others.at(-1)}` : first;
	return off ? `off unless switched on, then ${all}` : all;
}
