/** Entries of a chunk; one that grows beyond twice as many is cut in two. */
const CHUNK = 64;

interface Chunk<V> {
	readonly keys: readonly string[];
	readonly values: readonly V[];
}

/**
 * An immutable map with its keys in order of their code units. One that is made of another shares what did not change, so that
 * making it and comparing the two cost what changed, not what there is.
 */
export class SortedMap<V> implements ReadonlyMap<string, V> {
	readonly size: number;
	private readonly chunks: readonly Chunk<V>[];

	private constructor(chunks: readonly Chunk<V>[], size: number) {
		this.chunks = chunks;
		this.size = size;
	}

	static of<V>(entries: Iterable<readonly [string, V]> = new Map<string, V>()): SortedMap<V> {
		return entries instanceof SortedMap ? entries : new SortedMap<V>([], 0).with(new Map(entries));
	}

	get(key: string): V | undefined {
		const chunk = this.chunks[this.chunkOf(key)];
		const at = chunk ? firstFrom(chunk.keys, key) : 0;
		return chunk?.keys[at] === key ? chunk.values[at] : undefined;
	}

	has(key: string): boolean {
		const chunk = this.chunks[this.chunkOf(key)];
		return chunk !== undefined && chunk.keys[firstFrom(chunk.keys, key)] === key;
	}

	/** The map with some values replaced, or (for `undefined`) gone. */
	with(changes: ReadonlyMap<string, V | undefined>): SortedMap<V> {
		if (this.chunks.length === 0) return new SortedMap(...chunksOf(changes));
		const touched = new Map<number, Map<string, V | undefined>>();
		for (const [key, value] of changes) {
			const at = this.chunkOf(key);
			const known = touched.get(at);
			if (known) known.set(key, value);
			else touched.set(at, new Map([[key, value]]));
		}
		if (touched.size === 0) return this;
		const chunks = this.chunks.flatMap((chunk, index) => {
			const own = touched.get(index);
			return own ? changed(chunk, own) : [chunk];
		});
		const size = chunks.reduce((sum, { keys }) => sum + keys.length, 0);
		return new SortedMap(chunks, size);
	}

	*entries(): MapIterator<[string, V]> {
		for (const { keys, values } of this.chunks) for (let at = 0; at < keys.length; at++) yield [keys[at] as string, values[at] as V];
	}

	*keys(): MapIterator<string> {
		for (const { keys } of this.chunks) yield* keys;
	}

	*values(): MapIterator<V> {
		for (const { values } of this.chunks) yield* values;
	}

	[Symbol.iterator](): MapIterator<[string, V]> {
		return this.entries();
	}

	forEach(call: (value: V, key: string, map: ReadonlyMap<string, V>) => void): void {
		for (const [key, value] of this) call(value, key, this);
	}

	/** The entries whose chunks another map does not share. */
	*notSharedWith(other: SortedMap<V>): Iterable<readonly [string, V]> {
		const shared = new Set(other.chunks);
		for (const chunk of this.chunks) {
			if (!shared.has(chunk)) for (const [at, key] of chunk.keys.entries()) yield [key, chunk.values[at] as V];
		}
	}

	/** The last chunk that begins at the key or before it. */
	private chunkOf(key: string): number {
		let low = 0;
		let high = this.chunks.length - 1;
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if ((this.chunks[middle]?.keys[0] ?? "") <= key) low = middle;
			else high = middle - 1;
		}
		return low;
	}
}

/** What became of a key: the value before and after, `undefined` where there is none. */
export type Difference<V> = readonly [before: V | undefined, after: V | undefined];

/** The values that differ, in no order. Costs what changed where one map was made of the other. */
export function differences<V>(before: ReadonlyMap<string, V>, after: ReadonlyMap<string, V>): readonly Difference<V>[] {
	if (before === after) return [];
	if (before.size === 0) return [...after.values()].map((value) => [undefined, value]);
	const sorted = before instanceof SortedMap && after instanceof SortedMap;
	const old = new Map(sorted ? before.notSharedWith(after) : before);
	const found: Difference<V>[] = [];
	for (const [key, value] of sorted ? after.notSharedWith(before) : after) {
		const earlier = old.get(key);
		old.delete(key);
		if (earlier !== value) found.push([earlier, value]);
	}
	for (const value of old.values()) found.push([value, undefined]);
	return found;
}

function changed<V>(chunk: Chunk<V>, changes: ReadonlyMap<string, V | undefined>): readonly Chunk<V>[] {
	const replaced = [...changes].every(([key, value]) => value !== undefined && chunk.keys[firstFrom(chunk.keys, key)] === key);
	if (replaced) return [{ keys: chunk.keys, values: chunk.keys.map((key, at) => changes.get(key) ?? (chunk.values[at] as V)) }];
	const entries = new Map<string, V | undefined>(chunk.keys.map((key, at) => [key, chunk.values[at]]));
	for (const [key, value] of changes) entries.set(key, value);
	return chunksOf(entries)[0];
}

/** What is there of some entries, in chunks, and how much it is. */
function chunksOf<V>(entries: ReadonlyMap<string, V | undefined>): readonly [chunks: readonly Chunk<V>[], size: number] {
	const keys: string[] = [];
	let sorted = true;
	for (const [key, value] of entries) {
		if (value === undefined) continue;
		sorted &&= keys.length === 0 || (keys[keys.length - 1] as string) < key;
		keys.push(key);
	}
	// Folders are listed in order.
	if (!sorted) keys.sort((a, b) => (a < b ? -1 : 1));
	const size = keys.length > 2 * CHUNK ? CHUNK : 2 * CHUNK;
	const chunks: Chunk<V>[] = [];
	for (let at = 0; at < keys.length; at += size) {
		const part = keys.slice(at, at + size);
		chunks.push({ keys: part, values: part.map((key) => entries.get(key) as V) });
	}
	return [chunks, keys.length];
}

/** Where a key stands, or would: the first one that is not before it. */
function firstFrom(keys: readonly string[], key: string): number {
	let low = 0;
	let high = keys.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((keys[middle] ?? "") < key) low = middle + 1;
		else high = middle;
	}
	return low;
}
