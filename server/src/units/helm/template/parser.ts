import { Lexer } from "./lexer.ts";
import { readCharacter, readNumber } from "./number.ts";
import { quoteGo, unquoteGo } from "./quoting.ts";
import type { GoFunction } from "./signature.ts";
import type { Token, TokenType } from "./token.ts";
import {
	type BranchNode,
	type CallNode,
	type ChainNode,
	type CommandNode,
	describe,
	isEmptyTree,
	type Operand,
	type PipeNode,
	type RangeNode,
	type TreeNode,
	type VariableNode,
} from "./tree.ts";

/** Why a text is no template: Go's message without its place, and where. */
export class ParseError extends Error {
	readonly at: number;

	constructor(message: string, at: number) {
		super(message);
		this.at = at;
	}
}

/** A named template of a text. */
export interface Tree {
	readonly name: string;
	readonly nodes: readonly TreeNode[];
	readonly empty: boolean;
}

/** Ends a list of nodes, and is none itself. */
interface EndNode {
	readonly kind: "end" | "else";
}

function isEnd(node: TreeNode | EndNode): node is EndNode {
	return node.kind === "end" || node.kind === "else";
}

/** As deep as parentheses and blocks may nest; Go allows 10,000 parentheses, which nobody writes. */
const MAX_DEPTH = 500;

/**
 * Parses a template text. The last tree is the text's own. Throws a `ParseError`.
 * Source: parse.go of Go's text/template/parse.
 */
export class Parser {
	private readonly lexer: Lexer;
	private readonly text: string;
	private readonly name: string;
	private readonly functions: ReadonlyMap<string, GoFunction>;
	private readonly trees = new Map<string, Tree>();
	/** The newest token first; those before `peeked` are taken already. */
	private readonly tokens: Token[] = [];
	private peeked = 0;
	private variables: string[] = ["$"];
	private ranges = 0;
	private depth = 0;
	/** Where the left delimiter of the action at hand begins. */
	private open = 0;
	/** The same while an action is parsed; for a message. */
	private started: number | undefined;

	constructor(name: string, text: string, functions: ReadonlyMap<string, GoFunction>) {
		this.name = name;
		this.text = text;
		this.lexer = new Lexer(text);
		this.functions = functions;
	}

	parse(): readonly Tree[] {
		const nodes: TreeNode[] = [];
		while (this.peek().type !== "eof") {
			if (this.peek().type === "left") {
				const left = this.next();
				if (this.nextNonSpace().type === "define") {
					this.definition();
					continue;
				}
				this.backup(left);
			}
			const node = this.textOrAction();
			if (isEnd(node)) throw this.error(`unexpected {{${node.kind}}}`);
			nodes.push(node);
		}
		this.add(this.name, nodes);
		return [...this.trees.values()];
	}

	private next(): Token {
		if (this.peeked > 0) this.peeked--;
		else {
			this.tokens[0] = this.lexer.next();
		}
		return this.tokens[this.peeked] as Token;
	}

	/** Gives the tokens back, of which the newest is the lexer's last one. */
	private backup(...before: readonly Token[]): void {
		for (const [index, token] of before.entries()) this.tokens[index + 1] = token;
		this.peeked = before.length + 1;
	}

	private peek(): Token {
		if (this.peeked === 0) {
			this.tokens[0] = this.lexer.next();
			this.peeked = 1;
		}
		return this.tokens[this.peeked - 1] as Token;
	}

	private nextNonSpace(): Token {
		for (;;) {
			const token = this.next();
			if (token.type !== "space") return token;
		}
	}

	private peekNonSpace(): Token {
		const token = this.nextNonSpace();
		this.peeked++;
		return token;
	}

	private expect(types: readonly TokenType[], context: string): Token {
		const token = this.nextNonSpace();
		if (!types.includes(token.type)) throw this.unexpected(token, context);
		return token;
	}

	private error(message: string): ParseError {
		return new ParseError(message, this.tokens[0]?.start ?? 0);
	}

	private unexpected(token: Token, context: string): ParseError {
		if (token.type === "error") return this.error(token.value + this.beginning(token));
		return this.error(`unexpected ${printToken(token)} in ${context}`);
	}

	/** Where the action began that an error of the lexer ends in, if that is another line. */
	private beginning({ start, value }: Token): string {
		const { started, text, name } = this;
		if (started === undefined || !text.slice(started, start).includes("\n")) return "";
		const line = text.slice(0, started).split("\n").length;
		return `${value.endsWith(" action") ? "" : " in action"} started at ${name}:${line}`;
	}

	private add(name: string, nodes: readonly TreeNode[]): void {
		const before = this.trees.get(name);
		const empty = isEmptyTree(nodes);
		if (before && !before.empty) {
			if (!empty) throw this.error(`template: multiple definition of template ${quoteGo(name)}`);
			return;
		}
		this.trees.delete(name);
		this.trees.set(name, { name, nodes, empty });
	}

	/** Parses with variables of its own, as definitions do. */
	private alone<T>(parse: () => T): T {
		const { variables, ranges, started } = this;
		this.variables = ["$"];
		this.ranges = 0;
		this.started = undefined;
		const result = parse();
		this.started = started;
		this.variables = variables;
		this.ranges = ranges;
		return result;
	}

	private definition(): void {
		this.alone(() => {
			const context = "define clause";
			const name = this.unquote(this.expect(["string", "raw"], context));
			this.expect(["right"], context);
			this.add(name, this.bodyToEnd(context));
		});
	}

	private bodyToEnd(context: string): readonly TreeNode[] {
		const { nodes, stop } = this.itemList();
		if (stop.kind !== "end") throw this.error(`unexpected {{${stop.kind}}} in ${context}`);
		return nodes;
	}

	private itemList(): { readonly nodes: readonly TreeNode[]; readonly stop: EndNode } {
		if (++this.depth > MAX_DEPTH) throw this.error("max expression depth exceeded");
		const nodes: TreeNode[] = [];
		while (this.peekNonSpace().type !== "eof") {
			const node = this.textOrAction();
			if (isEnd(node)) {
				this.depth--;
				return { nodes, stop: node };
			}
			nodes.push(node);
		}
		throw this.error("unexpected EOF");
	}

	private textOrAction(): TreeNode | EndNode {
		const token = this.nextNonSpace();
		if (token.type === "text") return { kind: "text", start: token.start, end: token.end, text: token.value };
		if (token.type !== "left") throw this.unexpected(token, "input");
		this.open = this.started = token.start;
		const node = this.action();
		this.started = undefined;
		return node;
	}

	private action(): TreeNode | EndNode {
		const { open } = this;
		const token = this.nextNonSpace();
		switch (token.type) {
			case "block":
				return this.block();
			case "break":
			case "continue":
				return this.jump(token.type);
			case "else":
				return this.otherwise();
			case "end":
				this.expect(["right"], "end");
				return { kind: "end" };
			case "if":
			case "with":
			case "range":
				return this.control(token.type);
			case "template":
				return this.call();
		}
		this.peeked++;
		const pipe = this.pipeline("command", "right");
		return { kind: "action", open, close: this.closed(), pipe };
	}

	/** Behind the right delimiter that was read last. */
	private closed(): number {
		return this.tokens[this.peeked]?.end ?? 0;
	}

	private jump(kind: "break" | "continue"): TreeNode {
		const token = this.nextNonSpace();
		if (token.type !== "right") throw this.unexpected(token, `{{${kind}}}`);
		if (this.ranges === 0) throw this.error(`{{${kind}}} outside {{range}}`);
		return { kind, open: this.open, close: token.end };
	}

	private otherwise(): EndNode {
		const { type } = this.peekNonSpace();
		if (type !== "if" && type !== "with") this.expect(["right"], "else");
		return { kind: "else" };
	}

	private control(kind: "if" | "with" | "range"): BranchNode | RangeNode {
		const { open } = this;
		const before = this.variables.length;
		const pipe = this.pipeline(kind, "right");
		const close = this.closed();
		if (kind === "range") this.ranges++;
		const { nodes: body, stop } = this.itemList();
		if (kind === "range") this.ranges--;
		const otherwise = stop.kind === "else" ? this.elseOf(kind) : undefined;
		this.variables.length = before;
		return { kind, open, close, pipe, body, otherwise };
	}

	private elseOf(kind: "if" | "with" | "range"): readonly TreeNode[] {
		const { type } = this.peek();
		if (kind !== "range" && type === kind) {
			this.next();
			if (++this.depth > MAX_DEPTH) throw this.error("max expression depth exceeded");
			const chained = [this.control(kind)];
			this.depth--;
			return chained;
		}
		const { nodes, stop } = this.itemList();
		if (stop.kind !== "end") throw this.error(`expected end; found {{${stop.kind}}}`);
		return nodes;
	}

	private block(): CallNode {
		const { open } = this;
		const context = "block clause";
		const token = this.nextNonSpace();
		const name = this.templateName(token, context);
		const pipe = this.pipeline(context, "right");
		const close = this.closed();
		this.alone(() => this.add(name, this.bodyToEnd(context)));
		return { kind: "template", open, close, start: token.start, name, pipe };
	}

	private call(): CallNode {
		const { open } = this;
		const context = "template clause";
		const token = this.nextNonSpace();
		const name = this.templateName(token, context);
		let pipe: PipeNode | undefined;
		if (this.nextNonSpace().type !== "right") {
			this.peeked++;
			pipe = this.pipeline(context, "right");
		}
		return { kind: "template", open, close: this.closed(), start: token.start, name, pipe };
	}

	private templateName(token: Token, context: string): string {
		if (token.type !== "string" && token.type !== "raw") throw this.unexpected(token, context);
		return this.unquote(token);
	}

	private unquote({ type, value }: Token): string {
		if (type === "raw") return value.slice(1, -1).replaceAll("\r", "");
		const text = unquoteGo(value.slice(1, -1), '"');
		if (text === undefined) throw this.error("invalid syntax");
		return text;
	}

	private pipeline(context: string, end: TokenType): PipeNode {
		const { start } = this.peekNonSpace();
		const variables: VariableNode[] = [];
		const assigns = this.declarations(context, variables);
		const commands: CommandNode[] = [];
		for (;;) {
			const token = this.nextNonSpace();
			if (token.type === end) {
				this.checkPipeline(commands, context);
				return { kind: "pipe", start, end: token.start, assigns, variables, commands };
			}
			if (!OPERANDS.has(token.type)) throw this.unexpected(token, context);
			this.peeked++;
			commands.push(this.command());
		}
	}

	/** Reads `$x :=`, `$x =` and those of a range; whether they assign. */
	private declarations(context: string, variables: VariableNode[]): boolean {
		for (;;) {
			const variable = this.peekNonSpace();
			if (variable.type !== "variable") return false;
			this.next();
			const behind = this.peek();
			const next = this.peekNonSpace();
			if (next.type === "=" || next.type === ":=") {
				this.nextNonSpace();
				this.declare(variable, variables);
				return next.type === "=";
			}
			if (next.type === "char" && next.value === ",") {
				this.nextNonSpace();
				this.declare(variable, variables);
				if (context !== "range" || variables.length >= 2) throw this.error(`too many declarations in ${context}`);
				if (!["variable", "right", ")"].includes(this.peekNonSpace().type)) throw this.error("range can only initialize variables");
				continue;
			}
			if (behind.type === "space") this.backup(behind, variable);
			else this.backup(variable);
			return false;
		}
	}

	private declare({ start, end, value }: Token, variables: VariableNode[]): void {
		variables.push({ kind: "variable", start, end, name: value, names: [] });
		this.variables.push(value);
	}

	private checkPipeline(commands: readonly CommandNode[], context: string): void {
		if (commands.length === 0) throw this.error(`missing value for ${context}`);
		const idle = commands.findIndex(({ first }, index) => index > 0 && ["constant", "dot", "nil", "number"].includes(first.kind));
		if (idle > 0) throw this.error(`non executable command in pipeline stage ${idle + 1}`);
	}

	private command(): CommandNode {
		const { start } = this.peekNonSpace();
		const operands: Operand[] = [];
		for (;;) {
			this.peekNonSpace();
			const operand = this.operand();
			if (operand) operands.push(operand);
			const token = this.next();
			if (token.type === "space") continue;
			if (token.type === "right" || token.type === ")") this.peeked++;
			else if (token.type !== "|") throw this.unexpected(token, "operand");
			break;
		}
		const [first] = operands;
		if (!first) throw this.error("empty command");
		return { kind: "command", start, end: operands.at(-1)?.end ?? start, first, operands };
	}

	private operand(): Operand | undefined {
		const node = this.term();
		if (!node || this.peek().type !== "field") return node;
		const { start } = this.peek();
		const names: string[] = [];
		let { end } = node;
		while (this.peek().type === "field") {
			const token = this.next();
			names.push(token.value.slice(1));
			end = token.end;
		}
		switch (node.kind) {
			// Go says that a field stands where its second name does.
			case "field":
				return { ...node, start, end, names: [...node.names, ...names] };
			case "variable":
				return { ...node, start, end, names: [...node.names, ...names] };
			case "constant":
			case "number":
			case "nil":
			case "dot":
				throw this.error(`unexpected . after term ${quoteGo(describe(node))}`);
		}
		const chain: ChainNode = { kind: "chain", start, end, base: node, names };
		return chain;
	}

	private term(): Operand | undefined {
		const token = this.nextNonSpace();
		const { start, end, value } = token;
		switch (token.type) {
			case "identifier": {
				const found = this.functions.get(value);
				if (!found) throw this.error(`function ${quoteGo(value)} not defined`);
				return { kind: "function", start, end, name: value, function: found };
			}
			case "dot":
				return { kind: "dot", start, end };
			case "nil":
				return { kind: "nil", start, end };
			case "variable":
				if (!this.variables.includes(value)) throw this.error(`undefined variable ${quoteGo(value)}`);
				return { kind: "variable", start, end, name: value, names: [] };
			case "field":
				return { kind: "field", start, end, names: [value.slice(1)] };
			case "bool":
				return { kind: "constant", start, end, written: value, value: value === "true" };
			case "character":
			case "complex":
			case "number": {
				const read = token.type === "character" ? readCharacter(value) : readNumber(value);
				if (typeof read === "string") throw this.error(read);
				return { kind: "number", start, end, written: value, ...read };
			}
			case "(":
				return this.parenthesized(start);
			case "string":
			case "raw":
				return { kind: "constant", start, end, written: value, value: this.unquote(token) };
		}
		this.peeked++;
		return undefined;
	}

	private parenthesized(start: number): PipeNode {
		if (++this.depth > MAX_DEPTH) throw this.error("max expression depth exceeded");
		const pipe = this.pipeline("parenthesized pipeline", ")");
		this.depth--;
		return { ...pipe, end: Math.max(pipe.end + 1, start) };
	}
}

const OPERANDS: ReadonlySet<TokenType> = new Set<TokenType>([
	"bool",
	"character",
	"complex",
	"dot",
	"field",
	"identifier",
	"number",
	"nil",
	"raw",
	"string",
	"variable",
	"(",
]);

const WORDS: ReadonlySet<TokenType> = new Set<TokenType>([
	"block",
	"break",
	"continue",
	"define",
	"dot",
	"else",
	"end",
	"if",
	"nil",
	"range",
	"template",
	"with",
]);

function printToken({ type, value }: Token): string {
	if (type === "eof") return "EOF";
	if (WORDS.has(type)) return `<${value}>`;
	return value.length > 10 ? `${quoteGo([...value].slice(0, 10).join(""))}...` : quoteGo(value);
}
