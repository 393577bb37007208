import type { Place } from "../../../text/source.ts";
import { type Definition, locationOf, placeOf, type TemplateSet } from "./definition.ts";
import type { Mystery, Step } from "./origin.ts";
import type { Budget, Limits } from "./problem.ts";
import { quoteGo } from "./quoting.ts";
import { CallError, type Context } from "./signature.ts";
import type { TextBuilder } from "./text.ts";
import { type CommandNode, describe, type Operand, type PipeNode, type TreeNode } from "./tree.ts";
import type { Value } from "./values.ts";

/** Wants to know what a node of a template comes to: what an operand gives, what a call prints. */
export interface Watch {
	readonly node: Operand | TreeNode;
	/** Called each time, with nothing for what is not there. */
	readonly seen: (value: Value | undefined) => void;
}

/** What all frames of an execution share. */
export interface Run {
	readonly budget: Budget;
	readonly watch: Watch | undefined;
	/** How often each template is being included right now. */
	included: Map<string, Inclusion>;
}

export interface Inclusion {
	readonly times: number;
	/** The action that includes it from outside of it. */
	readonly from: Place | undefined;
}

/** A value and whether Go sees it through an interface (an element of a map or list), which its messages and nil depend on. */
export interface Cell {
	/** Absent for Go's zero reflect.Value: nil without an interface around it. */
	readonly value: Value | undefined;
	readonly wrapped: boolean;
}

interface Variable {
	readonly name: string;
	cell: Cell;
}

/** One execution of one template. */
export interface Frame {
	readonly run: Run;
	readonly templates: TemplateSet;
	readonly definition: Definition;
	/** What the output of this template goes through. */
	readonly chain: Step | undefined;
	readonly depth: number;
	readonly variables: Variable[];
	out: TextBuilder;
	readonly context: Context;
	/** The action that runs. */
	action: Place;
	/** What a message speaks of. */
	at: Operand | PipeNode | CommandNode | TreeNode | undefined;
	/** Why it is not known whether this runs at all. */
	doubt: Mystery | undefined;
	/** The same for the rest of a range that may have been left, up to its end. */
	leftDoubt: Mystery | undefined;
}

/** Tells who watches a node what it came to. */
export function noted(frame: Frame, node: Operand | TreeNode, cell: Cell): Cell {
	const { watch } = frame.run;
	if (watch?.node === node) watch.seen(cell.value);
	return cell;
}

/** Ends an execution. `message` is Go's whole message, `reason` its last part. */
export class ExecutionError extends Error {
	readonly reason: string;
	readonly place: Place;
	readonly through: Step | undefined;
	readonly said: "fail" | "required" | undefined;

	constructor(message: string, reason: string, place: Place, through: Step | undefined, said: "fail" | "required" | undefined) {
		super(message);
		this.reason = reason;
		this.place = place;
		this.through = through;
		this.said = said;
	}
}

/** Ends an execution whose budget is spent; the message says so, and which setting gives more. */
export class BudgetError extends Error {
	constructor(reason: string, setting: keyof Limits) {
		super(`${reason}, and the setting rendering.${setting} allows no more`);
	}
}

/** Fails where the frame stands. */
export function fail(frame: Frame, message: string, cause?: unknown): ExecutionError {
	const { definition, at } = frame;
	const { written, name } = definition;
	const span = at ? spanOf(at) : { start: 0, end: 0 };
	const whole = at
		? `template: ${locationOf(written, span.start)}: executing ${quoteGo(name)} at <${describe(at)}>: ${message}`
		: `template: ${name}: ${message}`;
	if (cause instanceof ExecutionError) return new ExecutionError(whole, cause.reason, cause.place, cause.through, cause.said);
	const said = cause instanceof CallError ? cause.said : undefined;
	const reason = cause instanceof CallError ? cause.message : message;
	return new ExecutionError(whole, reason, placeOf(written, span.start, span.end), frame.chain, said);
}

function spanOf(node: Operand | PipeNode | CommandNode | TreeNode): { readonly start: number; readonly end: number } {
	if ("start" in node && "end" in node) return node;
	if (!("close" in node)) return { start: 0, end: 0 };
	return { start: "start" in node ? node.start : node.open, end: node.close };
}
