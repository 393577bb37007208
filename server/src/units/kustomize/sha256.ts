/** The SHA-256 of bytes, as lower-case hexadecimal digits. Source: FIPS 180-4. */
export function sha256(bytes: Uint8Array): string {
	const blocks = padded(bytes);
	const hash = new Uint32Array(INITIAL);
	const words = new Uint32Array(64);
	for (let offset = 0; offset < blocks.length; offset += 64) {
		const view = new DataView(blocks.buffer, offset, 64);
		for (let index = 0; index < 16; index++) words[index] = view.getUint32(index * 4);
		for (let index = 16; index < 64; index++) {
			const [a, b] = [word(words, index - 15), word(words, index - 2)];
			const [first, second] = [turn(a, 7) ^ turn(a, 18) ^ (a >>> 3), turn(b, 17) ^ turn(b, 19) ^ (b >>> 10)];
			words[index] = word(words, index - 16) + first + word(words, index - 7) + second;
		}
		compress(hash, words);
	}
	return [...hash].map((each) => each.toString(16).padStart(8, "0")).join("");
}

function compress(hash: Uint32Array, words: Uint32Array): void {
	let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash;
	for (let index = 0; index < 64; index++) {
		const first = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + word(ROUNDS, index) + word(words, index)) | 0;
		const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
		[h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
	}
	for (const [index, value] of [a, b, c, d, e, f, g, h].entries()) hash[index] = word(hash, index) + value;
}

function padded(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
	const result = new Uint8Array((((bytes.length + 8) >> 6) + 1) << 6);
	result.set(bytes);
	result[bytes.length] = 0x80;
	const view = new DataView(result.buffer);
	view.setUint32(result.length - 8, Math.floor(bytes.length / 0x20000000));
	view.setUint32(result.length - 4, bytes.length << 3);
	return result;
}

function turn(value: number, by: number): number {
	return (value >>> by) | (value << (32 - by));
}

function word(words: Uint32Array, index: number): number {
	return words[index] ?? 0;
}

const PRIMES = primes(64);
/** The first 32 bits of the fractions of the square roots of the first primes, and of their cube roots. */
const INITIAL = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
const ROUNDS = new Uint32Array(PRIMES.map((prime) => fraction(Math.cbrt(prime))));

function primes(count: number): readonly number[] {
	const found: number[] = [];
	for (let number = 2; found.length < count; number++) if (found.every((prime) => number % prime !== 0)) found.push(number);
	return found;
}

function fraction(root: number): number {
	return Math.floor((root - Math.floor(root)) * 2 ** 32);
}
