/**
 * A short name for a value that JSON can hold: the same for equal values, and another one for different values but for a
 * chance of one in 2^53 (cyrb53, a public-domain hash).
 */
export function resultId(value: unknown): string {
	const text = JSON.stringify(value);
	let a = 0xdeadbeef;
	let b = 0x41c6ce57;
	for (let index = 0; index < text.length; index++) {
		const unit = text.charCodeAt(index);
		a = Math.imul(a ^ unit, 0x9e3779b1);
		b = Math.imul(b ^ unit, 0x5f356495);
	}
	a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
	b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
	return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
}
