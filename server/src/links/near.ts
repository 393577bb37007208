import type { KubeObject } from "../model/object.ts";
import { differences } from "../text/sortedMap.ts";
import { compareFiles, compareOwners, countsMore, piecesOf } from "../units/content.ts";
import { type Folder, folderOf } from "../units/folder.ts";
import { Following, type PieceChanges, type Versions } from "../units/following.ts";
import type { AnyIndex, Finder, Index } from "../units/indexes.ts";
import type { Piece } from "../units/piece.ts";
import type { Accept } from "../units/reading.ts";
import { type Surroundings, wholeRole } from "../units/role.ts";
import type { Unit } from "../units/unit.ts";
import { fileOf, type Snapshot } from "./snapshot.ts";
import { deployedPaths } from "./units.ts";

/**
 * What stands in the folders beside a unit's, the one above and all below that (of a unit that a tool deploys also in what others deploy), which links look into but findings do not. What is
 * found is remembered with what the unit's own is.
 */
export class Near implements Finder {
	private readonly snapshot: Snapshot;
	private readonly unit: Unit;
	/** The folders that the unit stands in, and the files from which it is rendered. */
	private readonly own: ReadonlySet<string>;
	private readonly parents: ReadonlySet<string>;

	constructor(snapshot: Snapshot, unit: Unit) {
		this.snapshot = snapshot;
		this.unit = unit;
		this.own = new Set([...unit.folders, ...unit.renderings.flatMap(({ files }) => [...files.keys()])]);
		// What other tools deploy may meet what one deploys, wherever it lies.
		const deployed = unit.deployer ? deployedPaths(snapshot) : [];
		this.parents = new Set([...unit.folders.map(folderOf), ...deployed].filter((parent) => parent !== ""));
	}

	find<T extends KubeObject>(index: Index<T>, key: string, accept: Accept<T> = () => true): readonly T[] {
		if (this.parents.size === 0) return [];
		const { own, parents } = this;
		return this.indexes.find(index, key, (object) => isNear(object, own, parents) && accept(object), this.unit.reading);
	}

	count(index: AnyIndex, key: string): number {
		return this.indexes.count(index, key, this.unit.reading);
	}

	compare(a: KubeObject, b: KubeObject): number {
		return this.indexes.compare(a.owner, b.owner) || a.root.start - b.root.start;
	}

	private get indexes() {
		return following(this.snapshot).at(this.snapshot);
	}
}

function isNear({ source }: KubeObject, own: ReadonlySet<string>, parents: ReadonlySet<string>): boolean {
	const folder = folderOf(source.uri);
	if (own.has(folder) || own.has(source.uri)) return false;
	for (let at = folder; at !== ""; at = folderOf(at)) if (parents.has(at)) return true;
	return false;
}

/** Has what was remembered take notice of what is near now. To be called before something is asked for that may be remembered. */
export function followNear(snapshot: Snapshot): void {
	known.get(snapshot.line)?.at(snapshot);
}

const known = new WeakMap<Snapshot["line"], Following<Snapshot>>();

function following(snapshot: Snapshot): Following<Snapshot> {
	let found = known.get(snapshot.line);
	if (!found) {
		found = new Following(SNAPSHOTS, snapshot);
		known.set(snapshot.line, found);
	}
	return found;
}

const SNAPSHOTS: Versions<Snapshot> = {
	pieces: function* (snapshot) {
		for (const folder of snapshot.folders.values())
			yield* piecesOf({ members: [{ folder, role: wholeRole(snapshot, folder) }], rendered: [], gaps: [] });
	},
	isLarge: (snapshot) => countsMore(snapshot.folders.values()),
	changes: changedPieces,
	compare: (snapshot, a, b) => compareOwners((uri) => fileOf(snapshot, uri), a, b),
};

/** What a file is may change with the configurations, the kustomizations and the charts around it. */
function changedPieces(before: Snapshot, after: Snapshot): PieceChanges | undefined {
	if (before.roles !== after.roles) return undefined;
	const removed: Piece[] = [];
	const added: Piece[] = [];
	for (const [old, now] of differences(before.folders, after.folders)) {
		compareFolders([before, old], [after, now], removed, added);
	}
	return { removed, added };
}

type Placed = readonly [around: Surroundings, folder: Folder | undefined];

function compareFolders([was, before]: Placed, [is, after]: Placed, removed: Piece[], added: Piece[]): void {
	const some = before ?? after;
	if (!some) return;
	const [oldRole, role] = [wholeRole(was, before ?? some), wholeRole(is, after ?? some)];
	for (const change of differences(before?.files ?? NONE, after?.files ?? NONE)) compareFiles(change, oldRole, role, removed, added);
}

const NONE: Folder["files"] = new Map();
