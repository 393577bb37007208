import { isLower, isSpace, isUpper, toLower, toUpper } from "../unicode.ts";

/** Go's strings.Title. */
export function titleCase(value: string): string {
	let before = " ";
	return Array.from(value, (char) => {
		const result = isSeparator(before) ? toUpper(char) : char;
		before = char;
		return result;
	}).join("");
}

function isSeparator(char: string): boolean {
	if (char <= "\x7f") return !/[0-9A-Za-z_]/.test(char);
	return !/[\p{L}\p{Nd}]/u.test(char) && isSpace(char);
}

/** Source: SwapCase of goutils. */
export function swapCase(value: string): string {
	return Array.from(value, (char) => (isUpper(char) ? toLower(char) : isLower(char) ? toUpper(char) : char)).join("");
}

function isConnector(char: string): boolean {
	return char === "-" || char === "_" || isSpace(char);
}

/** Source: ToPascalCase of xstrings. */
export function camelCase(value: string): string {
	const characters = [...value];
	const first = characters.findIndex((char) => !isConnector(char));
	if (first < 0) return value;
	let result = characters.slice(0, first).join("");
	let upper = isUpper(characters[first] ?? "");
	let last = toUpper(characters[first] ?? "");
	for (const char of characters.slice(first + 1)) {
		const before = last;
		last = char;
		if (isConnector(char) && isConnector(before)) {
			result += before;
			continue;
		}
		if (isConnector(before)) {
			upper = isUpper(char);
			last = toUpper(char);
			continue;
		}
		if (upper) {
			if (isUpper(char)) last = toLower(char);
			else upper = false;
		}
		result += before;
	}
	return result + last;
}

type WordKind = "none" | "number" | "upper" | "alphabet" | "connector" | "punctuation" | "other";

interface Word {
	readonly kind: WordKind;
	readonly word: string;
}

/** Words joined by a connector, in small letters. Source: camelCaseToLowerCase of xstrings. */
export function connectedCase(value: string, connector: string): string {
	return new CaseWriter(value, connector).write();
}

class CaseWriter {
	private readonly characters: readonly string[];
	private readonly connector: string;
	private at = 0;
	private result = "";

	constructor(value: string, connector: string) {
		this.characters = [...value];
		this.connector = connector;
	}

	write(): string {
		if (this.characters.length === 0) return "";
		let current = this.next();
		while (this.at < this.characters.length) {
			if (current.kind !== "connector") this.add(current);
			const before = current;
			current = this.next();
			if (before.kind === "number") current = this.behindNumber(current, ["none", "punctuation", "connector"]);
			else if (before.kind === "connector") this.add(before);
			else if (before.kind !== "punctuation") current = this.behindLetters(current);
		}
		this.add(current);
		return this.result;
	}

	/** Letters and numbers that follow a number belong to it. */
	private behindNumber(word: Word, ending: readonly WordKind[]): Word {
		let current = word;
		while (current.kind === "alphabet" || current.kind === "number") {
			this.add(current);
			current = this.next();
		}
		if (!ending.includes(current.kind)) this.result += this.connector;
		return current;
	}

	private behindLetters(word: Word): Word {
		if (word.kind !== "number") {
			if (word.kind !== "connector" && word.kind !== "punctuation") this.result += this.connector;
			return word;
		}
		if (this.at >= this.characters.length) return word;
		const current = this.next();
		if (current.kind !== "alphabet") {
			this.add(word);
			if (current.kind !== "connector" && current.kind !== "punctuation") this.result += this.connector;
			return current;
		}
		this.result += this.connector;
		this.add(word);
		return this.behindNumber(current, ["none", "connector", "punctuation"]);
	}

	private add({ kind, word }: Word): void {
		if (kind !== "upper" && kind !== "connector") this.result += word;
		else this.result += Array.from(word, (char) => (isConnector(char) ? this.connector : toLower(char))).join("");
	}

	private next(): Word {
		const { characters } = this;
		const start = this.at;
		const first = characters[start];
		if (first === undefined) return { kind: "none", word: "" };
		this.at++;
		const kind = kindOfWord(first);
		if (kind === "upper") this.passUpper();
		else this.passWhile((char) => CONTINUES[kind](char));
		return { kind, word: characters.slice(start, this.at).join("") };
	}

	private passWhile(belongs: (char: string) => boolean): void {
		for (let char = this.characters[this.at]; char !== undefined && belongs(char); char = this.characters[this.at]) this.at++;
	}

	/** `HTTPServer` is HTTP and Server. */
	private passUpper(): void {
		const { characters } = this;
		const second = characters[this.at];
		if (second === undefined) return;
		if (!isUpper(second)) {
			if (isAlphabet(second)) this.passWhile((char) => isAlphabet(char) && !isUpper(char));
			return;
		}
		this.passWhile(isUpper);
		const next = characters[this.at];
		if (next !== undefined && isAlphabet(next)) this.at--;
	}
}

function kindOfWord(char: string): WordKind {
	if (isConnector(char)) return "connector";
	if (/\p{P}/u.test(char)) return "punctuation";
	if (isUpper(char)) return "upper";
	if (isAlphabet(char)) return "alphabet";
	return /\p{N}/u.test(char) ? "number" : "other";
}

/** A letter of an alphabet that has cases. */
function isAlphabet(char: string): boolean {
	if (!/\p{L}/u.test(char)) return false;
	return !/[\u4e00-\u9fcc\u3400-\u4d85\u{20000}-\u{2b81d}]/u.test(char);
}

const CONTINUES: Readonly<Record<WordKind, (char: string) => boolean>> = {
	none: () => false,
	upper: isUpper,
	connector: isConnector,
	punctuation: (char) => /\p{P}/u.test(char),
	alphabet: (char) => isAlphabet(char) && !isUpper(char),
	number: (char) => /\p{N}/u.test(char),
	other: (char) => !isConnector(char) && !isAlphabet(char) && !/[\p{N}\p{P}]/u.test(char),
};
