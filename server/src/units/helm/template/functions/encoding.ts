import { decode, encode } from "../bytes.ts";
import { fixed, type Signature } from "../signature.ts";
import { derived, type Text, text } from "../text.ts";
import { adler32, sha1, sha256, sha512 } from "./hashes.ts";

/** Other notations and checksums of a text. Source: strings.go and crypto.go of sprig. */
export const ENCODING: Readonly<Record<string, Signature>> = {
	b64enc: fixed(["string"], "string", (_, value) => derived(value, base64(encode(value.value)))),
	b64dec: fixed(["string"], "string", (_, value) => derived(value, fromBase64(value.value))),
	b32enc: fixed(["string"], "string", (_, value) => derived(value, base32(encode(value.value)))),
	b32dec: fixed(["string"], "string", (_, value) => derived(value, fromBase32(value.value))),
	sha1sum: checksum(sha1),
	sha256sum: checksum(sha256),
	sha512sum: checksum(sha512),
	adler32sum: checksum(adler32),
};

function checksum(sum: (value: string) => string): Signature {
	return fixed(["string"], "string", (context, value): Text => {
		context.reserve(value.value.length);
		return text(sum(value.value));
	});
}

const ALPHABET_64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const ALPHABET_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** So many bytes are written at once; a multiple of three, so that no padding stands in between. */
const CHUNK = 0x6000;

export function base64(bytes: Uint8Array): string {
	const parts: string[] = [];
	for (let at = 0; at < bytes.length; at += CHUNK) parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + CHUNK))));
	return parts.join("");
}

function base32(bytes: Uint8Array): string {
	let result = "";
	let buffer = 0;
	let held = 0;
	for (const byte of bytes) {
		buffer = (buffer << 8) | byte;
		held += 8;
		for (; held >= 5; held -= 5) result += ALPHABET_32.charAt((buffer >> (held - 5)) & 31);
		buffer &= 2 ** held - 1;
	}
	if (held > 0) result += ALPHABET_32.charAt((buffer << (5 - held)) & 31);
	return result.padEnd(Math.ceil(result.length / 8) * 8, "=");
}

/** What sprig gives for a text that is none: Go's message. */
function fromBase64(value: string): string {
	return ungrouped(value, ALPHABET_64, 6, 4, (at) => `illegal base64 data at input byte ${at}`);
}

function fromBase32(value: string): string {
	return ungrouped(value, ALPHABET_32, 5, 8, (at) => `illegal base32 data at input byte ${at}`);
}

/** Where padding may begin in a group, for each alphabet's group size. */
const ENDS: Readonly<Record<number, readonly number[]>> = { 4: [2, 3], 8: [2, 4, 5, 7] };

function ungrouped(value: string, alphabet: string, bits: number, group: number, complaint: (at: number) => string): string {
	const bytes: number[] = [];
	let buffer = 0;
	let held = 0;
	let inGroup = 0;
	for (let at = 0; at < value.length; at++) {
		const char = value.charAt(at);
		if (char === "\n" || char === "\r") continue;
		if (char === "=") return ENDS[group]?.includes(inGroup) ? ended(value, at, inGroup, group, bytes, complaint) : complaint(at);
		const digit = alphabet.indexOf(char);
		if (digit < 0) return complaint(at);
		buffer = ((buffer << bits) | digit) & 0xffffff;
		held += bits;
		if (held >= 8) {
			held -= 8;
			bytes.push((buffer >> held) & 0xff);
		}
		inGroup = (inGroup + 1) % group;
	}
	return inGroup === 0 ? decode(Uint8Array.from(bytes)) : complaint(value.length - inGroup);
}

/** Reads the padding at the end. */
function ended(
	value: string,
	start: number,
	inGroup: number,
	group: number,
	bytes: readonly number[],
	complaint: (at: number) => string,
): string {
	let missing = group - inGroup;
	for (let at = start; at < value.length; at++) {
		const char = value.charAt(at);
		if (char === "\n" || char === "\r") continue;
		if (char !== "=" || missing === 0) return complaint(at);
		missing--;
	}
	return missing === 0 ? decode(Uint8Array.from(bytes)) : complaint(value.length);
}
