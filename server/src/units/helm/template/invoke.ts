import { ExecutionError, type Frame, fail } from "./frame.ts";
import type { Mystery } from "./origin.ts";
import { NOWHERE, STAND_IN } from "./print.ts";
import { CallError, type GoFunction, type Param, type Signature } from "./signature.ts";
import { text } from "./text.ts";
import type { CommandNode, FunctionNode } from "./tree.ts";
import { mysteryOf } from "./truth.ts";
import { unknown, type Value } from "./values.ts";

export function paramAt({ parameters, rest }: Signature, index: number): Param {
	return parameters[index] ?? rest ?? "any";
}

export function checkCount(frame: Frame, { name, parameters, rest }: GoFunction, given: number, final: object | undefined): void {
	const all = given + (final ? 1 : 0);
	const { length } = parameters;
	if (rest !== undefined ? all < length : all !== length) {
		const wanted = rest !== undefined ? `want at least ${length} got ${given}` : `want ${length} got ${all}`;
		throw fail(frame, `wrong number of args for ${name}: ${wanted}`);
	}
}

/** Go's own functions are called with what is not known only if they pass it on; else the result is not known either. */
export function invoke(frame: Frame, called: GoFunction, values: readonly Value[], command: CommandNode | FunctionNode): Value {
	const { context } = frame;
	context.spend(1);
	const why = called.keeps ? mysteryOfTyped(called, values) : mysteryAmong(values);
	if (why) return unknownResult(called.returns, why);
	try {
		const result = called.call(context, ...values);
		if (result.kind === "string") context.reserve(result.value.length);
		return result;
	} catch (error) {
		if (!(error instanceof CallError || error instanceof ExecutionError)) throw error;
		frame.at = command;
		throw fail(frame, `error calling ${called.name}: ${error.message}`, error);
	}
}

/** A function that passes on what is not known still has to know the numbers and the like that it works with. */
function mysteryOfTyped(called: GoFunction, values: readonly Value[]): Mystery | undefined {
	return mysteryAmong(values.filter((value, index) => value?.kind === "unknown" && !PASSED_ON.has(paramAt(called, index))));
}

const PASSED_ON: ReadonlySet<Param> = new Set<Param>(["any", "reflect", "string"]);

export function mysteryAmong(values: readonly Value[]): Mystery | undefined {
	for (const value of values) {
		const why = mysteryOf(value);
		if (why) return why;
	}
	return undefined;
}

/** What a function gives of which an argument is not known. */
export function unknownResult(returns: string, why: Mystery): Value {
	if (returns !== "string") return unknown(returns, why);
	return text(STAND_IN, { at: NOWHERE, from: "action", unknown: why });
}
