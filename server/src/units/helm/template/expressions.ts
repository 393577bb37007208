import { readCharacter, readNumber } from "./number.ts";
import { quoteGo, unquoteGo } from "./quoting.ts";
import type { GoFunction } from "./signature.ts";
import type { Token, TokenType } from "./token.ts";
import { MAX_DEPTH, type TokenStream } from "./tokenStream.ts";
import { type ChainNode, type CommandNode, describe, type Operand, type PipeNode, type VariableNode } from "./tree.ts";

/** Parses what stands in an action: pipelines, commands and operands. Source: parse.go of Go's text/template/parse. */
export class Expressions {
	/** Those that are declared where the parser stands. */
	variables: string[] = ["$"];
	private readonly tokens: TokenStream;
	private readonly functions: ReadonlyMap<string, GoFunction>;
	private depth = 0;

	constructor(tokens: TokenStream, functions: ReadonlyMap<string, GoFunction>) {
		this.tokens = tokens;
		this.functions = functions;
	}

	pipeline(context: string, end: TokenType): PipeNode {
		const { start } = this.tokens.peekNonSpace();
		const variables: VariableNode[] = [];
		const assigns = this.declarations(context, variables);
		const commands: CommandNode[] = [];
		for (;;) {
			const token = this.tokens.nextNonSpace();
			if (token.type === end) {
				this.checkPipeline(commands, context);
				return { kind: "pipe", start, end: token.start, assigns, variables, commands };
			}
			if (!OPERANDS.has(token.type)) throw this.tokens.unexpected(token, context);
			this.tokens.giveBack();
			commands.push(this.command());
		}
	}

	/** Reads `$x :=`, `$x =` and those of a range; whether they assign. */
	private declarations(context: string, variables: VariableNode[]): boolean {
		for (;;) {
			const variable = this.tokens.peekNonSpace();
			if (variable.type !== "variable") return false;
			this.tokens.next();
			const behind = this.tokens.peek();
			const next = this.tokens.peekNonSpace();
			if (next.type === "=" || next.type === ":=") {
				this.tokens.nextNonSpace();
				this.declare(variable, variables);
				return next.type === "=";
			}
			if (next.type === "char" && next.value === ",") {
				this.tokens.nextNonSpace();
				this.declare(variable, variables);
				if (context !== "range" || variables.length >= 2) throw this.tokens.error(`too many declarations in ${context}`);
				if (!["variable", "right", ")"].includes(this.tokens.peekNonSpace().type))
					throw this.tokens.error("range can only initialize variables");
				continue;
			}
			if (behind.type === "space") this.tokens.backup(behind, variable);
			else this.tokens.backup(variable);
			return false;
		}
	}

	private declare({ start, end, value }: Token, variables: VariableNode[]): void {
		variables.push({ kind: "variable", start, end, name: value, names: [] });
		this.variables.push(value);
	}

	private checkPipeline(commands: readonly CommandNode[], context: string): void {
		if (commands.length === 0) throw this.tokens.error(`missing value for ${context}`);
		const idle = commands.findIndex(({ first }, index) => index > 0 && ["constant", "dot", "nil", "number"].includes(first.kind));
		if (idle > 0) throw this.tokens.error(`non executable command in pipeline stage ${idle + 1}`);
	}

	private command(): CommandNode {
		const { start } = this.tokens.peekNonSpace();
		const operands: Operand[] = [];
		for (;;) {
			this.tokens.peekNonSpace();
			const operand = this.operand();
			if (operand) operands.push(operand);
			const token = this.tokens.next();
			if (token.type === "space") continue;
			if (token.type === "right" || token.type === ")") this.tokens.giveBack();
			else if (token.type !== "|") throw this.tokens.unexpected(token, "operand");
			break;
		}
		const [first] = operands;
		if (!first) throw this.tokens.error("empty command");
		return { kind: "command", start, end: operands.at(-1)?.end ?? start, first, operands };
	}

	private operand(): Operand | undefined {
		const node = this.term();
		if (!node || this.tokens.peek().type !== "field") return node;
		const { start } = this.tokens.peek();
		const names: string[] = [];
		let { end } = node;
		while (this.tokens.peek().type === "field") {
			const token = this.tokens.next();
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
				throw this.tokens.error(`unexpected . after term ${quoteGo(describe(node))}`);
		}
		const chain: ChainNode = { kind: "chain", start, end, base: node, names };
		return chain;
	}

	private term(): Operand | undefined {
		const token = this.tokens.nextNonSpace();
		const { start, end, value } = token;
		switch (token.type) {
			case "identifier": {
				const found = this.functions.get(value);
				if (!found) throw this.tokens.wrong(token, `function ${quoteGo(value)} not defined`);
				return { kind: "function", start, end, name: value, function: found };
			}
			case "dot":
				return { kind: "dot", start, end };
			case "nil":
				return { kind: "nil", start, end };
			case "variable":
				if (!this.variables.includes(value)) throw this.tokens.wrong(token, `undefined variable ${quoteGo(value)}`);
				return { kind: "variable", start, end, name: value, names: [] };
			case "field":
				return { kind: "field", start, end, names: [value.slice(1)] };
			case "bool":
				return { kind: "constant", start, end, written: value, value: value === "true" };
			case "character":
			case "complex":
			case "number": {
				const read = token.type === "character" ? readCharacter(value) : readNumber(value);
				if (typeof read === "string") throw this.tokens.error(read);
				return { kind: "number", start, end, written: value, ...read };
			}
			case "(":
				return this.parenthesized(start);
			case "string":
			case "raw":
				return { kind: "constant", start, end, written: value, value: this.unquote(token) };
		}
		this.tokens.giveBack();
		return undefined;
	}

	private parenthesized(start: number): PipeNode {
		if (++this.depth > MAX_DEPTH) throw this.tokens.error("max expression depth exceeded");
		const pipe = this.pipeline("parenthesized pipeline", ")");
		this.depth--;
		return { ...pipe, end: Math.max(pipe.end + 1, start) };
	}
	/** The text of a constant. */
	unquote({ type, value }: Token): string {
		if (type === "raw") return value.slice(1, -1).replaceAll("\r", "");
		const text = unquoteGo(value.slice(1, -1), '"');
		if (text === undefined) throw this.tokens.error("invalid syntax");
		return text;
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
