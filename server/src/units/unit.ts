import type { Manifest } from "../model/manifest.ts";
import type { KubeObject } from "../model/object.ts";
import type { ConfigurationFile } from "../settings/configurationFile.ts";
import type { Place, Source } from "../text/source.ts";
import { ALTERNATIVES } from "./alternatives.ts";
import { CONTENTS, type Content, documentsOf, filesOf, holds, KUSTOMIZED, readInSteps, textsOf } from "./content.ts";
import { Following } from "./following.ts";
import type { ImageBuilds } from "./imageBuilds.ts";
import { type AnyIndex, type Finder, type Index, objectIndex } from "./indexes.ts";
import type { Gap } from "./piece.ts";
import type { Accept, Reading } from "./reading.ts";
import type { Rendering } from "./rendering.ts";
import type { Compute } from "./runs.ts";

export type { Gap } from "./piece.ts";

/** What is known of a unit without reading its files. */
export interface Facts {
	/** Unique among the units of a snapshot. */
	readonly id: string;
	/** What the user calls it: a configured name, else the folder. */
	readonly name: string;
	readonly kind: "plain" | "kustomize" | "chart" | "stdin" | "configured";
	/** The folder, without a slash at the end; of a configured unit the one that holds its configuration. */
	readonly path: string;
	/** The images that are built in the workspace around it. */
	readonly images: ImageBuilds;
	/** The configuration file that stands in the folder. */
	readonly configuration: ConfigurationFile | undefined;
	/** The manifest of a tool that names the unit, and its name there. */
	readonly deployer?: { readonly uri: string; readonly at: Place };
}

/** Something that is worked out from a document and what it finds in its unit. Depends on nothing else but a key. */
export type Checking<T> = (manifest: Manifest, unit: Unit) => Generator<void, readonly T[]>;

/** What is worked out about units, each by its id. It follows them from version to version. */
export type Line = Map<string, Following<Content>>;

const MANIFESTS: Index<Manifest> = { entries: ({ manifest }) => (manifest ? [["", manifest]] : []) };
const OBJECTS = objectIndex((object) => [["", object]]);
const GAPS: Index<Gap> = { entries: ({ gap }) => (gap ? [["", gap]] : []) };
/** The same for all gaps, so that one that changes is none that comes or goes. */
const IS_GAP: Index<true> = { entries: ({ gap }) => (gap ? [["", true]] : []) };
const IS_ALTERED: Index<true> = { entries: ({ gap }) => (gap?.alters ? [["", true]] : []) };
const ALTERING: Index<Gap> = { entries: ({ gap }) => (gap?.alters ? [["", gap]] : []) };
const IS_KUSTOMIZED: Index<true> = { entries: ({ gap }) => (gap?.reason === KUSTOMIZED ? [["", true]] : []) };

/**
 * Objects that are deployed together, at one moment. What lies to the right of this folder does not know how a unit came about,
 * and finds things in it by indexes: that costs what is found, and it is known what an answer depends on.
 */
export class Unit implements Finder {
	readonly facts: Facts;
	/** `undefined` for one that nobody looks with any more, since what is remembered would else keep every version that it was found in. */
	private held: Content | undefined;
	private readonly line: Line;
	/** Who looks, if what it finds is to be remembered. */
	readonly reading: Reading | undefined;

	constructor(facts: Facts, content: Content, line: Line, reading?: Reading) {
		this.facts = facts;
		this.held = content;
		this.line = line;
		this.reading = reading;
	}

	get id(): string {
		return this.facts.id;
	}

	get name(): string {
		return this.facts.name;
	}

	get kind(): Facts["kind"] {
		return this.facts.kind;
	}

	get path(): string {
		return this.facts.path;
	}

	/** The manifest of a tool that names the unit, and its name there. */
	get deployer(): Facts["deployer"] {
		return this.facts.deployer;
	}

	/** Objects are changed before they are deployed in ways that are not known here, so that what they lack may be added. */
	get patched(): boolean {
		return this.find(IS_ALTERED, "").length > 0;
	}

	/** The first of what may change objects that are here. */
	get alteration(): Gap | undefined {
		return this.find(ALTERING, "")[0];
	}

	/** Something that is not known may add to objects: they may be patches that their kustomization does not name any more. */
	get addedTo(): boolean {
		return this.patched || this.find(IS_KUSTOMIZED, "").length > 0;
	}

	get images(): ImageBuilds {
		return this.facts.images;
	}

	get configuration(): ConfigurationFile | undefined {
		return this.facts.configuration;
	}

	/** Every document, in the order of the text. */
	get manifests(): readonly Manifest[] {
		return this.find(MANIFESTS, "");
	}

	/** Every object, in the order of the text. */
	get objects(): readonly KubeObject[] {
		return this.find(OBJECTS, "");
	}

	get gaps(): readonly Gap[] {
		return this.find(GAPS, "");
	}

	/** False when objects may be deployed that are not here, so that nothing is said about absence. */
	get complete(): boolean {
		return this.find(IS_GAP, "").length === 0;
	}

	/** The files of which the unit is made, those from which something is rendered and templates among them. */
	get files(): Iterable<string> {
		return filesOf(this.content);
	}

	/** The folders that the unit stands in, whose neighbours are near. */
	get folders(): readonly string[] {
		return [...this.content.members.map(({ folder }) => folder.path), ...this.content.rendered.map(({ rendering }) => rendering.root.path)];
	}

	/** What is rendered in it. */
	get renderings(): readonly Rendering[] {
		return this.content.rendered.map(({ rendering }) => rendering);
	}

	/** Files and folders that renderers asked for, and of which nobody knows whether they are there. */
	get wanted(): readonly string[] {
		return this.renderings.flatMap(({ wanted }) => wanted);
	}

	/** Whether a file is one of the unit's, and no template that is left alone. */
	has(uri: string): boolean {
		return holds(this.content, uri);
	}

	/** The documents that stand in a file, or have something standing there once they are rendered. */
	documents(uri: string): readonly Manifest[] {
		return documentsOf(this.content, uri);
	}

	/** The texts that stand in a file. */
	texts(uri: string): readonly Source[] {
		return textsOf(this.content, uri);
	}

	/** Reads the documents of one file, a step for each, so that it is known what they hold when somebody asks for it. */
	readInSteps(uri: string): Iterable<void> {
		return readInSteps(this.content, uri);
	}

	/**
	 * What the unit has under a key, in the order of the text, and of that what `accept` takes: then the answer depends on nothing
	 * else.
	 */
	find<T>(index: Index<T>, key: string, accept?: Accept<T>): readonly T[] {
		return this.following.at(this.content).find(index, key, accept, this.reading);
	}

	/** Makes the table of an index that takes long to make, a step at a time, so that `find` need not. */
	prepare(index: Index<unknown>): Iterable<void> {
		return this.following.tableInSteps(this.content, index);
	}

	/** Finds out what `objects` gives, in steps. */
	*listInSteps(): Iterable<void> {
		yield* this.prepare(OBJECTS);
		this.objects.length;
		yield;
	}

	/** How much there is under a key: for choosing where to look, as no answer may depend on it. */
	count(index: AnyIndex, key: string): number {
		return this.following.at(this.content).count(index, key, this.reading);
	}

	/** The order of the text. */
	compare(a: KubeObject, b: KubeObject): number {
		return this.following.at(this.content).compare(a.owner, b.owner) || a.root.start - b.root.start;
	}

	/** Whether some file of the unit defines an object of this one differently. */
	hasAlternatives(uri: string): boolean {
		return !isDeployedAsOne(this) && this.find(ALTERNATIVES, uri).length > 0;
	}

	/** Files of the unit that define one object differently, so that only one of them is ever deployed. */
	areAlternatives(a: string, b: string): boolean {
		if (a === b || isDeployedAsOne(this)) return false;
		const shared = this.find(ALTERNATIVES, a);
		if (shared.length === 0) return false;
		const others = new Set(this.find(ALTERNATIVES, b));
		return shared.some((identity) => others.has(identity));
	}

	/** What `compute` makes of a document, kept until something that it looked at changes, or with another key. */
	resultOf<T>(key: unknown, manifest: Manifest, compute: Checking<T>): readonly T[] {
		return this.following.of(this.content, key, manifest, this.seen(compute));
	}

	/** Works out what `resultOf` gives. */
	resultInSteps<T>(key: unknown, manifest: Manifest, compute: Checking<T>): Iterable<void> {
		return this.following.inSteps(this.content, key, manifest, this.seen(compute));
	}

	/** What `compute` makes of all documents, in the order of the text. */
	results<T>(key: unknown, compute: Checking<T>): readonly T[] {
		return this.following.all(this.content, key, this.seen(compute));
	}

	/** Works out what `results` still lacks, a step for each document. */
	missingResults<T>(key: unknown, compute: Checking<T>): Iterable<void> {
		return this.following.missing(this.content, key, this.seen(compute));
	}

	/**
	 * What `compute` makes of an object, kept until something that it looked at changes, whatever becomes of who asks. It depends on
	 * nothing else.
	 */
	partOf<T>(object: KubeObject, name: string, compute: (unit: Unit) => T): T {
		const within = (reading: Reading) => {
			const unit = this.lookingWith(reading);
			try {
				return compute(unit);
			} finally {
				unit.held = undefined;
			}
		};
		return this.following.part(this.content, object.owner, object, name, within, this.reading);
	}

	private seen<T>(compute: Checking<T>): Compute<T> {
		const looking = (reading: Reading) => this.lookingWith(reading);
		return function* (manifest, reading) {
			const unit = looking(reading);
			try {
				return yield* compute(manifest, unit);
			} finally {
				unit.held = undefined;
			}
		};
	}

	private lookingWith(reading: Reading): Unit {
		return new Unit(this.facts, this.content, this.line, reading);
	}

	/** Afterwards it is what there is now. */
	private get content(): Content {
		return this.held ?? this.line.get(this.id)?.current ?? NOTHING;
	}

	private get following(): Following<Content> {
		let following = this.line.get(this.id);
		if (!following) {
			following = new Following(CONTENTS, this.content);
			this.line.set(this.id, following);
		}
		return following;
	}
}

const NOTHING: Content = { members: [], rendered: [], gaps: [] };

/** Whether everything in a unit is deployed for certain, whatever files it stands in. */
export function isDeployedAsOne({ kind }: Unit): boolean {
	return kind !== "plain";
}

/** Whether two objects of a unit can be in the cluster together, as far as their files tell. */
export function sees(unit: Unit, a: KubeObject, b: KubeObject): boolean {
	return a.source.uri === b.source.uri || !unit.areAlternatives(a.source.uri, b.source.uri);
}
