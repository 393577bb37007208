import {
	AMPERSAND,
	ASTERISK,
	BAR,
	BYTE_ORDER_MARK,
	COLON,
	DASH,
	DOUBLE,
	EXCLAMATION,
	GREATER,
	HASH,
	isBlank,
	isBlankOrEnd,
	isBreak,
	PERCENT,
	QUESTION,
	SINGLE,
	SPACE,
	TAB,
} from "./chars.ts";
import { Cursor, SyntaxProblem } from "./cursor.ts";
import { type ScannedScalar, scanBlock, scanPlain, scanQuoted } from "./scalars.ts";
import { longTag, NO_KEY, type SimpleKey, type Token, type TokenType } from "./tokens.ts";

/**
 * Cuts a document into tokens as libyaml does, which is how Kubernetes reads YAML: what it takes this takes, and nothing else.
 * Source: scannerc.go of go.yaml.in/yaml/v2. Throws a `SyntaxProblem` where a token has no reading.
 */
export class Scanner {
	private readonly cursor: Cursor;
	/** The text is JSON, whose keys may be as long as they like and stand on a line of their own. */
	private readonly json: boolean;
	private readonly queue: Token[] = [];
	private head = 0;
	/** Tokens that were given out. */
	private given = 0;
	private flowLevel = 0;
	private indent = -1;
	private readonly indents: number[] = [];
	private keyAllowed = true;
	/** One for each level of flow collections. */
	private readonly keys: SimpleKey[] = [NO_KEY];
	/** The key that may begin with the token that is made next. */
	private newKey: SimpleKey | undefined;

	/** Words that are read as keys although no `:` follows them, by where they begin. */
	private readonly bareKeys: ReadonlySet<number>;

	constructor(text: string, start: number, json: boolean, bareKeys: ReadonlySet<number> = new Set()) {
		this.cursor = new Cursor(text, start);
		this.json = json;
		this.bareKeys = bareKeys;
		if (this.cursor.at() === BYTE_ORDER_MARK) {
			this.cursor.pos++;
			this.cursor.lineStart++;
		}
	}

	/** The next token, which stays the next one. Never asked for behind the end. */
	peek(): Token {
		for (;;) {
			const token = this.queue[this.head];
			if (token && !(token.key && this.stillPossible(token.key))) return token;
			this.fetch();
		}
	}

	next(): Token {
		const token = this.peek();
		this.head++;
		this.given++;
		if (this.head === this.queue.length && this.head >= MOST_KEPT) {
			this.queue.length = 0;
			this.head = 0;
		}
		return token;
	}

	private fetch(): void {
		const { cursor } = this;
		this.passBlanks();
		this.closeBlocks(cursor.column);
		const char = cursor.at();
		const type = FLOW_SIGNS.get(char);
		if (char === 0) this.fetchEnd();
		else if (char === PERCENT && cursor.column === 0) this.fetchDirective();
		else if (cursor.atDocumentMark) this.fetchDocumentMark(char === DASH ? "document-start" : "document-end");
		else if (type) this.fetchFlowSign(type);
		else if (char === DASH && isBlankOrEnd(cursor.at(1))) this.fetchItem();
		else if (char === QUESTION && (this.flowLevel > 0 || isBlankOrEnd(cursor.at(1)))) this.fetchKey();
		else if (char === COLON && (this.flowLevel > 0 || isBlankOrEnd(cursor.at(1)))) this.fetchValue();
		else this.fetchContent(char);
	}

	private fetchContent(char: number): void {
		const { cursor } = this;
		if (char === ASTERISK || char === AMPERSAND) this.fetchName(char === ASTERISK ? "alias" : "anchor");
		else if (char === EXCLAMATION) this.fetchTag();
		else if ((char === BAR || char === GREATER) && this.flowLevel === 0) {
			this.dropKey();
			this.keyAllowed = true;
			this.pushScalar(cursor.pos, scanBlock(cursor, this.indent), "block");
		} else if (char === SINGLE || char === DOUBLE) {
			this.saveKey(this.json);
			this.keyAllowed = false;
			this.pushScalar(cursor.pos, scanQuoted(cursor, this.json), char === SINGLE ? "single" : "double");
		} else if (this.bareKeys.has(cursor.pos)) this.fetchBareKey();
		else if (this.mayBeginPlain(char)) {
			const start = cursor.pos;
			this.saveKey();
			const scalar = scanPlain(cursor, this.indent + 1, this.flowLevel > 0);
			this.keyAllowed = scalar.brokeLine;
			this.pushScalar(start, scalar, "plain");
		} else throw new SyntaxProblem(`No value begins with ${char === TAB ? "a tab" : String.fromCharCode(char)}`, cursor.pos);
	}

	private mayBeginPlain(char: number): boolean {
		const next = this.cursor.at(1);
		if (char === DASH) return !isBlank(next);
		if (char === QUESTION || char === COLON) return this.flowLevel === 0;
		return !isBlankOrEnd(char) && !NOT_PLAIN.has(char);
	}

	private pushScalar(start: number, scalar: ScannedScalar, style: Token["style"]): void {
		this.queue.push({ type: "scalar", start, end: scalar.end, text: scalar.text, style, key: this.newKey });
		this.newKey = undefined;
	}

	private push(type: TokenType, start: number, end: number, text = ""): void {
		this.queue.push({ type, start, end, text, style: "plain", key: this.newKey });
		this.newKey = undefined;
	}

	/** Puts a token of no width before the one of that number. */
	private insert(number: number, type: TokenType, at: number): void {
		const { queue } = this;
		const index = this.head + number - this.given;
		const token: Token = { type, start: at, end: at, text: "", style: "plain", key: undefined };
		queue.push(token);
		for (let at = queue.length - 1; at > index; at--) queue[at] = queue[at - 1] as Token;
		queue[index] = token;
	}

	/** Passes blanks, comments and line breaks. Tabs may not indent where a key can begin. */
	private passBlanks(): void {
		const { cursor } = this;
		for (;;) {
			const tabs = this.json || this.flowLevel > 0 || !this.keyAllowed;
			for (let char = cursor.at(); char === SPACE || (tabs && char === TAB); char = cursor.at()) cursor.pos++;
			if (cursor.at() === HASH) cursor.passLine();
			if (!isBreak(cursor.at())) return;
			cursor.passBreak();
			if (this.flowLevel === 0) this.keyAllowed = true;
		}
	}

	private stillPossible(key: SimpleKey): boolean {
		if (!key.possible || key.anyLength) return key.possible;
		if (key.lineStart === this.cursor.lineStart && key.pos + MAX_KEY >= this.cursor.pos) return true;
		if (key.required) throw new SyntaxProblem("A map wants a : behind this key", key.pos);
		key.possible = false;
		return false;
	}

	private saveKey(anyLength = false): void {
		if (!this.keyAllowed) return;
		const { pos, lineStart, column } = this.cursor;
		this.dropKey();
		const required = this.flowLevel === 0 && this.indent === column;
		const key = { possible: true, required, anyLength, token: this.last, pos, lineStart };
		this.keys[this.keys.length - 1] = key;
		this.newKey = key;
	}

	private dropKey(): void {
		const key = this.keys.at(-1) ?? NO_KEY;
		if (!key.possible) return;
		if (key.required) throw new SyntaxProblem("A map wants a : behind this key", key.pos);
		key.possible = false;
	}

	/** Opens a block collection where the column goes beyond the current one's. */
	private openBlock(column: number, number: number, type: TokenType, at: number): void {
		if (this.flowLevel > 0 || this.indent >= column) return;
		this.indents.push(this.indent);
		this.indent = column;
		this.insert(number, type, at);
	}

	private closeBlocks(column: number): void {
		if (this.flowLevel > 0) return;
		while (this.indent > column) {
			this.push("block-end", this.cursor.pos, this.cursor.pos);
			this.indent = this.indents.pop() ?? -1;
		}
	}

	/** The number of the token that is made next. */
	private get last(): number {
		return this.given + this.queue.length - this.head;
	}

	private fetchEnd(): void {
		const { pos } = this.cursor;
		this.cursor.lineStart = pos;
		this.closeBlocks(-1);
		this.dropKey();
		// One of JSON may be any number of lines long, and of a collection that is not closed nobody dropped it.
		for (const key of this.keys) key.possible = false;
		this.keyAllowed = false;
		this.push("end", pos, pos);
	}

	private fetchDirective(): void {
		const { cursor } = this;
		this.closeBlocks(-1);
		this.dropKey();
		this.keyAllowed = false;
		const start = cursor.pos;
		cursor.passLine();
		const known = /^%(YAML[ \t]+\d{1,2}\.\d{1,2}|TAG[ \t]+![\w-]*!?[ \t]+\S+)[ \t]*(#.*)?$/;
		if (!known.test(cursor.text.slice(start, cursor.pos))) throw new SyntaxProblem("No directive that YAML knows", start);
		this.push("directive", start, cursor.pos);
	}

	private fetchDocumentMark(type: TokenType): void {
		const start = this.cursor.pos;
		this.closeBlocks(-1);
		this.dropKey();
		this.keyAllowed = false;
		this.cursor.pos += 3;
		this.push(type, start, this.cursor.pos);
	}

	private fetchFlowSign(type: TokenType): void {
		const start = this.cursor.pos;
		if (type === "[" || type === "{") {
			this.saveKey();
			this.keys.push(NO_KEY);
			this.flowLevel++;
		} else this.dropKey();
		if ((type === "]" || type === "}") && this.flowLevel > 0) {
			this.flowLevel--;
			this.keys.pop();
		}
		this.keyAllowed = type !== "]" && type !== "}";
		this.cursor.pos++;
		this.push(type, start, this.cursor.pos);
	}

	private fetchItem(): void {
		const { pos, column } = this.cursor;
		if (this.flowLevel === 0) {
			if (!this.keyAllowed) throw new SyntaxProblem("A list item cannot begin here", pos);
			this.openBlock(column, this.last, "block-list", pos);
		}
		this.dropKey();
		this.keyAllowed = true;
		this.cursor.pos++;
		this.push("item", pos, pos + 1);
	}

	private fetchKey(): void {
		const { pos, column } = this.cursor;
		if (this.flowLevel === 0) {
			if (!this.keyAllowed) throw new SyntaxProblem("A key cannot begin here", pos);
			this.openBlock(column, this.last, "block-map", pos);
		}
		this.dropKey();
		this.keyAllowed = this.flowLevel === 0;
		this.cursor.pos++;
		this.push("key", pos, pos + 1);
	}

	private fetchValue(): void {
		const { pos, column } = this.cursor;
		const key = this.keys.at(-1) ?? NO_KEY;
		if (this.stillPossible(key)) {
			this.insert(key.token, "key", key.pos);
			this.openBlock(key.pos - key.lineStart, key.token, "block-map", key.pos);
			key.possible = false;
			this.keys[this.keys.length - 1] = NO_KEY;
			this.keyAllowed = false;
		} else {
			if (this.flowLevel === 0) {
				if (!this.keyAllowed) throw new SyntaxProblem("A second : cannot stand in one value; quote the text", pos, this.keyBefore);
				this.openBlock(column, this.last, "block-map", pos);
			}
			this.keyAllowed = this.flowLevel === 0;
		}
		this.cursor.pos++;
		this.push("value", pos, pos + 1);
	}

	/** Where the last key could have begun, if on a line above, else here. */
	private get keyBefore(): number {
		const key = this.keys.at(-1) ?? NO_KEY;
		return key !== NO_KEY && key.lineStart < this.cursor.lineStart ? key.pos : this.cursor.pos;
	}

	private fetchBareKey(): void {
		const { cursor } = this;
		const { pos, column } = cursor;
		this.dropKey();
		this.openBlock(column, this.last, "block-map", pos);
		const text = matchAt(/\S+/y, cursor.text, pos);
		cursor.pos += text.length;
		this.keyAllowed = false;
		this.push("key", pos, pos);
		this.pushScalar(pos, { text, end: cursor.pos, brokeLine: false }, "plain");
		this.push("value", cursor.pos, cursor.pos);
	}

	private fetchName(type: "alias" | "anchor"): void {
		const { cursor } = this;
		const start = cursor.pos;
		this.saveKey();
		this.keyAllowed = false;
		const name = matchAt(/[\w-]+/y, cursor.text, start + 1);
		cursor.pos += 1 + name.length;
		const next = cursor.at();
		if (name === "" || !(isBlankOrEnd(next) || AFTER_NAME.has(next))) {
			throw new SyntaxProblem("The name of an anchor has letters, digits, - and _", start);
		}
		this.push(type, start, cursor.pos, name);
	}

	private fetchTag(): void {
		const { cursor } = this;
		const start = cursor.pos;
		this.saveKey();
		this.keyAllowed = false;
		const written = matchAt(TAG, cursor.text, start);
		cursor.pos += written.length;
		const tag = longTag(written);
		if (tag === undefined || !isBlankOrEnd(cursor.at())) throw new SyntaxProblem("This is no tag", start);
		this.push("tag", start, cursor.pos, tag);
	}
}

function matchAt(pattern: RegExp, text: string, at: number): string {
	pattern.lastIndex = at;
	return pattern.exec(text)?.[0] ?? "";
}

const MAX_KEY = 1024;
/** Tokens that were given out are let go once there are so many. */
const MOST_KEPT = 256;
const FLOW_SIGNS: ReadonlyMap<number, TokenType> = new Map((["[", "]", "{", "}", ","] as const).map((sign) => [sign.charCodeAt(0), sign]));
const AFTER_NAME: ReadonlySet<number> = new Set(Array.from("?:,]}%@`", (sign) => sign.charCodeAt(0)));
const NOT_PLAIN: ReadonlySet<number> = new Set(Array.from("-?:,[]{}#&*!|>'\"%@`", (sign) => sign.charCodeAt(0)));
const TAG = /!<(?:[\w;/?:@&=+$,.!~*'()[\]-]|%[0-9a-fA-F]{2})+>|!(?:[\w;/?:@&=+$,.!~*'()[\]-]|%[0-9a-fA-F]{2})*/y;
