import { validated } from "./assignable.ts";
import { constantOf, numberAs, numberOf } from "./constants.ts";
import { type Cell, type ExecutionError, type Frame, fail, noted } from "./frame.ts";
import { zeroOf } from "./functions/builtin.ts";
import { checkCount, invoke, mysteryAmong, paramAt } from "./invoke.ts";
import { typeOf } from "./print.ts";
import { CallError, type GoFunction, type Param, TYPE_NAMES } from "./signature.ts";
import {
	type ChainNode,
	type CommandNode,
	describe,
	type FieldNode,
	type FunctionNode,
	type Operand,
	type PipeNode,
	type VariableNode,
} from "./tree.ts";
import { mysteryOf, truthOf } from "./truth.ts";
import { type Method, NIL, unknown, type Value } from "./values.ts";

const NOTHING: Cell = { value: undefined, wrapped: false };

/** Evaluates a pipeline and declares its variables. The result is never wrapped. Source: exec.go of Go's text/template. */
export function evaluatePipe(frame: Frame, dot: Cell, pipe: PipeNode): Value | undefined {
	frame.at = pipe;
	let value: Value | undefined;
	for (const [index, command] of pipe.commands.entries()) {
		const result = evaluateCommand(frame, dot, command, index > 0 ? { value } : undefined);
		value = unwrapped(result);
	}
	for (const { name } of pipe.variables) {
		const cell = { value, wrapped: false };
		if (pipe.assigns) assign(frame, name, cell);
		else frame.variables.push({ name, cell });
	}
	return value;
}

/** The value of the command before in a pipeline. */
interface Final {
	readonly value: Value | undefined;
}

export function assign(frame: Frame, name: string, cell: Cell): void {
	const variable = frame.variables.findLast((candidate) => candidate.name === name);
	if (!variable) throw fail(frame, `undefined variable: ${name}`);
	variable.cell = frame.doubt ? { value: unknown(ANY, frame.doubt), wrapped: false } : cell;
}

function evaluateCommand(frame: Frame, dot: Cell, command: CommandNode, final: Final | undefined): Cell {
	const { first, operands } = command;
	switch (first.kind) {
		case "field":
			return evaluateField(frame, dot, first, operands, final);
		case "chain":
			return evaluateChain(frame, dot, first, operands, final);
		case "function":
			return callFunction(frame, dot, first, command, operands, final);
		case "pipe":
			refuseArguments(frame, operands, final);
			return { value: evaluatePipe(frame, dot, first), wrapped: false };
		case "variable":
			return evaluateVariable(frame, dot, first, operands, final);
	}
	frame.at = first;
	refuseArguments(frame, operands, final);
	switch (first.kind) {
		case "dot":
			return dot;
		case "nil":
			throw fail(frame, "nil is not a command");
		case "number":
			return { value: numberOf(frame, first), wrapped: false };
		default:
			return { value: constantOf(frame, first), wrapped: false };
	}
}

function refuseArguments(frame: Frame, operands: readonly Operand[], final: Final | undefined): void {
	const [first] = operands;
	if ((operands.length > 1 || final) && first) throw fail(frame, `can't give argument to non-function ${describe(first)}`);
}

function evaluateField(frame: Frame, dot: Cell, node: FieldNode, operands: readonly Operand[], final: Final | undefined): Cell {
	frame.at = node;
	return noted(frame, node, followNames(frame, dot, dot, node, node.names, operands, final));
}

function evaluateChain(frame: Frame, dot: Cell, node: ChainNode, operands: readonly Operand[], final: Final | undefined): Cell {
	frame.at = node;
	if (node.base.kind === "nil") throw fail(frame, `indirection through explicit nil in ${describe(node)}`);
	const base = evaluateBase(frame, dot, node.base);
	return noted(frame, node, followNames(frame, dot, base, node, node.names, operands, final));
}

function evaluateBase(frame: Frame, dot: Cell, base: Operand): Cell {
	frame.at = base;
	if (base.kind === "pipe") return { value: evaluatePipe(frame, dot, base), wrapped: false };
	if (base.kind === "function") return callFunction(frame, dot, base, base, [base], undefined);
	return NOTHING;
}

function evaluateVariable(frame: Frame, dot: Cell, node: VariableNode, operands: readonly Operand[], final: Final | undefined): Cell {
	frame.at = node;
	const variable = frame.variables.findLast(({ name }) => name === node.name);
	if (!variable) throw fail(frame, `undefined variable: ${node.name}`);
	if (node.names.length > 0) return noted(frame, node, followNames(frame, dot, variable.cell, node, node.names, operands, final));
	refuseArguments(frame, operands, final);
	return noted(frame, node, variable.cell);
}

/** `.a.b.c`; arguments belong to the last of them. */
function followNames(
	frame: Frame,
	dot: Cell,
	start: Cell,
	node: Operand,
	names: readonly string[],
	operands: readonly Operand[],
	final: Final | undefined,
): Cell {
	let cell = start;
	const last = names.length - 1;
	for (let index = 0; index < last; index++) cell = fieldOf(frame, dot, cell, node, names[index] ?? "", [], undefined);
	return fieldOf(frame, dot, cell, node, names[last] ?? "", operands, final);
}

function fieldOf(
	frame: Frame,
	dot: Cell,
	{ value, wrapped }: Cell,
	node: Operand,
	name: string,
	operands: readonly Operand[],
	final: Final | undefined,
): Cell {
	if (!value) return NOTHING;
	switch (value.kind) {
		case "nil":
			throw fail(frame, `nil pointer evaluating interface {}.${name}`);
		case "unknown":
			return { value: unknown(ANY, value.why), wrapped: true };
		case "map": {
			const method = value.methods?.get(name);
			if (method) return callMethod(frame, dot, method, node, name, operands, final);
			if (operands.length > 1 || final) throw fail(frame, `${name} is not a method but has arguments`);
			return elementOf(value, name);
		}
		case "list": {
			const method = value.methods?.get(name);
			if (method) return callMethod(frame, dot, method, node, name, operands, final);
			break;
		}
		case "struct": {
			const method = value.methods.get(name);
			if (method) return callMethod(frame, dot, method, node, name, operands, final);
			const field = value.fields.get(name);
			if (field && (operands.length > 1 || final)) throw fail(frame, `${name} has arguments but cannot be invoked as function`);
			if (field) return { value: field, wrapped: false };
			if (value.map) return elementOf(value.map, name);
		}
	}
	throw fail(frame, `can't evaluate field ${name} in type ${wrapped ? ANY : typeOf(value)}`);
}

const ANY = TYPE_NAMES.any;

function elementOf({ entries, type }: Extract<Value, { readonly kind: "map" }>, name: string): Cell {
	return { value: entries.get(name) ?? zeroOf(type), wrapped: !type.endsWith("]string") && type !== "engine.files" };
}

/** A value without the interface around it: nil becomes nothing. */
function unwrapped({ value }: Cell): Value | undefined {
	return value?.kind === "nil" ? undefined : value;
}

/** Calls a function; `operands` begin with its name. Source: evalCall of exec.go. */
function callFunction(
	frame: Frame,
	dot: Cell,
	node: FunctionNode,
	command: CommandNode | FunctionNode,
	operands: readonly Operand[],
	final: Final | undefined,
): Cell {
	frame.at = node;
	const { function: called } = node;
	const given = operands.length - 1;
	checkCount(frame, called, given, final);
	if (called.name === "and" || called.name === "or") return decide(frame, dot, called, operands, final);
	const values: Value[] = [];
	for (let index = 0; index < given; index++) {
		const operand = operands[index + 1];
		if (operand) values.push(evaluateArgument(frame, dot, paramAt(called, index), operand) as Value);
	}
	if (final) values.push(validated(frame, { value: final.value, wrapped: false }, paramAt(called, given)) as Value);
	return noted(frame, node, { value: invoke(frame, called, values, command), wrapped: called.returns === "interface {}" });
}

/** `and` and `or`: the first operand that decides, else the last one. */
function decide(frame: Frame, dot: Cell, called: GoFunction, operands: readonly Operand[], final: Final | undefined): Cell {
	let value: Value | undefined;
	for (const operand of operands.slice(1)) {
		value = evaluateArgument(frame, dot, "reflect", operand);
		const truth = truthOf(value);
		if (truth === "unknown") return { value: unknown("interface {}", mysteryOf(value) ?? "random"), wrapped: false };
		if (truth === (called.name === "or")) return { value, wrapped: false };
	}
	return { value: final ? final.value : value, wrapped: false };
}

/** Calls a method of an object. */
function callMethod(
	frame: Frame,
	dot: Cell,
	method: Method,
	node: Operand,
	name: string,
	operands: readonly Operand[],
	final: Final | undefined,
): Cell {
	const { parameters } = method;
	const given = Math.max(operands.length - 1, 0);
	const count = given + (final ? 1 : 0);
	if (count !== parameters.length) throw fail(frame, `wrong number of args for ${name}: want ${parameters.length} got ${count}`);
	const values = operands.slice(1).map((operand, index) => evaluateArgument(frame, dot, parameters[index] ?? "any", operand) ?? NIL);
	if (final) values.push(validated(frame, { value: final.value, wrapped: false }, parameters[given] ?? "any") ?? NIL);
	frame.context.spend(1);
	const why = mysteryAmong(values);
	if (why) return { value: unknown("interface {}", why), wrapped: false };
	try {
		return { value: method.call(...values), wrapped: false };
	} catch (error) {
		if (!(error instanceof CallError)) throw error;
		frame.at = node;
		throw fail(frame, `error calling ${name}: ${error.message}`, error);
	}
}

/** Source: evalArg of exec.go. */
function evaluateArgument(frame: Frame, dot: Cell, param: Param, node: Operand): Value | undefined {
	frame.at = node;
	switch (node.kind) {
		case "dot":
			return validated(frame, dot, param);
		case "nil":
			return nilAs(frame, param);
		case "field":
			return validated(frame, evaluateField(frame, dot, node, [node], undefined), param);
		case "variable":
			return validated(frame, evaluateVariable(frame, dot, node, [], undefined), param);
		case "pipe":
			return validated(frame, { value: evaluatePipe(frame, dot, node), wrapped: false }, param);
		case "function":
			return validated(frame, callFunction(frame, dot, node, node, [node], undefined), param);
		case "chain":
			return validated(frame, evaluateChain(frame, dot, node, [], undefined), param);
		case "constant":
			return constantAs(frame, node, param);
		case "number":
			return numberArgument(frame, node, param);
	}
}

function nilAs(frame: Frame, param: Param): Value | undefined {
	if (param === "any") return NIL;
	if (param === "reflect") return undefined;
	if (param === "map" || param === "list") return validated(frame, { value: undefined, wrapped: false }, param);
	throw fail(frame, `cannot assign nil to ${TYPE_NAMES[param]}`);
}

function constantAs(frame: Frame, node: Extract<Operand, { readonly kind: "constant" }>, param: Param): Value {
	const fits = param === "any" || param === "reflect" || param === (typeof node.value === "string" ? "string" : "bool");
	if (fits) return constantOf(frame, node);
	throw expected(frame, node, param);
}

function numberArgument(frame: Frame, node: Extract<Operand, { readonly kind: "number" }>, param: Param): Value {
	if (param === "any" || param === "reflect") return numberOf(frame, node);
	const value =
		param === "int" || param === "int64" || param === "uint32" || param === "float64" ? numberAs(frame, node, param) : undefined;
	if (value) return value;
	throw expected(frame, node, param);
}

const EXPECTED: Partial<Record<Param, string>> = {
	string: "string",
	int: "integer",
	int64: "integer",
	uint32: "unsigned integer",
	float64: "float",
	bool: "bool",
};

function expected(frame: Frame, node: Operand, param: Param): ExecutionError {
	const wanted = EXPECTED[param];
	if (wanted) return fail(frame, `expected ${wanted}; found ${describe(node)}`);
	return fail(frame, `can't handle ${describe(node)} for arg of type ${TYPE_NAMES[param]}`);
}
