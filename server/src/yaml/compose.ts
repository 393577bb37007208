import type { Builder, Pair } from "./build.ts";
import { SyntaxProblem } from "./cursor.ts";
import type { MapNode, Node, SeqNode } from "./nodes.ts";
import type { Scanner } from "./scanner.ts";
import type { Token, TokenType } from "./tokens.ts";

/** A document's root (`undefined` for an empty one) and the offset behind its end. */
export interface Composed {
	readonly root: Node | undefined;
	readonly end: number;
}

/**
 * Makes nodes of the first document of a token stream. What stands behind it is not looked at, as in Kubernetes.
 * Source: parserc.go of go.yaml.in/yaml/v2. Throws a `SyntaxProblem` where the document is not YAML.
 */
export function compose(scanner: Scanner, builder: Builder): Composed {
	const explicit = scanner.peek().type === "document-start";
	if (explicit) scanner.next();
	const first = scanner.peek();
	if (!explicit && first.type === "directive") throw new SyntaxProblem("Kubernetes reads no directives", first.start);
	const empty = first.type === "end" || (explicit && NO_CONTENT.has(first.type));
	const root = empty ? undefined : new Composer(scanner, builder).root();
	if (root) builder.checkValue(root);
	const next = scanner.peek();
	return { root, end: next.type === "document-end" ? next.end : next.start };
}

const NO_CONTENT: ReadonlySet<TokenType> = new Set<TokenType>(["directive", "document-start", "document-end"]);
const NO_BLOCK_VALUE: ReadonlySet<TokenType> = new Set<TokenType>(["key", "value", "block-end"]);

class Composer {
	private readonly scanner: Scanner;
	private readonly builder: Builder;
	/** Where the last thing that was read ends; not an alias's node, which stands further up. */
	private end = 0;
	/** Where the outermost flow collection that is not closed yet begins. */
	private flow: number | undefined;

	constructor(scanner: Scanner, builder: Builder) {
		this.scanner = scanner;
		this.builder = builder;
	}

	root(): Node {
		try {
			return this.node(true, false);
		} catch (error) {
			if (!(error instanceof SyntaxProblem) || this.flow === undefined) throw error;
			throw new SyntaxProblem(error.message, error.at, this.flow);
		}
	}

	private take(): Token {
		const token = this.scanner.next();
		this.end = token.end;
		return token;
	}

	/** `block`: a block collection may begin here; `sameColumn`: a list may, with its items at the column of the map around it. */
	node(block: boolean, sameColumn: boolean): Node {
		const { scanner, builder } = this;
		let token = scanner.peek();
		if (token.type === "alias") {
			this.take();
			return builder.alias(token.text, token);
		}
		let tag: Token | undefined;
		let anchor: Token | undefined;
		for (; (token.type === "anchor" && !anchor) || (token.type === "tag" && !tag); token = scanner.peek()) {
			if (token.type === "anchor") anchor = token;
			else tag = token;
			this.take();
		}
		const announced = anchor && builder.anchor(anchor.text);
		const node = this.content(token, block, sameColumn, tag?.text) ?? (anchor || tag ? this.empty(tag?.text) : undefined);
		if (!node) throw unexpected(token);
		if (announced) builder.anchored(announced, node);
		return node;
	}

	private content(token: Token, block: boolean, sameColumn: boolean, tag: string | undefined): Node | undefined {
		if (token.type === "scalar") {
			this.take();
			return this.builder.scalar(token.start, token.end, token.text, token.style, tag);
		}
		if (token.type === "[" || token.type === "{") return this.flowCollection(token);
		if (token.type === "item" && sameColumn) return this.blockList(token.start, false);
		if (!block) return undefined;
		if (token.type === "block-list") return this.blockList(this.take().start, true);
		return token.type === "block-map" ? this.blockMap() : undefined;
	}

	/** Nothing but an anchor or a tag. */
	private empty(tag: string | undefined): Node {
		const { builder, end } = this;
		return tag === undefined ? builder.absent(end) : builder.scalar(end, end, "", "plain", tag);
	}

	private blockList(start: number, ownColumn: boolean): SeqNode {
		const { scanner, builder } = this;
		const items: Node[] = [];
		while (scanner.peek().type === "item") {
			this.take();
			const { type } = scanner.peek();
			const none = type === "item" || type === "block-end" || (!ownColumn && (type === "key" || type === "value"));
			items.push(none ? builder.absent(this.end) : this.node(true, false));
		}
		const { end } = this;
		if (ownColumn) this.pass("block-end", "A list wants another - here");
		return builder.list(start, end, items, false);
	}

	private blockMap(): MapNode {
		const { scanner, builder } = this;
		const { start } = this.take();
		const pairs: Pair[] = [];
		while (scanner.peek().type === "key") {
			this.take();
			const key = NO_BLOCK_VALUE.has(scanner.peek().type) ? builder.absent(this.end) : this.node(true, true);
			const none = !this.skip("value") || NO_BLOCK_VALUE.has(scanner.peek().type);
			pairs.push({ key, value: none ? builder.absent(this.end) : this.node(true, true) });
		}
		const { end } = this;
		this.pass("block-end", "A map wants another key here");
		return builder.map(start, end, pairs, false);
	}

	private flowCollection({ type, start }: Token): Node {
		const outer = this.flow;
		this.flow ??= start;
		const node = type === "[" ? this.flowList() : this.flowMap();
		this.flow = outer;
		return node;
	}

	private flowList(): SeqNode {
		const { builder } = this;
		const { start } = this.take();
		const items: Node[] = [];
		while (this.another(items.length, "]")) {
			const single = this.skip("key");
			if (!single) items.push(this.node(false, false));
			else {
				const pair = this.flowPair("]");
				items.push(builder.map(single.start, this.end, [pair], true));
			}
		}
		return builder.list(start, this.take().end, items, true);
	}

	private flowMap(): MapNode {
		const { builder } = this;
		const { start } = this.take();
		const pairs: Pair[] = [];
		while (this.another(pairs.length, "}")) {
			if (this.skip("key")) pairs.push(this.flowPair("}"));
			else {
				pairs.push({ key: this.node(false, false), value: builder.absent(this.end) });
			}
		}
		return builder.map(start, this.take().end, pairs, true);
	}

	/** Whether another entry of a flow collection follows; passes the comma before it. */
	private another(before: number, close: "]" | "}"): boolean {
		const { scanner } = this;
		if (scanner.peek().type === close) return false;
		if (before > 0) this.pass(",", `A , or ${close} is missing`);
		return scanner.peek().type !== close;
	}

	private flowPair(close: "]" | "}"): Pair {
		const { scanner, builder } = this;
		const isEnd = (type: TokenType) => type === "," || type === close;
		const { type } = scanner.peek();
		const key = isEnd(type) || type === "value" ? builder.absent(this.end) : this.node(false, false);
		const none = !this.skip("value") || isEnd(scanner.peek().type);
		return { key, value: none ? builder.absent(this.end) : this.node(false, false) };
	}

	private skip(type: TokenType): Token | undefined {
		return this.scanner.peek().type === type ? this.take() : undefined;
	}

	/** Passes a token that must stand here; nothing of it is part of a node. */
	private pass(type: TokenType, message: string): void {
		const token = this.scanner.peek();
		if (token.type !== type) throw new SyntaxProblem(message, token.start);
		this.scanner.next();
	}
}

function unexpected(token: Token): SyntaxProblem {
	return new SyntaxProblem("A value is missing here", token.start);
}
