/**
 * Where an offset of a text has come to in a later version of it; `undefined` where the characters behind it were replaced. All
 * that differs counts as one edit.
 */
export function mover(before: string, after: string): (offset: number) => number | undefined {
	const shorter = Math.min(before.length, after.length);
	let head = 0;
	while (head < shorter && before.charCodeAt(head) === after.charCodeAt(head)) head++;
	let tail = 0;
	while (tail < shorter - head && before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)) tail++;
	return (offset) => {
		if (offset < head) return offset;
		return offset >= before.length - tail ? offset + after.length - before.length : undefined;
	};
}
