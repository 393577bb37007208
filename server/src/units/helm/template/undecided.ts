import { ExecutionError, type Frame } from "./frame.ts";
import type { Mystery } from "./origin.ts";
import { type Text, TextBuilder } from "./text.ts";

/** What ends the round of a range early. */
export type Jump = "break" | "continue" | undefined;

/**
 * Runs both ways that a condition can go which nobody can decide: of what they print the first that is an output is kept, marked as
 * in doubt, and what they set is not known afterwards. Only what fails both ways fails for certain.
 */
export function walkEither(frame: Frame, why: Mystery, holds: () => Jump, otherwise: () => Jump): Jump {
	const doubt = frame.doubt ?? why;
	const first = attempt(frame, doubt, holds);
	const second = attempt(frame, doubt, otherwise);
	if (first.failure && second.failure) throw first.failure;
	const isSecond = first.failure || (isNothing(first.output) && !second.failure && !isNothing(second.output));
	frame.out.addText((isSecond ? second : first).output);
	if (first.failure || second.failure || first.jump === second.jump) return (first.failure ? second : first).jump;
	frame.leftDoubt ??= doubt;
	return undefined;
}

interface Attempt {
	readonly output: Text;
	readonly jump?: Jump;
	readonly failure?: ExecutionError;
}

function attempt(frame: Frame, doubt: Mystery, way: () => Jump): Attempt {
	const { out, action, variables, run } = frame;
	const { length } = variables;
	const included = new Map(run.included);
	const builder = new TextBuilder();
	frame.out = builder;
	frame.doubt = doubt;
	try {
		const jump = way();
		return { output: builder.text(), jump };
	} catch (error) {
		if (!(error instanceof ExecutionError)) throw error;
		run.included = included;
		return { output: builder.text(), failure: error };
	} finally {
		frame.out = out;
		frame.action = action;
		variables.length = length;
	}
}

/** Whether no document comes of a text: it holds blanks and comments. */
function isNothing({ value }: Text): boolean {
	return value.split("\n").every((line) => /^\s*(#|$)/.test(line));
}
