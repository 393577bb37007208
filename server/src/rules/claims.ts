import type { Place, Source } from "../text/source.ts";

/** Characters of a block; a claim is looked up by the blocks that it touches. */
const BLOCK = 256;

interface Claim {
	readonly at: Place;
	readonly owner: string;
}

/** Who speaks about which characters. Costs about the same whatever the number of claims. */
export class Claims {
	private readonly blocks = new Map<Source, Map<number, Claim[]>>();

	/** Claims a place for an owner; false, and nothing is claimed, when another owner has some of its characters. */
	take(at: Place, owner: string): boolean {
		const blocks = this.blocks.get(at.source) ?? new Map<number, Claim[]>();
		const touched = touches(at);
		if (touched.some((block) => blocks.get(block)?.some((claim) => claim.owner !== owner && overlap(claim.at, at)))) return false;
		for (const block of touched) {
			const known = blocks.get(block);
			if (known) known.push({ at, owner });
			else blocks.set(block, [{ at, owner }]);
		}
		this.blocks.set(at.source, blocks);
		return true;
	}
}

function touches(at: Place): readonly number[] {
	const first = Math.floor(at.start / BLOCK);
	const last = Math.floor(Math.max(at.start, at.end - 1) / BLOCK);
	return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function overlap(a: Place, b: Place): boolean {
	return a.start === b.start || (a.start < b.end && b.start < a.end);
}
