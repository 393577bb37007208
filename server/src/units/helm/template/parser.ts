import { Expressions } from "./expressions.ts";
import { quoteGo } from "./quoting.ts";
import type { GoFunction } from "./signature.ts";
import type { Token } from "./token.ts";
import { MAX_DEPTH, TokenStream } from "./tokenStream.ts";
import { type BranchNode, type CallNode, isEmptyTree, type PipeNode, type RangeNode, type TreeNode } from "./tree.ts";

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

/**
 * Parses a template text. The last tree is the text's own. Throws a `ParseError`.
 * Source: parse.go of Go's text/template/parse.
 */
export class Parser {
	private readonly name: string;
	private readonly tokens: TokenStream;
	private readonly expressions: Expressions;
	private readonly trees = new Map<string, Tree>();
	private ranges = 0;
	private depth = 0;
	/** Where the left delimiter of the action at hand begins. */
	private open = 0;

	constructor(name: string, text: string, functions: ReadonlyMap<string, GoFunction>) {
		this.name = name;
		this.tokens = new TokenStream(name, text);
		this.expressions = new Expressions(this.tokens, functions);
	}

	parse(): readonly Tree[] {
		const nodes: TreeNode[] = [];
		while (this.tokens.peek().type !== "eof") {
			if (this.tokens.peek().type === "left") {
				const left = this.tokens.next();
				if (this.tokens.nextNonSpace().type === "define") {
					this.definition();
					continue;
				}
				this.tokens.backup(left);
			}
			const node = this.textOrAction();
			if (isEnd(node)) throw this.tokens.error(`unexpected {{${node.kind}}}`);
			nodes.push(node);
		}
		this.add(this.name, nodes);
		return [...this.trees.values()];
	}

	private add(name: string, nodes: readonly TreeNode[]): void {
		const before = this.trees.get(name);
		const empty = isEmptyTree(nodes);
		if (before && !before.empty) {
			if (!empty) throw this.tokens.error(`template: multiple definition of template ${quoteGo(name)}`);
			return;
		}
		this.trees.delete(name);
		this.trees.set(name, { name, nodes, empty });
	}

	/** Parses with variables of its own, as definitions do. */
	private alone<T>(parse: () => T): T {
		const { tokens, expressions, ranges } = this;
		const { variables } = expressions;
		const { started } = tokens;
		expressions.variables = ["$"];
		this.ranges = 0;
		tokens.started = undefined;
		const result = parse();
		tokens.started = started;
		expressions.variables = variables;
		this.ranges = ranges;
		return result;
	}

	private definition(): void {
		this.alone(() => {
			const context = "define clause";
			const name = this.expressions.unquote(this.tokens.expect(["string", "raw"], context));
			this.tokens.expect(["right"], context);
			this.add(name, this.bodyToEnd(context));
		});
	}

	private bodyToEnd(context: string): readonly TreeNode[] {
		const { nodes, stop } = this.itemList();
		if (stop.kind !== "end") throw this.tokens.error(`unexpected {{${stop.kind}}} in ${context}`);
		return nodes;
	}

	private itemList(): { readonly nodes: readonly TreeNode[]; readonly stop: EndNode } {
		if (++this.depth > MAX_DEPTH) throw this.tokens.error("max expression depth exceeded");
		const nodes: TreeNode[] = [];
		while (this.tokens.peekNonSpace().type !== "eof") {
			const node = this.textOrAction();
			if (isEnd(node)) {
				this.depth--;
				return { nodes, stop: node };
			}
			nodes.push(node);
		}
		throw this.tokens.error("unexpected EOF");
	}

	private textOrAction(): TreeNode | EndNode {
		const token = this.tokens.nextNonSpace();
		if (token.type === "text") return { kind: "text", start: token.start, end: token.end, text: token.value };
		if (token.type !== "left") throw this.tokens.unexpected(token, "input");
		this.open = this.tokens.started = token.start;
		const node = this.action();
		this.tokens.started = undefined;
		return node;
	}

	private action(): TreeNode | EndNode {
		const { open } = this;
		const token = this.tokens.nextNonSpace();
		switch (token.type) {
			case "block":
				return this.block();
			case "break":
			case "continue":
				return this.jump(token.type);
			case "else":
				return this.otherwise();
			case "end":
				this.tokens.expect(["right"], "end");
				return { kind: "end" };
			case "if":
			case "with":
			case "range":
				return this.control(token.type);
			case "template":
				return this.call();
		}
		this.tokens.giveBack();
		const pipe = this.expressions.pipeline("command", "right");
		return { kind: "action", open, close: this.tokens.closed(), pipe };
	}

	private jump(kind: "break" | "continue"): TreeNode {
		const token = this.tokens.nextNonSpace();
		if (token.type !== "right") throw this.tokens.unexpected(token, `{{${kind}}}`);
		if (this.ranges === 0) throw this.tokens.error(`{{${kind}}} outside {{range}}`);
		return { kind, open: this.open, close: token.end };
	}

	private otherwise(): EndNode {
		const { type } = this.tokens.peekNonSpace();
		if (type !== "if" && type !== "with") this.tokens.expect(["right"], "else");
		return { kind: "else" };
	}

	private control(kind: "if" | "with" | "range"): BranchNode | RangeNode {
		const { open } = this;
		const before = this.expressions.variables.length;
		const pipe = this.expressions.pipeline(kind, "right");
		const close = this.tokens.closed();
		if (kind === "range") this.ranges++;
		const { nodes: body, stop } = this.itemList();
		if (kind === "range") this.ranges--;
		const otherwise = stop.kind === "else" ? this.elseOf(kind) : undefined;
		this.expressions.variables.length = before;
		return { kind, open, close, pipe, body, otherwise };
	}

	private elseOf(kind: "if" | "with" | "range"): readonly TreeNode[] {
		const { type } = this.tokens.peek();
		if (kind !== "range" && type === kind) {
			this.tokens.next();
			if (++this.depth > MAX_DEPTH) throw this.tokens.error("max expression depth exceeded");
			const chained = [this.control(kind)];
			this.depth--;
			return chained;
		}
		const { nodes, stop } = this.itemList();
		if (stop.kind !== "end") throw this.tokens.error(`expected end; found {{${stop.kind}}}`);
		return nodes;
	}

	private block(): CallNode {
		const { open } = this;
		const context = "block clause";
		const token = this.tokens.nextNonSpace();
		const name = this.templateName(token, context);
		const pipe = this.expressions.pipeline(context, "right");
		const close = this.tokens.closed();
		this.alone(() => this.add(name, this.bodyToEnd(context)));
		return { kind: "template", open, close, start: token.start, name, pipe };
	}

	private call(): CallNode {
		const { open } = this;
		const context = "template clause";
		const token = this.tokens.nextNonSpace();
		const name = this.templateName(token, context);
		let pipe: PipeNode | undefined;
		if (this.tokens.nextNonSpace().type !== "right") {
			this.tokens.giveBack();
			pipe = this.expressions.pipeline(context, "right");
		}
		return { kind: "template", open, close: this.tokens.closed(), start: token.start, name, pipe };
	}

	private templateName(token: Token, context: string): string {
		if (token.type !== "string" && token.type !== "raw") throw this.tokens.unexpected(token, context);
		return this.expressions.unquote(token);
	}
}
