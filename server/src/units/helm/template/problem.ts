import { DEFAULT_SETTINGS, type Rendering } from "../../../settings/settings.ts";
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
export type Limits = Rendering;

/** What is left of the limits. One is shared by all templates of a chart. */
export interface Budget {
	readonly limits: Limits;
	steps: number;
	length: number;
}

export function budgetOf(limits: Limits = DEFAULT_SETTINGS.rendering): Budget {
	return { limits, steps: limits.steps, length: limits.output };
}
