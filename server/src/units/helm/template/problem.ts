import type { Place } from "../../../text/source.ts";
import type { Step } from "./origin.ts";

/** Why a template cannot be parsed or executed. */
export interface TemplateProblem {
	readonly kind: "parse" | "execute" | "fail" | "required" | "budget";
	/** As Helm prints it, without "Error: ". */
	readonly message: string;
	/** What is wrong without where: the last part of the message. */
	readonly reason: string;
	/** The innermost action or expression that fails. */
	readonly at: Place;
	/** Includes that led there, the nearest first. */
	readonly through?: Step | undefined;
}

/** How much a chart may compute. */
export interface Limits {
	/** Actions and function calls. */
	readonly steps: number;
	/** Characters, of the output and of everything that is computed on the way. */
	readonly length: number;
	/** Includes and templates inside of each other. */
	readonly depth: number;
	/** Elements of a list that a function makes, and rounds of a `range`. */
	readonly range: number;
}

export const DEFAULT_LIMITS: Limits = { steps: 1_000_000, length: 100_000_000, depth: 1000, range: 100_000 };

/** What is left of the limits. One is shared by all templates of a chart. */
export interface Budget {
	readonly limits: Limits;
	steps: number;
	length: number;
}

export function budgetOf(limits: Limits = DEFAULT_LIMITS): Budget {
	return { limits, steps: limits.steps, length: limits.length };
}
