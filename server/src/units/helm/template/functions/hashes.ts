import { encode } from "../bytes.ts";

/** SHA-1, SHA-256 and SHA-512 (FIPS 180-4) in hexadecimal: synchronous, and at home in a browser too. */
export function sha1(value: string): string {
	const state = Uint32Array.from([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]);
	const words = new Uint32Array(80);
	eachBlock(encode(value), 64, (view, at) => {
		for (let index = 0; index < 16; index++) words[index] = view.getUint32(at + index * 4);
		for (let index = 16; index < 80; index++) {
			words[index] = rotateLeft((words[index - 3] ?? 0) ^ (words[index - 8] ?? 0) ^ (words[index - 14] ?? 0) ^ (words[index - 16] ?? 0), 1);
		}
		sha1Block(state, words);
	});
	return hex32(state);
}

function sha1Block(state: Uint32Array, words: Uint32Array): void {
	let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
	for (let index = 0; index < 80; index++) {
		const round = Math.floor(index / 20);
		const mixed = round === 0 ? (b & c) | (~b & d) : round === 2 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
		const next = (rotateLeft(a, 5) + mixed + e + (SHA1[round] ?? 0) + (words[index] ?? 0)) >>> 0;
		[a, b, c, d, e] = [next, a, rotateLeft(b, 30), c, d];
	}
	for (const [index, value] of [a, b, c, d, e].entries()) state[index] = (state[index] ?? 0) + value;
}

const SHA1 = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6];

export function sha256(value: string): string {
	const state = Uint32Array.from(INITIAL, (word) => Number(word >> 32n));
	const words = new Uint32Array(64);
	eachBlock(encode(value), 64, (view, at) => sha256Block(state, words, view, at));
	return hex32(state);
}

function sha256Block(state: Uint32Array, words: Uint32Array, view: DataView, at: number): void {
	for (let index = 0; index < 16; index++) words[index] = view.getUint32(at + index * 4);
	for (let index = 16; index < 64; index++) {
		const before = words[index - 15] ?? 0;
		const last = words[index - 2] ?? 0;
		const small = rotateRight(before, 7) ^ rotateRight(before, 18) ^ (before >>> 3);
		const large = rotateRight(last, 17) ^ rotateRight(last, 19) ^ (last >>> 10);
		words[index] = (words[index - 16] ?? 0) + small + (words[index - 7] ?? 0) + large;
	}
	let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
	for (let index = 0; index < 64; index++) {
		const upper = rotateRight(e, 6) ^ rotateRight(e, 11) ^ rotateRight(e, 25);
		const first = (h + upper + ((e & f) ^ (~e & g)) + (SHA256[index] ?? 0) + (words[index] ?? 0)) >>> 0;
		const lower = rotateRight(a, 2) ^ rotateRight(a, 13) ^ rotateRight(a, 22);
		const second = (lower + ((a & b) ^ (a & c) ^ (b & c))) >>> 0;
		h = g;
		g = f;
		f = e;
		e = (d + first) >>> 0;
		d = c;
		c = b;
		b = a;
		a = (first + second) >>> 0;
	}
	for (const [index, value] of [a, b, c, d, e, f, g, h].entries()) state[index] = (state[index] ?? 0) + value;
}

export function sha512(value: string): string {
	const state = [...INITIAL];
	eachBlock(encode(value), 128, (view, at) => sha512Block(state, view, at));
	return state.map((word) => word.toString(16).padStart(16, "0")).join("");
}

const MASK = 2n ** 64n - 1n;

function rotate(word: bigint, by: bigint): bigint {
	return ((word >> by) | (word << (64n - by))) & MASK;
}

function sha512Block(state: bigint[], view: DataView, at: number): void {
	const words = Array.from({ length: 16 }, (_, index) => view.getBigUint64(at + index * 8));
	for (let index = 16; index < 80; index++) {
		const before = words[index - 15] ?? 0n;
		const last = words[index - 2] ?? 0n;
		const small = rotate(before, 1n) ^ rotate(before, 8n) ^ (before >> 7n);
		const large = rotate(last, 19n) ^ rotate(last, 61n) ^ (last >> 6n);
		words.push(((words[index - 16] ?? 0n) + small + (words[index - 7] ?? 0n) + large) & MASK);
	}
	let [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n, g = 0n, h = 0n] = state;
	for (let index = 0; index < 80; index++) {
		const upper = rotate(e, 14n) ^ rotate(e, 18n) ^ rotate(e, 41n);
		const first = h + upper + ((e & f) ^ (~e & MASK & g)) + (SHA512[index] ?? 0n) + (words[index] ?? 0n);
		const lower = rotate(a, 28n) ^ rotate(a, 34n) ^ rotate(a, 39n);
		const second = lower + ((a & b) ^ (a & c) ^ (b & c));
		[a, b, c, d, e, f, g, h] = [(first + second) & MASK, a, b, c, (d + first) & MASK, e, f, g];
	}
	for (const [index, value] of [a, b, c, d, e, f, g, h].entries()) state[index] = ((state[index] ?? 0n) + value) & MASK;
}

/** Pads a message and passes on its blocks. */
function eachBlock(bytes: Uint8Array, size: 64 | 128, take: (view: DataView, at: number) => void): void {
	const tail = size / 8 + 1;
	const padded = new Uint8Array(Math.ceil((bytes.length + tail) / size) * size);
	padded.set(bytes);
	padded[bytes.length] = 0x80;
	const view = new DataView(padded.buffer);
	view.setBigUint64(padded.length - 8, BigInt(bytes.length) * 8n);
	for (let at = 0; at < padded.length; at += size) take(view, at);
}

function rotateLeft(word: number, by: number): number {
	return ((word << by) | (word >>> (32 - by))) >>> 0;
}

function rotateRight(word: number, by: number): number {
	return (word >>> by) | (word << (32 - by));
}

function hex32(state: Uint32Array): string {
	return Array.from(state, (word) => word.toString(16).padStart(8, "0")).join("");
}

/** The first primes. */
const PRIMES = firstPrimes(80);

function firstPrimes(count: number): readonly bigint[] {
	const primes: bigint[] = [];
	for (let candidate = 2n; primes.length < count; candidate++)
		if (primes.every((prime) => candidate % prime !== 0n)) primes.push(candidate);
	return primes;
}

/** The first 64 bits behind the point of a root. */
function rootBits(value: bigint, degree: 2n | 3n): bigint {
	const target = value << (64n * degree);
	let low = 0n;
	let high = 1n << 80n;
	while (low + 1n < high) {
		const middle = (low + high) / 2n;
		if (middle ** degree <= target) low = middle;
		else high = middle;
	}
	return low & MASK;
}

const INITIAL = PRIMES.slice(0, 8).map((prime) => rootBits(prime, 2n));
const SHA512 = PRIMES.map((prime) => rootBits(prime, 3n));
const SHA256 = Uint32Array.from(SHA512.slice(0, 64), (word) => Number(word >> 32n));

/** Adler-32 as a decimal number. */
export function adler32(value: string): string {
	let a = 1;
	let b = 0;
	for (const byte of encode(value)) {
		a = (a + byte) % 65521;
		b = (b + a) % 65521;
	}
	return String(b * 65536 + a);
}
