import { placeOf } from "./definition.ts";
import { type Frame, fail } from "./frame.ts";
import type { Origin } from "./origin.ts";
import { text } from "./text.ts";
import type { ConstantNode, NumberNode } from "./tree.ts";
import { bool, float, int, struct, type Value } from "./values.ts";

/** A text or boolean of an action; its characters stand where they are written. */
export function constantOf(frame: Frame, node: ConstantNode): Value {
	const { constants } = frame.definition.written;
	const known = constants.get(node);
	if (known) return known;
	const origin = originOfConstant(frame, node);
	const value = typeof node.value === "boolean" ? { ...bool(node.value), origin } : textOf(node, node.value, origin);
	constants.set(node, value);
	return value;
}

function textOf({ written }: ConstantNode, value: string, origin: Origin): Value {
	const raw = written.slice(1, -1) === value;
	const whole = origin.at.end - origin.at.start === written.length;
	return text(value, origin, raw && whole ? origin.at.start + 1 : -1);
}

function originOfConstant({ definition }: Frame, { start, end }: ConstantNode | NumberNode): Origin {
	return { at: placeOf(definition.written, start, end), from: "literal" };
}

/** A number of an action where its type is not told. Source: idealConstant of exec.go. */
export function numberOf(frame: Frame, node: NumberNode): Value {
	const { constants } = frame.definition.written;
	const known = constants.get(node);
	if (known) return known;
	const origin = originOfConstant(frame, node);
	frame.at = node;
	if (node.complex !== undefined) return { ...struct("complex128", []), text: node.complex };
	if (!node.isFloat && node.int === undefined) throw fail(frame, `${node.written} overflows int`);
	const value = node.isFloat || node.int === undefined ? float(node.float ?? 0, origin) : int(node.int, "int", origin);
	constants.set(node, value);
	return value;
}

/** The number as a parameter's type wants it; `undefined` where it cannot be that. */
export function numberAs(frame: Frame, node: NumberNode, type: "int" | "int64" | "uint32" | "float64"): Value | undefined {
	const origin = originOfConstant(frame, node);
	if (type === "float64") return node.float === undefined ? undefined : float(node.float, origin);
	const whole = type === "uint32" ? node.uint : node.int;
	return whole === undefined ? undefined : int(whole, type, origin);
}
