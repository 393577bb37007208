import type { Label } from "../model/labels.ts";
import { type Place, place } from "../text/source.ts";

/** Where labels stand: one alone on its value, several from the key of the first to the value of the last. */
export function labelSpan(labels: readonly Label[]): Place | undefined {
	const [first] = labels;
	if (!first || (labels.length === 1 && first.node.end > first.node.start)) return first?.node;
	const ends = labels.map(({ key, node }) => Math.max(key.end, node.end));
	return place(first.key.source, Math.min(...labels.map(({ key }) => key.start)), Math.max(...ends));
}
