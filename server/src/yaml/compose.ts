import type { Builder, Pair } from "./build.ts";
import { SyntaxProblem } from "./cursor.ts";
import type { Node } from "./nodes.ts";
import type { Scanner } from "./scanner.ts";
import type { Token, TokenType } from "./tokens.ts";

/** A document's root (`undefined` for an empty one) and the offset behind its end. */
export interface Composed {
	readonly root: Node | undefined;
	readonly end: number;
}

/**
 * Makes nodes of the first document of a token stream. What stands behind it is not looked at, as in Kubernetes. A step is taken
 * for every thousand tokens or so, so that whoever has other things to do can stop in between.
 * Source: parserc.go of go.yaml.in/yaml/v2. Throws a `SyntaxProblem` where the document is not YAML, a `RangeError` where it is
 * nested too deeply.
 */
export function* compose(scanner: Scanner, builder: Builder): Generator<void, Composed> {
	const explicit = scanner.peek().type === "document-start";
	if (explicit) scanner.next();
	const first = scanner.peek();
	if (!explicit && first.type === "directive") throw new SyntaxProblem("Kubernetes reads no directives", first.start);
	const empty = first.type === "end" || (explicit && NO_CONTENT.has(first.type));
	const root = empty ? undefined : yield* new Composer(scanner, builder).root();
	if (root) builder.checkValue(root);
	const next = scanner.peek();
	return { root, end: next.type === "document-end" ? next.end : next.start };
}

const NO_CONTENT: ReadonlySet<TokenType> = new Set<TokenType>(["directive", "document-start", "document-end"]);
const NO_BLOCK_VALUE: ReadonlySet<TokenType> = new Set<TokenType>(["key", "value", "block-end"]);

/** Tokens of a step. */
const STEP = 1000;
/** What walks nodes level by level has room for so many. */
const MOST_LEVELS = 2000;

const NO_ITEMS: Node[] = [];
const NO_PAIRS: Pair[] = [];

type Announced = ReturnType<Builder["anchor"]>;

type Kind = "block list" | "block map" | "flow list" | "flow map";

/** A collection that is not whole yet. */
interface Open {
	readonly kind: Kind;
	readonly start: number;
	/** Of a list. */
	readonly items: Node[];
	/** Of a map. */
	readonly pairs: Pair[];
	/** A block list with an indentation of its own. */
	readonly ownColumn: boolean;
	readonly anchor: Announced | undefined;
	/** Where the outermost flow collection around it begins. */
	readonly flow: number | undefined;
	/** The key whose value is read. */
	key: Node | undefined;
	/** Where a pair begins that is an item of a flow list, or written with `?` or `:` in a flow map. */
	pair: number | undefined;
}

class Composer {
	private readonly scanner: Scanner;
	private readonly builder: Builder;
	/** The collections around what is read, the innermost last. */
	private readonly open: Open[] = [];
	private tokens = 0;
	/** Where the last thing that was read ends; not an alias's node, which stands further up. */
	private end = 0;
	/** Where the outermost flow collection that is not closed yet begins. */
	private flow: number | undefined;

	constructor(scanner: Scanner, builder: Builder) {
		this.scanner = scanner;
		this.builder = builder;
	}

	*root(): Generator<void, Node> {
		try {
			let node = this.node(true, false);
			for (let open = this.open.at(-1); !node || open; open = this.open.at(-1)) {
				if (node && open) this.give(open, node);
				node = open && this.proceed(open);
				if (open && node) this.close(open, node);
				if (this.tokens < STEP) continue;
				this.tokens = 0;
				yield;
			}
			return node;
		} catch (error) {
			if (!(error instanceof SyntaxProblem) || this.flow === undefined) throw error;
			throw new SyntaxProblem(error.message, error.at, this.flow);
		}
	}

	private take(): Token {
		const token = this.scanner.next();
		this.end = token.end;
		this.tokens++;
		return token;
	}

	/**
	 * The next node; `undefined` for a collection, which is open then. `block`: a block collection may begin here; `sameColumn`: a
	 * list may, with its items at the column of the map around it.
	 */
	private node(block: boolean, sameColumn: boolean): Node | undefined {
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
		if (this.opens(token, block, sameColumn, announced)) return undefined;
		if (token.type !== "scalar" && !anchor && !tag) throw unexpected(token);
		const node = token.type === "scalar" ? this.scalar(token, tag?.text) : this.empty(tag?.text);
		if (announced) builder.anchored(announced, node);
		return node;
	}

	private scalar(token: Token, tag: string | undefined): Node {
		this.take();
		return this.builder.scalar(token.start, token.end, token.text, token.style, tag);
	}

	/** Nothing but an anchor or a tag. */
	private empty(tag: string | undefined): Node {
		const { builder, end } = this;
		return tag === undefined ? builder.absent(end) : builder.scalar(end, end, "", "plain", tag);
	}

	/** Opens the collection that begins with a token, if one does. */
	private opens({ type, start }: Token, block: boolean, sameColumn: boolean, anchor: Announced | undefined): boolean {
		if (type === "[") this.begin("flow list", start, anchor);
		else if (type === "{") this.begin("flow map", start, anchor);
		else if (type === "item" && sameColumn) {
			this.begin("block list", start, anchor, false);
			return true;
		} else if (!block) return false;
		else if (type === "block-list") this.begin("block list", start, anchor);
		else if (type === "block-map") this.begin("block map", start, anchor);
		else return false;
		this.take();
		if (type === "[" || type === "{") this.flow ??= start;
		return true;
	}

	private begin(kind: Kind, start: number, anchor: Announced | undefined, ownColumn = true): void {
		if (this.open.length === MOST_LEVELS) throw new RangeError("nested too deeply");
		const isList = kind === "block list" || kind === "flow list";
		this.open.push({
			kind,
			start,
			items: isList ? [] : NO_ITEMS,
			pairs: isList ? NO_PAIRS : [],
			ownColumn,
			anchor,
			flow: this.flow,
			key: undefined,
			pair: undefined,
		});
	}

	/** Goes on with a collection: gives it when it is whole, `undefined` when a node of it was opened or the step is over. */
	private proceed(open: Open): Node | undefined {
		if (open.kind === "block map") return this.blockMap(open);
		if (open.kind === "block list") return this.blockList(open);
		return this.flowCollection(open, open.kind === "flow map" ? "}" : "]");
	}

	private close({ anchor, flow }: Open, node: Node): void {
		this.open.pop();
		this.flow = flow;
		if (anchor) this.builder.anchored(anchor, node);
	}

	/** Puts a node where a collection waits for one. */
	private give(around: Open, node: Node): void {
		const { kind } = around;
		const isPaired = kind === "block map" || around.pair !== undefined;
		if (!isPaired) {
			if (kind === "flow map") around.pairs.push({ key: node, value: this.builder.absent(this.end) });
			else around.items.push(node);
		} else if (around.key) this.givePair(around, around.key, node);
		else around.key = node;
	}

	private givePair(around: Open, key: Node, value: Node): void {
		const { pair } = around;
		around.key = undefined;
		around.pair = undefined;
		if (around.kind === "flow list") around.items.push(this.builder.map(pair ?? 0, this.end, [{ key, value }], true));
		else around.pairs.push({ key, value });
	}

	private blockList({ start, items, ownColumn }: Open): Node | undefined {
		const { scanner, builder } = this;
		while (scanner.peek().type === "item") {
			if (this.tokens >= STEP) return undefined;
			this.take();
			const { type } = scanner.peek();
			const none = type === "item" || type === "block-end" || (!ownColumn && (type === "key" || type === "value"));
			const item = none ? builder.absent(this.end) : this.node(true, false);
			if (!item) return undefined;
			items.push(item);
		}
		const { end } = this;
		if (ownColumn) this.pass("block-end", "A list wants another - here");
		return builder.list(start, end, items, false);
	}

	private blockMap(open: Open): Node | undefined {
		const { scanner, builder } = this;
		for (;;) {
			if (!open.key) {
				if (this.tokens >= STEP) return undefined;
				if (scanner.peek().type !== "key") break;
				this.take();
				open.key = NO_BLOCK_VALUE.has(scanner.peek().type) ? builder.absent(this.end) : this.node(true, true);
				if (!open.key) return undefined;
			}
			const none = !this.skip("value") || NO_BLOCK_VALUE.has(scanner.peek().type);
			const value = none ? builder.absent(this.end) : this.node(true, true);
			if (!value) return undefined;
			this.givePair(open, open.key, value);
		}
		const { end } = this;
		this.pass("block-end", "A map wants another key here");
		return builder.map(open.start, end, open.pairs, false);
	}

	private flowCollection(open: Open, close: "]" | "}"): Node | undefined {
		const { builder } = this;
		const { items, pairs, start } = open;
		for (;;) {
			if (open.pair === undefined) {
				if (this.tokens >= STEP) return undefined;
				if (!this.another(items.length + pairs.length, close)) break;
				open.pair = this.skip("key")?.start;
			}
			if (open.pair === undefined) {
				const node = this.node(false, false);
				if (!node) return undefined;
				this.give(open, node);
			} else if (!this.flowPair(open, close)) return undefined;
		}
		const { end } = this.take();
		return close === "]" ? builder.list(start, end, items, true) : builder.map(start, end, pairs, true);
	}

	/** Whether another entry of a flow collection follows; passes the comma before it. */
	private another(before: number, close: "]" | "}"): boolean {
		const { scanner } = this;
		if (scanner.peek().type === close) return false;
		if (before > 0) this.pass(",", `A , or ${close} is missing`);
		return scanner.peek().type !== close;
	}

	/** Whether a pair of a flow collection is whole. */
	private flowPair(open: Open, close: "]" | "}"): boolean {
		const { scanner, builder } = this;
		const isEnd = (type: TokenType) => type === "," || type === close;
		if (!open.key) {
			const { type } = scanner.peek();
			open.key = isEnd(type) || type === "value" ? builder.absent(this.end) : this.node(false, false);
			if (!open.key) return false;
		}
		const none = !this.skip("value") || isEnd(scanner.peek().type);
		const value = none ? builder.absent(this.end) : this.node(false, false);
		if (value) this.givePair(open, open.key, value);
		return value !== undefined;
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
