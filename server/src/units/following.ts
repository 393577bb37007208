import type { Manifest } from "../model/manifest.ts";
import { type Index, Indexes, makeMissing, STEP } from "./indexes.ts";
import type { Owner, Piece } from "./piece.ts";
import { Part, type Reading } from "./reading.ts";
import { type Compute, type Result, Runs } from "./runs.ts";

/** How to look at something that comes in versions. */
export interface Versions<V> {
	/** Its pieces, in order. */
	readonly pieces: (version: V) => Iterable<Piece>;
	/** Whether it has so many that looking at all of them takes its time. */
	readonly isLarge: (version: V) => boolean;
	/** The pieces that only one of two versions has; `undefined` when they have too little in common. */
	readonly changes: (before: V, after: V) => PieceChanges | undefined;
	/** The order of pieces: by file, then by place in it. */
	readonly compare: (version: V, a: Owner, b: Owner) => number;
}

export interface PieceChanges {
	readonly removed: readonly Piece[];
	readonly added: readonly Piece[];
}

/** By what they are made of, and their names. */
type Parts = Map<object, Map<string, Part<unknown>>>;

/**
 * Tables of something that changes, and what was worked out from them. They follow the version that is asked about, old or new, at
 * the cost of what differs. What was worked out is forgotten where it looked at something that is another thing now.
 */
export class Following<V> {
	private readonly versions: Versions<V>;
	private version: V;
	/** Those of the version, once somebody has looked at all of them. */
	private pieces: readonly Piece[] | undefined;
	private indexes: Indexes;
	/** What the results depend on beside the tables. */
	private key: unknown;
	private readonly results = new Map<Owner, Result>();
	/** Those in which something was found. */
	private readonly filled = new Map<Owner, Result>();
	private readonly runs = new Runs();
	private readonly parts = new Map<Owner, Parts>();
	/** The documents without a result; `undefined` where none has one. */
	private pending: Map<Owner, Manifest> | undefined;

	constructor(versions: Versions<V>, version: V) {
		this.versions = versions;
		this.version = version;
		this.indexes = this.fresh();
	}

	/** The version that was asked about last. */
	get current(): V {
		return this.version;
	}

	/** The tables of a version. They hold until another one is asked about. */
	at(version: V): Indexes {
		if (version === this.version) return this.indexes;
		const changes = this.versions.changes(this.version, version);
		this.version = version;
		this.runs.restart();
		this.pieces = undefined;
		if (changes) this.take(changes);
		else {
			this.forgetAll();
			this.indexes.end();
			this.indexes = this.fresh();
		}
		return this.indexes;
	}

	/** Makes a table of the version a step at a time, if that takes long. */
	tableInSteps(version: V, index: Index<unknown>): Iterable<void> {
		return this.at(version).prepare(index);
	}

	/** What `compute` makes of a document of the version, again only where it looked at something that changed, or with another key. */
	of<T>(version: V, key: unknown, manifest: Manifest, compute: Compute<T>): readonly T[] {
		this.prepare(version, key);
		for (const _ of this.steps(manifest, compute, false));
		return this.results.get(manifest.owner)?.found as readonly T[];
	}

	/** Works out what `of` gives. Stops being of use when another version is asked about. */
	*inSteps<T>(version: V, key: unknown, manifest: Manifest, compute: Compute<T>): Iterable<void> {
		this.prepare(version, key);
		for (const _ of this.steps(manifest, compute, true)) {
			yield;
			if (this.version !== version || this.key !== key) return;
		}
	}

	/** What `compute` makes of all documents, in the order of the text. Costs what changed and what is found. */
	all<T>(version: V, key: unknown, compute: Compute<T>): readonly T[] {
		for (const _ of this.missing(version, key, compute));
		if (this.filled.size === 0) return NOTHING;
		return [...this.filled].sort(([a], [b]) => this.compare(a, b)).flatMap(([, result]) => result.found as readonly T[]);
	}

	/** Works out what is missing for `all`, a step for each document. Stops being of use when another version is asked about. */
	*missing<T>(version: V, key: unknown, compute: Compute<T>): Iterable<void> {
		this.prepare(version, key);
		if (!this.pending && !(yield* this.gather())) return;
		this.pending ??= this.withoutResult();
		for (const manifest of this.pending.values()) {
			yield* this.inSteps(version, key, manifest, compute);
			yield;
			if (this.version !== version || this.key !== key) return;
		}
	}

	/**
	 * What `compute` makes of something in a document, again only where it looked at something that changed. It depends on nothing
	 * else, and `reading` on it.
	 */
	part<T>(version: V, owner: Owner, of: object, name: string, compute: (reading: Reading) => T, reading: Reading | undefined): T {
		this.at(version);
		const parts: Parts = this.parts.get(owner) ?? new Map();
		this.parts.set(owner, parts);
		const named = parts.get(of) ?? new Map<string, Part<unknown>>();
		parts.set(of, named);
		let part = named.get(name);
		if (!part) {
			part = new Part<unknown>(compute, () => named.delete(name), reading?.inSteps === true);
			named.set(name, part);
		}
		reading?.use(part);
		return part.value as T;
	}

	private prepare(version: V, key: unknown): void {
		this.at(version);
		if (key !== this.key) this.forgetAll();
		this.key = key;
	}

	/** Until there is a result. */
	private *steps<T>(manifest: Manifest, compute: Compute<T>, inSteps: boolean): Iterable<void> {
		const { owner } = manifest;
		const onEnd = (reading: Reading) => this.forget(manifest, reading);
		while (!this.results.has(owner)) {
			try {
				const result = this.runs.step(manifest, compute, inSteps, onEnd);
				if (result) this.keep(manifest, result);
				else yield;
			} catch (error) {
				yield* makeMissing(error);
			}
		}
	}

	private keep({ owner }: Manifest, result: Result): void {
		this.results.set(owner, result);
		if (result.found.length > 0) this.filled.set(owner, result);
		this.pending?.delete(owner);
	}

	private forget(manifest: Manifest, by: Reading): void {
		const { owner } = manifest;
		if (this.results.get(owner)?.reading !== by) return;
		this.results.delete(owner);
		this.filled.delete(owner);
		this.pending?.set(owner, manifest);
	}

	private withoutResult(): Map<Owner, Manifest> {
		const found = new Map<Owner, Manifest>();
		for (const { owner, manifest } of this.everything()) {
			if (manifest && !this.results.has(owner)) found.set(owner, manifest);
		}
		return found;
	}

	private take({ removed, added }: PieceChanges): void {
		this.indexes.change(removed, added);
		for (const { owner } of removed) {
			this.results.get(owner)?.reading.end();
			this.forgetParts(owner);
			this.pending?.delete(owner);
		}
		for (const { owner, manifest } of added) if (manifest) this.pending?.set(owner, manifest);
	}

	private forgetAll(): void {
		this.runs.restart();
		for (const { reading } of [...this.results.values()]) reading.end();
		for (const owner of [...this.parts.keys()]) this.forgetParts(owner);
		this.pending = undefined;
	}

	private forgetParts(owner: Owner): void {
		for (const named of this.parts.get(owner)?.values() ?? []) for (const part of [...named.values()]) part.end();
		this.parts.delete(owner);
	}

	private fresh(): Indexes {
		const pieces = { all: () => this.everything(), gather: () => this.gather(), areMany: () => this.versions.isLarge(this.version) };
		return new Indexes(pieces, (a, b) => this.compare(a, b));
	}

	/** Gets hold of the pieces, a step at a time; false when another version is asked about meanwhile. */
	private *gather(): Generator<void, boolean> {
		if (this.pieces) return true;
		const { version } = this;
		const found: Piece[] = [];
		for (const piece of this.versions.pieces(version)) {
			found.push(piece);
			if (found.length % STEP > 0) continue;
			yield;
			if (this.version !== version) return false;
		}
		this.pieces ??= found;
		return true;
	}

	private everything(): readonly Piece[] {
		this.pieces ??= [...this.versions.pieces(this.version)];
		return this.pieces;
	}

	private compare(a: Owner, b: Owner): number {
		return this.versions.compare(this.version, a, b);
	}
}

const NOTHING: readonly never[] = [];
