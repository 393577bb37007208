import type { Owner } from "./piece.ts";

/** Whether an entry matters. Depends on nothing but the entry and on what never changes. */
export type Accept<T> = (entry: T) => boolean;

/** Where something looked, or what it made use of. */
interface Seen {
	leave(reading: Reading): void;
}

/** What something saw. It ends when one of these is something else. */
export class Reading {
	private seen: Seen[] = [];
	private readonly onEnd: () => void;
	/** Who looks can begin anew when a table is not made yet. */
	readonly inSteps: boolean;

	constructor(onEnd: () => void, inSteps: boolean) {
		this.onEnd = onEnd;
		this.inSteps = inSteps;
	}

	look(bucket: Bucket, accept: Accept<never> | undefined): void {
		if (bucket.enter(this, accept as Accept<unknown> | undefined)) this.seen.push(bucket);
	}

	use(part: Part<unknown>): void {
		if (part.enter(this)) this.seen.push(part);
	}

	/** To be called when nothing more is looked at. */
	close(): void {
		// A copy has no room for more, which a list that grew has.
		this.seen = this.seen.slice();
	}

	/** For one who did not come to an end of looking. */
	drop(): void {
		const { seen } = this;
		this.seen = [];
		for (const each of seen) each.leave(this);
	}

	end(): void {
		this.drop();
		this.onEnd();
	}
}

/** What `compute` makes of what it sees; when it throws, it has seen nothing. */
export function reading<T>(by: Reading, compute: (by: Reading) => T): T {
	try {
		const made = compute(by);
		by.close();
		return made;
	} catch (error) {
		by.drop();
		throw error;
	}
}

/** Something that was worked out once for several, or that outlives who asked for it. Who makes use of it ends with it. */
export class Part<T> {
	readonly value: T;
	private readonly reading: Reading;
	private readonly users = new Set<Reading>();

	constructor(compute: (reading: Reading) => T, onEnd: () => void, inSteps: boolean) {
		this.reading = new Reading(() => {
			onEnd();
			for (const user of [...this.users]) user.end();
		}, inSteps);
		this.value = reading(this.reading, compute);
	}

	/** False for one that makes use of it already. */
	enter(user: Reading): boolean {
		if (this.users.has(user)) return false;
		this.users.add(user);
		return true;
	}

	leave(user: Reading): void {
		this.users.delete(user);
	}

	end(): void {
		this.reading.end();
	}
}

const EVERYTHING = "everything";

type Accepts = Accept<unknown>[] | typeof EVERYTHING;

/** Who reads something, and what of it matters to them. Most things are read by one. */
class Readers {
	private only: readonly [reading: Reading, accepts: Accepts] | undefined;
	private several: Map<Reading, Accepts> | undefined;

	get isEmpty(): boolean {
		return this.several ? this.several.size === 0 : this.only === undefined;
	}

	get(reading: Reading): Accepts | undefined {
		return this.several ? this.several.get(reading) : this.only?.[0] === reading ? this.only[1] : undefined;
	}

	set(reading: Reading, accepts: Accepts): void {
		if (!this.several && this.only && this.only[0] !== reading) this.several = new Map([this.only]);
		if (this.several) this.several.set(reading, accepts);
		else this.only = [reading, accepts];
	}

	delete(reading: Reading): void {
		if (this.several) this.several.delete(reading);
		else if (this.only?.[0] === reading) this.only = undefined;
	}

	[Symbol.iterator](): Iterator<readonly [reading: Reading, accepts: Accepts]> {
		return (this.several ?? (this.only ? [this.only] : []))[Symbol.iterator]();
	}
}

/** What a table has under one key, in the order of the text, and who reads it. */
export class Bucket {
	owners: Owner[] = [];
	/** Never changed but as a whole, once it was given out. */
	entries: unknown[] = [];
	private readers: Readers | undefined;
	private readonly table: Map<string, Bucket>;
	private readonly key: string;

	constructor(table: Map<string, Bucket>, key: string) {
		this.table = table;
		this.key = key;
	}

	/** To be called before somebody looks. A list that grows has room for many, and most have one. */
	begin(owner: Owner, entry: unknown): void {
		this.owners = [owner];
		this.entries = [entry];
	}

	/** False for one that reads here already. */
	enter(reading: Reading, accept: Accept<unknown> | undefined): boolean {
		this.readers ??= new Readers();
		const known = this.readers.get(reading);
		if (!accept) this.readers.set(reading, EVERYTHING);
		else if (!known) this.readers.set(reading, [accept]);
		else if (known !== EVERYTHING) known.push(accept);
		return known === undefined;
	}

	leave(reading: Reading): void {
		this.readers?.delete(reading);
		this.tidy();
	}

	/** Ends the readings to which one of the entries that came or went matters. */
	tell(changed: readonly unknown[]): void {
		for (const [reading, accepts] of this.readers ?? []) {
			if (accepts === EVERYTHING || changed.some((entry) => accepts.some((accept) => accept(entry)))) reading.end();
		}
		this.tidy();
	}

	endAll(): void {
		for (const [reading] of [...(this.readers ?? [])]) reading.end();
	}

	private tidy(): void {
		if (this.readers?.isEmpty) this.readers = undefined;
		if (this.entries.length === 0 && !this.readers) this.table.delete(this.key);
	}
}
