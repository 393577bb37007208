import type { Place } from "../../../text/source.ts";
import type { Via } from "../../../yaml/nodes.ts";

/** Why a value is not known: it is made at random, or it is nothing that is computed here (a password hash, what a library of Go says of a mistake). */
export type Mystery = "random" | "certificate" | "date" | "hash" | "message";

/** Where characters come from, and what they came through. One origin is shared by all characters of a run. */
export interface Origin {
	/** Where they are written: text of a template, a literal in an action, a scalar of a values file; else the action that made them. */
	readonly at: Place;
	/** "text": written outside of actions; "literal": a constant in an action; "value": a scalar or key of a values file; "action": made by it. */
	readonly from: "text" | "literal" | "value" | "action";
	/** The characters only stand in for what is not known. */
	readonly unknown?: Mystery | undefined;
	/** It depends on what is not known whether the characters are there at all. */
	readonly inDoubt?: boolean | undefined;
	/** What they came through on their way to the output, the nearest first. */
	readonly through?: Step | undefined;
}

/** A link of the chain between characters and the output. `outer` is the next one towards the output. */
export interface Step {
	readonly at: Place;
	readonly how: Via["how"];
	readonly outer?: Step | undefined;
}

/** The chain as a list, the nearest first. */
export function viaOf(origin: Origin): readonly Via[] {
	const found: Via[] = [];
	for (let step = origin.through; step; step = step.outer) found.push({ ...step.at, how: step.how });
	return found;
}
