import { formatFloat } from "./floats.ts";
import { quoteGo, unquoteGo } from "./quoting.ts";

/** A number constant as each of Go's types that can hold it. */
export interface Constant {
	readonly int: bigint | undefined;
	readonly uint: bigint | undefined;
	readonly float: number | undefined;
	readonly isFloat: boolean;
	/** As Go prints it where its type is not told; only of those that end in `i`. */
	readonly complex?: string;
}

export const MAX_INT = 2n ** 63n - 1n;
export const MIN_INT = -(2n ** 63n);
const MAX_UINT = 2n ** 64n - 1n;

/** Reads a number of an action; a message where Go refuses it. Source: newNumber of Go's text/template/parse. */
export function readNumber(written: string): Constant | string {
	if (written.endsWith("i")) return readComplex(written);
	const whole = parseWhole(written);
	if (whole !== undefined) {
		const int = whole >= MIN_INT && whole <= MAX_INT ? whole : undefined;
		const uint = whole >= 0n && whole <= MAX_UINT && !written.startsWith("+") ? whole : undefined;
		if (int !== undefined || uint !== undefined) return { int, uint, float: Number(whole), isFloat: isFloatWritten(written) };
	}
	const value = parseFloatGo(written);
	if (value === undefined) return `illegal number syntax: ${quoteGo(written)}`;
	if (!/[.eEpP]/.test(written)) return `integer overflow: ${quoteGo(written)}`;
	const exact = Number.isInteger(value) ? BigInt(value) : undefined;
	return {
		int: exact !== undefined && exact >= MIN_INT && exact <= MAX_INT ? exact : undefined,
		uint: exact !== undefined && exact >= 0n && exact <= MAX_UINT ? exact : undefined,
		float: value,
		isFloat: isFloatWritten(written),
	};
}

function readComplex(written: string): Constant | string {
	const [, first = "", second] = /^(.*?[^eEpP])([-+].*)i$/.exec(written) ?? ["", "0", written.slice(0, -1)];
	const [real, imaginary] = [parseFloatGo(first), parseFloatGo(second ?? "")];
	if (real === undefined || imaginary === undefined) return `illegal number syntax: ${quoteGo(written)}`;
	const shown = formatFloat(imaginary, "g", -1);
	const complex = `(${formatFloat(real, "g", -1)}${/^[-+]/.test(shown) ? "" : "+"}${shown}i)`;
	if (imaginary !== 0) return { int: undefined, uint: undefined, float: undefined, isFloat: false, complex };
	const whole = Number.isInteger(real) ? BigInt(real) : undefined;
	return { int: whole, uint: whole !== undefined && whole >= 0n ? whole : undefined, float: real, isFloat: true, complex };
}

/** Reads `'a'`. */
export function readCharacter(written: string): Constant | string {
	const text = unquoteGo(written.slice(1, -1), "'");
	if (text === undefined || text === "") return "invalid syntax";
	const code = text.codePointAt(0) ?? 0;
	if (String.fromCodePoint(code).length !== text.length) return `malformed character constant: ${written}`;
	const rune = code >= 0xdc80 && code <= 0xdcff ? code - 0xdc00 : code;
	return { int: BigInt(rune), uint: BigInt(rune), float: rune, isFloat: false };
}

function isFloatWritten(written: string): boolean {
	const hex = /^0[xX]/.test(written) && !/[pP]/.test(written);
	return !hex && /[.eEpP]/.test(written);
}

const WHOLE = /^([-+]?)(0[xX](?:_?[0-9a-fA-F])+|0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0(?:_?[0-7])*|[1-9](?:_?[0-9])*)$/;

/** Go's strconv.ParseInt with base 0, without its limits. */
function parseWhole(written: string): bigint | undefined {
	const [, sign, digits] = WHOLE.exec(written) ?? [];
	if (digits === undefined) return undefined;
	const plain = digits.replaceAll("_", "").toLowerCase();
	const value = BigInt(/^0[0-7]/.test(plain) ? `0o${plain.slice(1)}` : plain);
	return sign === "-" ? -value : value;
}

/** Go's strconv.ParseInt of a text in a base; `undefined` for what it refuses. Beyond 64 bits the nearest number, as Go gives it beside its error. */
export function parseInteger(text: string, base: 0 | 8 | 10): { readonly value: bigint; readonly fits: boolean } | undefined {
	const digits = base === 0 ? text : base === 8 ? text.replace(/^([-+]?)([0-7]+)$/, "$10o$2") : /^[-+]?[0-9]+$/.test(text) ? text : "";
	const plain = base === 10 ? digits.replace(/^([-+]?)0+(?=[0-9])/, "$1") : digits;
	if (base === 8 && !/^[-+]?0o/.test(plain)) return undefined;
	const value = parseWhole(plain);
	if (value === undefined) return undefined;
	if (value > MAX_INT) return { value: MAX_INT, fits: false };
	return value < MIN_INT ? { value: MIN_INT, fits: false } : { value, fits: true };
}

const DECIMAL = /^[-+]?(?:[0-9](?:_?[0-9])*(?:\.(?:[0-9](?:_?[0-9])*)?)?|\.[0-9](?:_?[0-9])*)(?:[eE][-+]?[0-9](?:_?[0-9])*)?$/;
const HEX = /^([-+]?)0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)[pP]([-+]?[0-9]+)$/;

/** Go's strconv.ParseFloat; `undefined` for what it refuses, which includes what no float can hold. */
export function parseFloatGo(text: string): number | undefined {
	if (DECIMAL.test(text)) {
		const value = Number(text.replaceAll("_", ""));
		return Number.isFinite(value) ? value : undefined;
	}
	const word = /^([-+]?)(inf|infinity)$/i.exec(text);
	if (word) return word[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
	if (/^nan$/i.test(text)) return Number.NaN;
	const [, sign, whole = "", fraction = "", power = "0"] = HEX.exec(text) ?? [];
	if (sign === undefined || whole + fraction === "") return undefined;
	const value = Number(BigInt(`0x${whole}${fraction}`)) * 2 ** (Number(power) - 4 * fraction.length);
	return Number.isFinite(value) ? (sign === "-" ? -value : value) : undefined;
}

/** A 64-bit integer as Go's arithmetic wraps it. */
export function wrap(value: bigint): bigint {
	return BigInt.asIntN(64, value);
}
