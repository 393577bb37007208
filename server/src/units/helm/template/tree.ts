import { quoteGo } from "./quoting.ts";
import type { GoFunction } from "./signature.ts";

/** A template as parsed. `start` is where Go says that a node stands, `end` behind its last character; UTF-16 offsets. */
export type TreeNode = TextNode | ActionNode | BranchNode | RangeNode | CallNode | JumpNode;

export interface TextNode {
	readonly kind: "text";
	readonly start: number;
	readonly end: number;
	readonly text: string;
}

/** `{{ pipe }}`; `open` and `close` are its delimiters' ends. */
export interface ActionNode {
	readonly kind: "action";
	readonly open: number;
	readonly close: number;
	readonly pipe: PipeNode;
}

export interface BranchNode {
	readonly kind: "if" | "with";
	readonly open: number;
	readonly close: number;
	readonly pipe: PipeNode;
	readonly body: readonly TreeNode[];
	readonly otherwise: readonly TreeNode[] | undefined;
}

export interface RangeNode {
	readonly kind: "range";
	readonly open: number;
	readonly close: number;
	readonly pipe: PipeNode;
	readonly body: readonly TreeNode[];
	readonly otherwise: readonly TreeNode[] | undefined;
}

/** `{{ template "name" pipe }}`, and the place of a `block`. */
export interface CallNode {
	readonly kind: "template";
	readonly open: number;
	readonly close: number;
	readonly start: number;
	readonly name: string;
	readonly pipe: PipeNode | undefined;
}

export interface JumpNode {
	readonly kind: "break" | "continue";
	readonly open: number;
	readonly close: number;
}

export interface PipeNode {
	readonly kind: "pipe";
	readonly start: number;
	readonly end: number;
	readonly assigns: boolean;
	readonly variables: readonly VariableNode[];
	readonly commands: readonly CommandNode[];
}

export interface CommandNode {
	readonly kind: "command";
	readonly start: number;
	readonly end: number;
	readonly first: Operand;
	readonly operands: readonly Operand[];
}

interface At {
	readonly start: number;
	readonly end: number;
}

export type Operand = PipeNode | FieldNode | ChainNode | FunctionNode | VariableNode | ConstantNode | NumberNode | DotNode | NilNode;

export interface FieldNode extends At {
	readonly kind: "field";
	readonly names: readonly string[];
}

/** `(pipe).a.b` and `function.a`. */
export interface ChainNode extends At {
	readonly kind: "chain";
	readonly base: Operand;
	readonly names: readonly string[];
}

export interface FunctionNode extends At {
	readonly kind: "function";
	readonly name: string;
	readonly function: GoFunction;
}

/** The first name is the variable's, with its `$`. */
export interface VariableNode extends At {
	readonly kind: "variable";
	readonly name: string;
	readonly names: readonly string[];
}

/** A text or boolean in an action, as written and as read. */
export interface ConstantNode extends At {
	readonly kind: "constant";
	readonly written: string;
	readonly value: string | boolean;
}

/** What a number may be, as Go's ideal constants: absent where it is none of these. */
export interface NumberNode extends At {
	readonly kind: "number";
	readonly written: string;
	readonly int: bigint | undefined;
	readonly uint: bigint | undefined;
	readonly float: number | undefined;
	/** It is written as a float where its type is not told. */
	readonly isFloat: boolean;
	/** As Go prints it where its type is not told; only of those that end in `i`. */
	readonly complex?: string;
}

export interface DotNode extends At {
	readonly kind: "dot";
}

export interface NilNode extends At {
	readonly kind: "nil";
}

/** A node as Go prints it in messages. */
export function describe(node: Operand | CommandNode | TreeNode): string {
	switch (node.kind) {
		case "pipe":
			return describePipe(node);
		case "command":
			return node.operands.map((operand) => (operand.kind === "pipe" ? `(${describe(operand)})` : describe(operand))).join(" ");
		case "field":
			return node.names.map((name) => `.${name}`).join("");
		case "chain":
			return (node.base.kind === "pipe" ? `(${describe(node.base)})` : describe(node.base)) + node.names.map((name) => `.${name}`).join("");
		case "function":
			return node.name;
		case "variable":
			return [node.name, ...node.names].join(".");
		case "constant":
		case "number":
			return node.written;
		case "dot":
			return ".";
		case "nil":
			return "nil";
		case "text":
			return node.text;
		case "action":
			return `{{${describe(node.pipe)}}}`;
		case "break":
		case "continue":
			return `{{${node.kind}}}`;
		case "template":
			return `{{template ${quoteGo(node.name)}${node.pipe ? ` ${describe(node.pipe)}` : ""}}}`;
		default:
			return describeControl(node);
	}
}

function describePipe({ variables, assigns, commands }: PipeNode): string {
	const declared = variables.length > 0 ? `${variables.map(describe).join(", ")} ${assigns ? "=" : ":="} ` : "";
	return declared + commands.map(describe).join(" | ");
}

function describeControl({ kind, pipe, body, otherwise }: BranchNode | RangeNode): string {
	const other = otherwise ? `{{else}}${otherwise.map(describe).join("")}` : "";
	return `{{${kind} ${describe(pipe)}}}${body.map(describe).join("")}${other}{{end}}`;
}

/** Whether a template holds nothing but blanks. Source: IsEmptyTree of Go's text/template/parse. */
export function isEmptyTree(nodes: readonly TreeNode[]): boolean {
	return nodes.every((node) => node.kind === "text" && GO_BLANK.test(node.text));
}

const GO_BLANK = /^[\t\n\v\f\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*$/;
