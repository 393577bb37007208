import type { Span } from "../../../text/source.ts";
import type { ParsedTemplate } from "./definition.ts";
import type { CommandNode, Operand, PipeNode, TreeNode } from "./tree.ts";

/** Names that lead from the root context to something; `EACH` stands for every element of a list or map, one after the other. */
export type Path = readonly (string | typeof EACH)[];

export const EACH = null;

/** What an action speaks of. Offsets into the text of the template. */
export type Mention = FieldMention | TemplateMention | FileMention;

/** `.Values.service.port`, `$x.port`: something that is computed with. */
export interface FieldMention extends Span {
	readonly kind: "field";
	readonly node: Operand;
	/** Where each name ends, in order. */
	readonly ends: readonly number[];
	/** What it is of the root context; `undefined` where only running the template can tell. */
	readonly path: Path | undefined;
}

/** The name of a template that an action calls. */
export interface TemplateMention extends Span {
	readonly kind: "template";
	/** What gives what the template prints. */
	readonly node: Operand | TreeNode;
	readonly name: string;
}

/** The name of a file of the chart. */
export interface FileMention extends Span {
	readonly kind: "file";
	readonly name: string;
}

const cache = new WeakMap<ParsedTemplate, readonly Mention[]>();

/**
 * Everything that the actions of a file speak of. The dot of a definition is taken for the root context where what it is asked for
 * is a part of that.
 */
export function mentionsIn(parsed: ParsedTemplate): readonly Mention[] {
	let found = cache.get(parsed);
	if (!found) {
		const all: Mention[] = [];
		for (const { nodes, written } of parsed.definitions) {
			const scope: Scope = { text: written.text, dot: [], variables: new Map([["$", { path: [] }]]), found: all };
			readNodes(nodes, scope);
		}
		found = all;
		cache.set(parsed, found);
	}
	return found;
}

/** What is known where an action stands. */
interface Scope {
	readonly text: string;
	readonly dot: Path | undefined;
	/** Those that are declared, the innermost last. */
	readonly variables: Map<string, Variable>;
	readonly found: Mention[];
}

/** One object for each declaration: what is assigned later is not known. */
interface Variable {
	path: Path | undefined;
}

/** The parts of the root context. */
const ROOT: ReadonlySet<string> = new Set(["Values", "Chart", "Release", "Files", "Capabilities", "Template", "Subcharts"]);

function inner(scope: Scope, dot: Path | undefined): Scope {
	return { ...scope, dot, variables: new Map(scope.variables) };
}

function readNodes(nodes: readonly TreeNode[], scope: Scope): void {
	for (const node of nodes) readNode(node, scope);
}

function readNode(node: TreeNode, scope: Scope): void {
	switch (node.kind) {
		case "action":
			declare(node.pipe, readPipe(node.pipe, scope), scope);
			return;
		case "template":
			addCall(node, scope);
			return;
		case "if":
		case "with":
		case "range": {
			const around = inner(scope, scope.dot);
			const path = readPipe(node.pipe, around);
			const each = path && [...path, EACH];
			declare(node.pipe, node.kind === "range" ? each : path, around);
			readNodes(node.body, inner(around, node.kind === "if" ? scope.dot : node.kind === "with" ? path : each));
			if (node.otherwise) readNodes(node.otherwise, inner(around, scope.dot));
		}
	}
}

function addCall(node: Extract<TreeNode, { readonly kind: "template" }>, scope: Scope): void {
	const { start, name } = node;
	scope.found.push({ kind: "template", start, end: endOfText(scope.text, start), node, name });
	if (node.pipe) readPipe(node.pipe, scope);
}

/** Behind the quote that ends a text. */
function endOfText(text: string, start: number): number {
	const quote = text.charAt(start);
	for (let at = start + 1; at < text.length; at++) {
		if (text.charAt(at) === quote) return at + 1;
		if (text.charAt(at) === "\\" && quote === '"') at++;
	}
	return text.length;
}

/** The last variable has the value, and in a range one before it the key. */
function declare({ variables, assigns }: PipeNode, path: Path | undefined, scope: Scope): void {
	for (const [index, { name }] of variables.entries()) {
		const own = index === variables.length - 1 ? path : undefined;
		const known = assigns ? scope.variables.get(name) : undefined;
		if (known) known.path = undefined;
		else scope.variables.set(name, { path: own });
	}
}

/** What a pipeline gives, as far as it is a part of the root context. */
function readPipe({ commands }: PipeNode, scope: Scope): Path | undefined {
	const paths = commands.map((command) => readCommand(command, scope));
	return paths.length === 1 ? paths[0] : undefined;
}

function readCommand(command: CommandNode, scope: Scope): Path | undefined {
	const { first, operands } = command;
	const paths = operands.map((operand) => readOperand(operand, scope));
	if (first.kind === "function") return readCall(command, paths, scope);
	const [path] = paths;
	const second = operands[1];
	if (isNamed(path, ["Files", "Get"]) && second?.kind === "constant" && typeof second.value === "string")
		scope.found.push({ kind: "file", start: second.start, end: second.end, name: second.value });
	return operands.length === 1 ? path : undefined;
}

function isNamed(path: Path | undefined, names: readonly string[]): boolean {
	return path !== undefined && path.join("\n") === names.join("\n");
}

function readCall({ first, operands }: CommandNode, paths: readonly (Path | undefined)[], { found }: Scope): Path | undefined {
	const [, second] = operands;
	if (first.kind !== "function") return undefined;
	if (first.name === "include" && second?.kind === "constant" && typeof second.value === "string") {
		found.push({ kind: "template", start: second.start, end: second.end, node: first, name: second.value });
		return undefined;
	}
	if (first.name === "required") return paths[2];
	if (first.name !== "index" && first.name !== "get") return undefined;
	const names = operands
		.slice(2)
		.map((operand) => (operand.kind === "constant" && typeof operand.value === "string" ? operand.value : undefined));
	const path = paths[1] && names.every((name) => name !== undefined) ? [...paths[1], ...names] : undefined;
	const last = operands.at(-1);
	// The whole of `index .Values "a-b" "c"` is one mention, as the names are written apart.
	if (path && last && operands.length > 2) {
		const ends = operands.slice(2).map(({ end }) => end);
		found.push({ kind: "field", start: operands[2]?.start ?? last.start, end: last.end, node: first, ends, path });
	}
	return path;
}

function readOperand(node: Operand, scope: Scope): Path | undefined {
	switch (node.kind) {
		case "pipe":
			return readPipe(node, scope);
		case "dot":
			return scope.dot;
		case "field":
			return add(node, rooted(scope.dot, node.names), node.names, "", scope);
		case "chain": {
			const base = readOperand(node.base, scope);
			return add(node, base && [...base, ...node.names], node.names, undefined, scope);
		}
		case "variable": {
			const path = scope.variables.get(node.name)?.path;
			if (node.names.length === 0) return path;
			return add(node, path && [...path, ...node.names], node.names, node.name, scope);
		}
		default:
			return undefined;
	}
}

function rooted(dot: Path | undefined, names: readonly string[]): Path | undefined {
	if (dot?.length === 0 && !ROOT.has(names[0] ?? "")) return undefined;
	return dot && [...dot, ...names];
}

/** The names stand one behind the other at the end of the node; Go gives as its start where the second one stands. `before` is what stands before them. */
function add(
	node: Operand,
	path: Path | undefined,
	names: readonly string[],
	before: string | undefined,
	{ found }: Scope,
): Path | undefined {
	const ends: number[] = [];
	let at = node.end;
	for (const name of names.toReversed()) {
		ends.unshift(at);
		at -= name.length + 1;
	}
	const start = at - (before?.length ?? 0);
	found.push({ kind: "field", start, end: node.end, node, ends, path });
	return path;
}
