import { readPlain } from "../../../yaml/dialect.ts";
import { byteLength } from "./bytes.ts";

/** How a scalar may be written, as go-yaml sees it. Source: yaml_emitter_analyze_scalar of emitterc.go. */
export interface Analysis {
	readonly multiline: boolean;
	readonly plain: boolean;
	readonly single: boolean;
	readonly block: boolean;
	/** In bytes, which decide whether a key fits in a line. */
	readonly length: number;
}

/** Nothing in these needs a second look. */
const SIMPLE = /^[A-Za-z_/.0-9](?:[A-Za-z0-9_./+@=~-]|:(?=[^\s]))*$/;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what YAML cannot print
const UNPRINTABLE = /[\0-\x09\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]/;
const BREAK = /[\r\n\x85\u2028\u2029]/;
const INDICATOR_FIRST = /^(?:---|\.\.\.|[#,[\]{}&*!|>'"%@`]|[?:-](?:[ \t]|$))/;
const INDICATOR = /:(?:[ \t]|$)|[ \t\r\n\x85\u2028\u2029\0]#/;

/** `tabs`: version 3 of go-yaml takes a tab for printable, but not in plain text. */
export function analyze(value: string, tabs: boolean): Analysis {
	if (value === "") return { multiline: false, plain: true, single: true, block: false, length: 0 };
	const length = byteLength(value);
	if (SIMPLE.test(value) && !value.startsWith("...")) return { multiline: false, plain: true, single: true, block: true, length };
	const multiline = BREAK.test(value);
	const hidden = hasUnprintable(tabs ? value.replaceAll("\t", " ") : value);
	const breakSpace = /[\r\n\x85\u2028\u2029] /.test(value);
	const spaceBreak = / [\r\n\x85\u2028\u2029]/.test(value);
	const edge = /^[ \r\n\x85\u2028\u2029]|[ \r\n\x85\u2028\u2029]$/.test(value);
	const tab = tabs && value.includes("\t");
	const whole = !(spaceBreak || hidden);
	return {
		multiline,
		plain: whole && !tab && !edge && !breakSpace && !multiline && !INDICATOR_FIRST.test(value) && !INDICATOR.test(value),
		single: whole && !tab && !breakSpace,
		block: whole && !value.endsWith(" "),
		length,
	};
}

/** Whether go-yaml has no printable form for a character; beyond 16 bits it has none. */
function hasUnprintable(value: string): boolean {
	return UNPRINTABLE.test(value);
}

const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;
const TIMESTAMP =
	/^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:(?:[Tt]|[ ])[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:\.[0-9]+)?(?:Z|[-+][0-9]{2}:[0-9]{2})?)?$/;

/** Whether plain text would be read as something else than text. Source: stringv of encode.go. */
export function isAmbiguous(value: string): boolean {
	if (value === "") return true;
	if (typeof readPlain(value) !== "string") return true;
	return BASE_60.test(value) || isTimestamp(value);
}

function isTimestamp(value: string): boolean {
	const [, year, month, day] = TIMESTAMP.exec(value) ?? [];
	if (year === undefined) return false;
	const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
	return Number(month) >= 1 && date.getUTCMonth() === Number(month) - 1 && Number(day) >= 1 && date.getUTCDate() === Number(day);
}

/**
 * Go-yaml's order of keys: numbers in them by their size, letters behind other characters; in version 3 (`pretty`) before them
 * where they follow a digit. Source: sorter.go.
 */
export function compareKeys(a: string, b: string, pretty = false): number {
	const left = [...a];
	const right = [...b];
	const shorter = Math.min(left.length, right.length);
	for (let at = 0; at < shorter; at++) {
		if (left[at] === right[at]) continue;
		return compareFrom(left, right, at, pretty && DIGIT.test(left[at - 1] ?? ""));
	}
	return left.length - right.length;
}

const LETTER = /\p{L}/u;
const DIGIT = /\p{Nd}/u;

function compareFrom(left: readonly string[], right: readonly string[], at: number, lettersFirst: boolean): number {
	const a = left[at] ?? "";
	const b = right[at] ?? "";
	const letters = LETTER.test(a);
	if (letters !== LETTER.test(b)) return letters === lettersFirst ? -1 : 1;
	const code = (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0);
	if (letters) return code;
	let first = 0n;
	let second = 0n;
	if (a === "0" || b === "0") {
		for (let before = at - 1; before >= 0 && DIGIT.test(left[before] ?? ""); before--) {
			if (left[before] === "0") continue;
			first = second = 1n;
			break;
		}
	}
	const one = numberFrom(left, at, first);
	const other = numberFrom(right, at, second);
	if (one.value !== other.value) return one.value < other.value ? -1 : 1;
	return one.end === other.end ? code : one.end - other.end;
}

function numberFrom(text: readonly string[], at: number, start: bigint): { readonly value: bigint; readonly end: number } {
	let value = start;
	let end = at;
	for (let char = text[end]; char !== undefined && DIGIT.test(char); char = text[++end]) {
		value = BigInt.asIntN(64, value * 10n + BigInt((char.codePointAt(0) ?? 0) - 48));
	}
	return { value, end };
}
