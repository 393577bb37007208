import type { KubeObject } from "../model/object.ts";
import type { Owner, Piece } from "./piece.ts";
import { type Accept, Bucket, type Reading } from "./reading.ts";

/** How things of a unit are found: each by one or more keys. A constant, which stands for the table that is made of it. */
export interface Index<T> {
	/** What a piece holds, by key. Depends on the piece alone. */
	readonly entries: (piece: Piece) => Iterable<Entry<T>>;
}

/** How things are found that lie in several pieces: from what another index has under one key. */
export interface DerivedIndex<S, T> extends Index<T> {
	readonly from: Index<S>;
	readonly derive: (key: string, found: readonly S[]) => Iterable<Entry<T>>;
}

/**
 * What an index has under "", as far as it fits a key that somebody asks about. For keys that things do not name themselves, so that
 * they cannot be entered under them.
 */
export interface FittingIndex<T> extends Index<T> {
	readonly among: Index<T>;
	readonly fits: (key: string, entry: T) => boolean;
}

export type Entry<T> = readonly [key: string, entry: T];

export type AnyIndex = Index<unknown> | DerivedIndex<unknown, unknown> | FittingIndex<unknown>;

/** An index of the objects of a unit. */
export function objectIndex<T>(entries: (object: KubeObject) => Iterable<Entry<T>>): Index<T> {
	return {
		entries: ({ manifest }) => {
			const [first, second] = manifest?.objects ?? NONE;
			if (!first) return NONE;
			return second ? (manifest?.objects ?? NONE).flatMap((object) => [...entries(object)]) : entries(first);
		},
	};
}

const NONE: readonly never[] = [];

export function derivedIndex<S, T>(from: Index<S>, derive: DerivedIndex<S, T>["derive"]): DerivedIndex<S, T> {
	return { from, derive, entries: () => [] };
}

export function fittingIndex<T>(among: Index<T>, fits: FittingIndex<T>["fits"]): FittingIndex<T> {
	return { among, fits, entries: () => [] };
}

/** Where something can be looked up by an index. */
export interface Finder {
	/** What stands under a key, in the order of the text; of that what `accept` takes, and then the answer depends on nothing else. */
	find<T extends KubeObject>(index: Index<T>, key: string, accept?: Accept<T>): readonly T[];
	/** How much stands under a key: for choosing where to look, as no answer may depend on it. */
	count(index: AnyIndex, key: string): number;
	/** The order of the text. */
	compare(a: KubeObject, b: KubeObject): number;
}

type Table = Map<string, Bucket>;

/** Where the pieces come from. */
export interface Pieces {
	/** Those of now, in order. */
	readonly all: () => Iterable<Piece>;
	/** Gets hold of them a step at a time; false when they became others meanwhile. */
	readonly gather: () => Generator<void, boolean>;
	/** Whether there are so many that making a table of them takes its time. */
	readonly areMany: () => boolean;
}

/**
 * Thrown at one who works in steps and looks into a large table that is not made yet. Who catches it lets it be made, a step at a time,
 * and begins anew.
 */
export class TableMissing {
	readonly make: () => Iterable<void>;

	constructor(make: () => Iterable<void>) {
		this.make = make;
	}
}

/** Makes the table for the lack of which somebody came to no end, a step at a time. Throws what is something else. */
export function* makeMissing(error: unknown): Iterable<void> {
	if (!(error instanceof TableMissing)) throw error;
	yield* error.make();
}

/** Pieces of a step. */
export const STEP = 100;

/** The tables of some pieces. They change with the pieces, and whoever read what changed is told. */
export class Indexes {
	private readonly tables = new Map<AnyIndex, Table>();
	/** The order of the text. */
	readonly compare: (a: Owner, b: Owner) => number;
	private readonly pieces: Pieces;
	/** How often the pieces became others. */
	private edition = 0;

	/** `compare` gives the order of the text, and knows the owners of now. */
	constructor(pieces: Pieces, compare: (a: Owner, b: Owner) => number) {
		this.pieces = pieces;
		this.compare = compare;
	}

	/** What stands under a key, in the order of the text; of that what `accept` takes, when `reading` depends on nothing else. */
	find<T>(index: Index<T>, key: string, accept: Accept<T> | undefined, reading: Reading | undefined): readonly T[] {
		if (reading?.inSteps) this.needs(index);
		const table = this.table(index);
		let bucket = table.get(key);
		if (!bucket && "among" in index) bucket = this.fitting(index as FittingIndex<unknown>, key, table);
		if (reading) {
			bucket ??= bucketIn(table, key);
			reading.look(bucket, accept);
		}
		const entries = (bucket?.entries ?? NONE) as readonly T[];
		return accept ? entries.filter(accept) : entries;
	}

	/** How much stands under a key: for choosing where to look, since nobody is told when it changes. */
	count(index: AnyIndex, key: string, reading: Reading | undefined): number {
		if (reading?.inSteps) this.needs(index);
		return this.table(index).get(key)?.entries.length ?? 0;
	}

	/** To be called when `pieces` gives others. */
	change(removed: readonly Piece[], added: readonly Piece[]): void {
		this.edition++;
		for (const [index, table] of this.tables) {
			if (!("from" in index || "among" in index)) this.apply(index, table, changesOf(index, removed, added));
		}
	}

	/** Nobody is told any more; whoever read here has to read again. */
	end(): void {
		for (const table of this.tables.values()) for (const bucket of [...table.values()]) bucket.endAll();
	}

	/** Makes a table a step at a time, if that takes long. */
	*prepare(index: Index<unknown>): Iterable<void> {
		if (!this.tables.has(index) && this.pieces.areMany()) yield* this.make(index);
	}

	/** @throws `TableMissing` */
	private needs(index: AnyIndex): void {
		if (this.tables.has(index)) return;
		if ("from" in index) this.needs(index.from);
		else if ("among" in index) this.needs(index.among);
		else if (this.pieces.areMany()) throw new TableMissing(() => this.make(index));
	}

	/** Makes nothing when the pieces become others meanwhile. */
	private *make(index: AnyIndex): Iterable<void> {
		if (!(yield* this.pieces.gather())) return;
		const { edition } = this;
		const table: Table = new Map();
		let entered = 0;
		for (const piece of this.pieces.all()) {
			this.enter(index, table, piece);
			if (++entered % STEP > 0) continue;
			yield;
			if (this.edition !== edition) return;
		}
		if (!this.tables.has(index)) this.tables.set(index, table);
	}

	/** Made when it is asked for the first time. */
	private table(index: AnyIndex): Table {
		let table = this.tables.get(index);
		if (!table) {
			table = new Map();
			if ("from" in index) this.apply(index, table, this.derived(index));
			else if (!("among" in index)) this.fill(index, table);
			this.tables.set(index, table);
		}
		return table;
	}

	private fill(index: AnyIndex, table: Table): void {
		for (const piece of this.pieces.all()) this.enter(index, table, piece);
	}

	/** Nobody reads a table yet that is made. */
	private enter(index: AnyIndex, table: Table, piece: Piece): void {
		for (const [key, entry] of index.entries(piece)) {
			const bucket = bucketIn(table, key);
			if (bucket.owners.length === 0) bucket.begin(piece.owner, entry);
			else this.insert(piece.owner, entry, bucket.owners, bucket.entries);
		}
	}

	/** Made when its key is asked for the first time. */
	private fitting({ among, fits }: FittingIndex<unknown>, key: string, table: Table): Bucket {
		const bucket = bucketIn(table, key);
		const all = this.table(among).get("");
		all?.entries.forEach((entry, at) => {
			if (!fits(key, entry)) return;
			bucket.owners.push(all.owners[at] as Owner);
			bucket.entries.push(entry);
		});
		return bucket;
	}

	private derived(index: DerivedIndex<unknown, unknown>): Changes {
		const changes = new Changes();
		for (const [key, { entries }] of this.table(index.from)) {
			for (const [to, entry] of index.derive(key, entries)) changes.add(to, key, entry);
		}
		return changes;
	}

	private apply(index: AnyIndex, table: Table, changes: Changes): void {
		this.applyToFitting(index, changes.byKey.get(""));
		const derived = [...this.tables].flatMap(([other, into]) => ("from" in other && other.from === index ? [{ other, into }] : []));
		const further = derived.map((each) => ({ ...each, changes: new Changes() }));
		for (const [key, change] of changes.byKey) {
			const bucket = bucketIn(table, key);
			const before = bucket.entries;
			const gone = this.put(bucket, change);
			if (!gone) continue;
			for (const { other, changes: next } of further) {
				for (const [to] of other.derive(key, before)) next.remove(to, key);
				for (const [to, entry] of other.derive(key, bucket.entries)) next.add(to, key, entry);
			}
			bucket.tell([...gone, ...change.added.map(([, entry]) => entry)]);
		}
		for (const { other, into, changes: next } of further) this.apply(other, into, next);
	}

	private applyToFitting(index: AnyIndex, change: Change | undefined): void {
		if (!change) return;
		for (const [other, table] of this.tables) {
			if (!("among" in other) || other.among !== index) continue;
			const changes = new Changes();
			for (const key of table.keys()) {
				for (const owner of change.removed ?? []) changes.remove(key, owner);
				for (const [owner, entry] of change.added) if (other.fits(key, entry)) changes.add(key, owner, entry);
			}
			this.apply(other, table, changes);
		}
	}

	/** Gives what is gone; `undefined` where the same has come back, so that nothing is changed. */
	private put(bucket: Bucket, { removed, added }: Change): readonly unknown[] | undefined {
		const { owners, entries, gone } = without(bucket, removed);
		for (const [owner, entry] of added) this.insert(owner, entry, owners, entries);
		bucket.owners = owners;
		bucket.entries = entries;
		return gone.length === added.length && gone.every((entry, at) => entry === added[at]?.[1]) ? undefined : gone;
	}

	private insert(owner: Owner, entry: unknown, owners: Owner[], entries: unknown[]): void {
		const at = this.placeFor(owner, owners);
		if (at === owners.length) {
			owners.push(owner);
			entries.push(entry);
		} else {
			owners.splice(at, 0, owner);
			entries.splice(at, 0, entry);
		}
	}

	/** Behind everything that does not come after it. */
	private placeFor(owner: Owner, owners: readonly Owner[]): number {
		let low = 0;
		let high = owners.length;
		if (high === 0 || this.compare(owners[high - 1] as Owner, owner) <= 0) return high;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (this.compare(owners[middle] as Owner, owner) <= 0) low = middle + 1;
			else high = middle;
		}
		return low;
	}
}

function bucketIn(table: Table, key: string): Bucket {
	let bucket = table.get(key);
	if (!bucket) {
		bucket = new Bucket(table, key);
		table.set(key, bucket);
	}
	return bucket;
}

/** Up to so many, looking for each is faster than looking at everything. */
const FEW = 4;

/** Copies of what a bucket has but for what some owners brought. */
function without(bucket: Bucket, removed: ReadonlySet<Owner> = new Set()): { owners: Owner[]; entries: unknown[]; gone: unknown[] } {
	const gone: unknown[] = [];
	if (removed.size > FEW) {
		const isGone = (_: unknown, at: number): boolean => removed.has(bucket.owners[at] as Owner);
		const isLeft = (_: unknown, at: number): boolean => !isGone(_, at);
		return { owners: bucket.owners.filter(isLeft), entries: bucket.entries.filter(isLeft), gone: bucket.entries.filter(isGone) };
	}
	const [owners, entries] = [bucket.owners.slice(), bucket.entries.slice()];
	for (const owner of removed) {
		const at = owners.indexOf(owner);
		let count = 0;
		while (at >= 0 && owners[at + count] === owner) count++;
		owners.splice(at, count);
		if (count > 0) gone.push(...entries.splice(at, count));
	}
	return { owners, entries, gone };
}

function changesOf(index: AnyIndex, removed: Iterable<Piece>, added: Iterable<Piece>): Changes {
	const changes = new Changes();
	for (const piece of removed) for (const [key] of index.entries(piece)) changes.remove(key, piece.owner);
	for (const piece of added) for (const [key, entry] of index.entries(piece)) changes.add(key, piece.owner, entry);
	return changes;
}

interface Change {
	removed: Set<Owner> | undefined;
	readonly added: (readonly [Owner, unknown])[];
}

class Changes {
	readonly byKey = new Map<string, Change>();

	remove(key: string, owner: Owner): void {
		const change = this.of(key);
		change.removed ??= new Set();
		change.removed.add(owner);
	}

	add(key: string, owner: Owner, entry: unknown): void {
		this.of(key).added.push([owner, entry]);
	}

	private of(key: string): Change {
		let change = this.byKey.get(key);
		if (!change) {
			change = { removed: undefined, added: [] };
			this.byKey.set(key, change);
		}
		return change;
	}
}
