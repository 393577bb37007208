/**
 * How near two names are: 0 for the same in another case, else the number of edits (a swap of neighbours is one), and 1 where
 * one is the other with a usual ending; `undefined` when they are further apart than a slip of the hand. Two edits are near
 * only from six characters on.
 */
export function nearness(a: string, b: string): number | undefined {
	const [short, long] = a.length < b.length ? [a, b] : [b, a];
	const more = long.length - short.length;
	if (more === 0 && (a === b || a.toLowerCase() === b.toLowerCase())) return a === b ? undefined : 0;
	if (more > 3 && long.startsWith(short) && ENDINGS.has(long.slice(short.length))) return 1;
	const most = short.length >= 6 ? 2 : 1;
	if (more > most || long.length > LONGEST) return undefined;
	return isWithin(short, long, 1) ? 1 : most > 1 && isWithin(short, long, most) ? most : undefined;
}

/**
 * Whether nobody would give the two names to two things: they differ by case, by a swap of two letters, or by a letter that stands twice
 * in a row in one of them.
 */
export function isSlip(a: string, b: string): boolean {
	const [short, long] = a.length < b.length ? [a, b] : [b, a];
	if (short === long) return false;
	if (short.toLowerCase() === long.toLowerCase()) return true;
	let at = 0;
	while (at < short.length && short[at] === long[at]) at++;
	if (long.length === short.length + 1)
		return /[a-z]/i.test(long[at] ?? "") && long[at] === long[at - 1] && short.slice(at) === long.slice(at + 1);
	const swapped = short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2);
	return long.length === short.length && swapped && /[a-z]{2}/i.test(short.slice(at, at + 2));
}

/** Whether so few edits make what stands in one text from `i` what stands in the other from `j`: the first of them where they begin to differ. */
function isWithin(a: string, b: string, edits: number, i = 0, j = 0): boolean {
	let [one, other] = [i, j];
	while (one < a.length && other < b.length && a.charCodeAt(one) === b.charCodeAt(other)) {
		one++;
		other++;
	}
	const [left, otherLeft] = [a.length - one, b.length - other];
	if (left <= edits && otherLeft <= edits) return true;
	if (edits === 0 || Math.abs(left - otherLeft) > edits) return false;
	const swapped = a[one] === b[other + 1] && a[one + 1] === b[other];
	return (
		isWithin(a, b, edits - 1, one + 1, other + 1) ||
		isWithin(a, b, edits - 1, one + 1, other) ||
		isWithin(a, b, edits - 1, one, other + 1) ||
		(swapped && isWithin(a, b, edits - 1, one + 2, other + 2))
	);
}

const ENDINGS: ReadonlySet<string> = new Set(["-svc", "-service", "-app", "-deployment"]);

/** Insertions, deletions, replacements and swaps of neighbours between two texts. More than 253 characters are not compared. */
export function editDistance(a: string, b: string): number {
	return a.length > LONGEST || b.length > LONGEST ? Math.max(a.length, b.length) : distance(...differing(a, b));
}

const LONGEST = 253;

/** Two texts without what they begin and end with alike. */
function differing(a: string, b: string): readonly [string, string] {
	let start = 0;
	while (start < a.length && start < b.length && a.charCodeAt(start) === b.charCodeAt(start)) start++;
	let [endA, endB] = [a.length, b.length];
	while (endA > start && endB > start && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) {
		endA--;
		endB--;
	}
	return [a.slice(start, endA), b.slice(start, endB)];
}

function distance(a: string, b: string): number {
	if (a === "" || b === "") return a.length + b.length;
	let beforeLast: number[] = [];
	let last = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const same = a[i - 1] === b[j - 1];
			let best = Math.min((row[j - 1] ?? 0) + 1, (last[j] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1);
			row.push(best);
		}
		beforeLast = last;
		last = row;
	}
	return last[b.length] ?? 0;
}
