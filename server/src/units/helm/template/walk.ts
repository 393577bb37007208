import { placeOf } from "./definition.ts";
import { type Cell, type Frame, fail } from "./frame.ts";
import type { Origin, Step } from "./origin.ts";
import { assign, evaluatePipe } from "./pipeline.ts";
import { NOWHERE, printed, sortedKeys } from "./print.ts";
import { type Text, TextBuilder, text } from "./text.ts";
import type { ActionNode, BranchNode, CallNode, JumpNode, RangeNode, TextNode, TreeNode } from "./tree.ts";
import { mysteryOf, truthOf } from "./truth.ts";
import { type Jump, walkEither } from "./undecided.ts";
import { int, unknown, type Value } from "./values.ts";

/** Runs another template for its output at this place. */
export type RunTemplate = (frame: Frame, node: CallNode, dot: Cell) => void;

/** Runs nodes of a template and writes what they print. Source: walk of Go's text/template/exec.go. */
export function walk(frame: Frame, dot: Cell, nodes: readonly TreeNode[], runTemplate: RunTemplate): Jump {
	for (const node of nodes) {
		frame.context.spend(1);
		const jump = walkNode(frame, dot, node, runTemplate);
		if (jump) return jump;
	}
	return undefined;
}

function walkNode(frame: Frame, dot: Cell, node: TreeNode, runTemplate: RunTemplate): Jump {
	if (node.kind === "text") {
		writeText(frame, node);
		return undefined;
	}
	const { action } = frame;
	frame.action = placeOf(frame.definition.written, node.open, node.close);
	const jump = walkAction(frame, dot, node, runTemplate);
	frame.action = action;
	return jump;
}

function walkAction(frame: Frame, dot: Cell, node: Exclude<TreeNode, TextNode>, runTemplate: RunTemplate): Jump {
	switch (node.kind) {
		case "action":
			writeAction(frame, dot, node);
			return undefined;
		case "template":
			frame.at = node;
			runTemplate(frame, node, dot);
			return undefined;
		case "if":
		case "with":
			return walkBranch(frame, dot, node, runTemplate);
		case "range":
			return walkRange(frame, dot, node, runTemplate);
		default:
			return (node satisfies JumpNode).kind;
	}
}

function writeText(frame: Frame, { start, end, text: value }: TextNode): void {
	const { written } = frame.definition;
	frame.context.reserve(value.length);
	if (written.source) {
		const at = placeOf(written, start, end);
		frame.out.add(value, { at, from: "text", ...doubtOf(frame), through: frame.chain }, start);
	} else if (written.passed) write(frame, written.passed.text, start, end, written.passed.at, false);
}

function writeAction(frame: Frame, dot: Cell, node: ActionNode): void {
	const value = evaluatePipe(frame, dot, node.pipe);
	if (node.pipe.variables.length > 0) return;
	frame.at = node;
	const output = value ? shownOf(frame, value) : NO_VALUE;
	frame.context.reserve(output.value.length);
	write(frame, output, 0, output.value.length, frame.action, true);
}

function shownOf(frame: Frame, value: Value): Text {
	return value.kind === "struct" && value.shown !== undefined ? text(value.shown) : printed(frame.context, value);
}

/** What Go prints for nil; Helm removes it. */
export const NO_VALUE: Text = text("<no value>");

/** Writes characters of a text and notes what they came through: the action, and all that leads to this template. */
function write(frame: Frame, output: Text, from: number, to: number, action: Frame["action"], isAction: boolean): void {
	const { out, chain } = frame;
	if (!output.runs) {
		out.add(from === 0 && to === output.value.length ? output.value : output.value.slice(from, to), {
			at: action,
			from: "action",
			...doubtOf(frame),
			through: chain,
		});
		return;
	}
	const piece = from === 0 && to === output.value.length ? output : new TextBuilder().addText(output, from, to).text();
	let at = 0;
	let last: Origin | undefined;
	let lastPassed: Origin | undefined;
	for (const { end, origin, start } of piece.runs ?? []) {
		const passed: Origin = origin && origin === last && lastPassed ? lastPassed : passedOn(origin, frame, action, isAction);
		last = origin;
		lastPassed = passed;
		out.add(piece.value.slice(at, end), passed, start);
		at = end;
	}
	if (!piece.runs) out.add(piece.value, { at: action, from: "action", ...doubtOf(frame), through: chain });
}

function passedOn(origin: Origin | undefined, frame: Frame, action: Frame["action"], isAction: boolean): Origin {
	const { chain, doubt } = frame;
	const unknown = origin?.unknown ?? doubt;
	const inDoubt = doubt !== undefined || origin?.inDoubt === true;
	if (!origin || origin.at === NOWHERE) return { at: action, from: "action", unknown, inDoubt, through: chain };
	if (isOnItsWay(origin)) return doubt ? { ...origin, unknown, inDoubt } : origin;
	const here = isAction && origin.from !== "literal" ? { at: action, how: "template" as const, outer: chain } : chain;
	return { ...origin, unknown, inDoubt, through: appended(origin.through, here) };
}

function doubtOf({ doubt }: Frame): Pick<Origin, "unknown" | "inDoubt"> {
	return doubt ? { unknown: doubt, inDoubt: true } : {};
}

/** Whether some template has printed it already. */
function isOnItsWay({ through, from }: Origin): boolean {
	if (from === "action") return true;
	for (let step = through; step; step = step.outer) if (step.how === "template" || step.how === "include") return true;
	return false;
}

function appended(first: Step | undefined, rest: Step | undefined): Step | undefined {
	return first ? { ...first, outer: appended(first.outer, rest) } : rest;
}

function walkBranch(frame: Frame, dot: Cell, node: BranchNode, runTemplate: RunTemplate): Jump {
	const { doubt } = frame;
	const { length } = frame.variables;
	frame.at = node;
	const value = evaluatePipe(frame, dot, node.pipe);
	const truth = truthOf(value);
	const holds = () => walk(frame, node.kind === "with" ? { value, wrapped: false } : dot, node.body, runTemplate);
	const otherwise = () => (node.otherwise ? walk(frame, dot, node.otherwise, runTemplate) : undefined);
	const jump = truth === "unknown" ? walkEither(frame, mysteryOf(value) ?? "random", holds, otherwise) : truth ? holds() : otherwise();
	frame.variables.length = length;
	frame.doubt = doubt ?? frame.leftDoubt;
	return jump;
}

function walkRange(frame: Frame, dot: Cell, node: RangeNode, runTemplate: RunTemplate): Jump {
	const { doubt, leftDoubt } = frame;
	const { length } = frame.variables;
	frame.at = node;
	const value = evaluatePipe(frame, dot, node.pipe);
	const otherwise = () => (node.otherwise ? walk(frame, dot, node.otherwise, runTemplate) : undefined);
	let jump: Jump;
	if (value?.kind === "unknown") walkEither(frame, value.why, () => void walkRounds(frame, node, value, runTemplate), otherwise);
	else if (walkRounds(frame, node, value, runTemplate) === 0) jump = otherwise();
	frame.variables.length = length;
	frame.doubt = doubt;
	frame.leftDoubt = leftDoubt;
	return jump;
}

/** How many rounds there were. */
function walkRounds(frame: Frame, node: RangeNode, value: Value | undefined, runTemplate: RunTemplate): number {
	const inside = frame.variables.length;
	let rounds = 0;
	for (const [index, element] of roundsOf(frame, node, value)) {
		frame.context.checkRange(++rounds);
		setRangeVariables(frame, node, index, element, inside);
		const jump = walk(frame, element, node.body, runTemplate);
		frame.variables.length = inside;
		if (jump === "break") break;
	}
	return rounds;
}

function setRangeVariables(frame: Frame, { pipe }: RangeNode, index: Cell, element: Cell, inside: number): void {
	const [first, second] = pipe.variables;
	if (!first) return;
	if (pipe.assigns) {
		assign(frame, first.name, second ? index : element);
		if (second) assign(frame, second.name, element);
		return;
	}
	const top = frame.variables[inside - 1];
	if (top) top.cell = element;
	const below = second && frame.variables[inside - 2];
	if (below) below.cell = index;
}

const NOTHING: Cell = { value: undefined, wrapped: false };

function* roundsOf(frame: Frame, node: RangeNode, value: Value | undefined): Iterable<readonly [Cell, Cell]> {
	const map = value?.kind === "map" ? value : value?.kind === "struct" ? value.map : undefined;
	if (map) {
		const wrapped = !map.type.endsWith("]string");
		// Go reads the keys before the first round.
		for (const [key, element] of sortedKeys(map).map((name) => [name, map.entries.get(name)] as const)) {
			yield [
				{ value: text(key, map.keys.get(key)), wrapped: false },
				{ value: element, wrapped },
			];
		}
		return;
	}
	if (!value) return;
	switch (value.kind) {
		case "list":
			for (const [index, item] of value.items.entries()) {
				yield [
					{ value: int(index), wrapped: false },
					{ value: item, wrapped: value.type === "[]interface {}" },
				];
			}
			return;
		case "bytes":
			for (const [index, byte] of value.value.entries()) {
				yield [
					{ value: int(index), wrapped: false },
					{ value: int(byte, "uint8"), wrapped: false },
				];
			}
			return;
		case "int":
			if (node.pipe.variables.length > 1) throw fail(frame, `can't use ${value.value} to iterate over more than one variable`);
			for (let index = 0n; index < value.value; index++) yield [NOTHING, { value: int(index, value.type), wrapped: false }];
			return;
		case "unknown":
			yield [
				{ value: unknown("interface {}", value.why), wrapped: true },
				{ value: unknown("interface {}", value.why), wrapped: true },
			];
			return;
	}
	throw fail(frame, `range can't iterate over ${printed(frame.context, value).value}`);
}
