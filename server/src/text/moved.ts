/**
 * Where an offset of a text has come to in a later version of it. All that differs counts as one edit; inside it the rest of the
 * offset's line is looked for, as the same one of as many that are alike. `undefined` where it is gone.
 */
export function mover(before: string, after: string): (offset: number) => number | undefined {
	const shorter = Math.min(before.length, after.length);
	let head = 0;
	while (head < shorter && before.charCodeAt(head) === after.charCodeAt(head)) head++;
	let tail = 0;
	while (tail < shorter - head && before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)) tail++;
	return (offset) => {
		if (offset < head) return offset;
		if (offset >= before.length - tail) return offset + after.length - before.length;
		const line = /^.*/.exec(before.slice(offset))?.[0] ?? "";
		const [old, now] = [occurrences(before, line), occurrences(after, line)];
		return old.length === now.length ? now[old.indexOf(offset)] : undefined;
	};
}

function occurrences(text: string, line: string): readonly number[] {
	const found: number[] = [];
	if (line !== "") for (let at = text.indexOf(line); at >= 0; at = text.indexOf(line, at + line.length)) found.push(at);
	return found;
}
