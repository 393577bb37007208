/**
 * Go's strings are bytes. Here they are UTF-16, and a byte that is no part of valid UTF-8 is kept as the surrogate
 * U+DC00 + byte, so that encoding gives back what was decoded.
 */
export function decode(bytes: Uint8Array): string {
	try {
		return STRICT.decode(bytes);
	} catch {
		return decodeBroken(bytes);
	}
}

const STRICT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const ENCODER = new TextEncoder();

const ASCII = /^[\0-\x7f]*$/;
const SURROGATE = /[\udc80-\udcff]/;

export function isAscii(text: string): boolean {
	return ASCII.test(text);
}

export function encode(text: string): Uint8Array {
	if (!SURROGATE.test(text)) return ENCODER.encode(text);
	const bytes: number[] = [];
	for (const char of text) {
		const code = char.codePointAt(0) ?? 0;
		if (code >= 0xdc80 && code <= 0xdcff) bytes.push(code - 0xdc00);
		else bytes.push(...ENCODER.encode(char));
	}
	return Uint8Array.from(bytes);
}

/** Go's len of a string. */
export function byteLength(text: string): number {
	if (ASCII.test(text)) return text.length;
	return encode(text).length;
}

/** The UTF-16 offset at which a byte offset lies, or -1 inside of a character. */
export function offsetOfByte(text: string, byte: number): number {
	if (ASCII.test(text)) return byte;
	let bytes = 0;
	let at = 0;
	for (const char of text) {
		if (bytes >= byte) break;
		bytes += sizeOf(char.codePointAt(0) ?? 0);
		at += char.length;
	}
	return bytes === byte ? at : -1;
}

function sizeOf(code: number): number {
	if (code >= 0xdc80 && code <= 0xdcff) return 1;
	return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

/** Go's comparison of strings: byte by byte. */
export function compareText(a: string, b: string): number {
	if (a === b) return 0;
	if (ASCII.test(a) && ASCII.test(b)) return a < b ? -1 : 1;
	const left = encode(a);
	const right = encode(b);
	for (let at = 0; at < left.length && at < right.length; at++) {
		const difference = (left[at] ?? 0) - (right[at] ?? 0);
		if (difference !== 0) return difference;
	}
	return left.length - right.length;
}

function decodeBroken(bytes: Uint8Array): string {
	let text = "";
	for (let at = 0; at < bytes.length; ) {
		const first = bytes[at] ?? 0;
		const size =
			first < 0x80 ? 1 : first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
		const char = size > 0 ? decodeOne(bytes.subarray(at, at + size), size) : undefined;
		text += char ?? String.fromCharCode(0xdc00 + first);
		at += char === undefined ? 1 : size;
	}
	return text;
}

function decodeOne(bytes: Uint8Array, size: number): string | undefined {
	if (bytes.length < size) return undefined;
	try {
		return STRICT.decode(bytes);
	} catch {
		return undefined;
	}
}
