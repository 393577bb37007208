/** The word that somebody who wrote `written` most likely meant, or `undefined` when none is close. */
export function nearest(written: string, words: readonly string[]): string | undefined {
	const [best] = words
		.map((word) => ({ word, distance: distance(written, word) }))
		.filter((candidate) => candidate.distance <= Math.max(2, written.length / 4))
		.sort((a, b) => a.distance - b.distance);
	return best?.word;
}

/** Insertions, deletions and replacements between two words. */
function distance(a: string, b: string): number {
	let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (const [row, letter] of [...a].entries()) {
		const current = [row + 1];
		for (const [column, other] of [...b].entries()) {
			const replaced = (previous[column] ?? 0) + (letter === other ? 0 : 1);
			current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
		}
		previous = current;
	}
	return previous[b.length] ?? 0;
}
