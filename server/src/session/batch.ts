import { fileOf, type Snapshot } from "../links/snapshot.ts";
import { writtenTouching } from "../links/units.ts";
import { folderOf } from "../units/folder.ts";
import type { Unit } from "../units/unit.ts";
import { openFile } from "../yaml/stream.ts";
import { isMuch, readAhead } from "./ahead.ts";
import type { FoundFolder } from "./discover.ts";
import type { Disk } from "./fileSystem.ts";
import { Turns } from "./turn.ts";
import type { Change } from "./workspace.ts";

/** Where what is read goes. */
export interface Sink {
	readonly snapshot: () => Snapshot;
	readonly apply: (changes: Iterable<Change>) => void;
	/** Something that was read is not found any more. What it was read for must ask for it again. */
	readonly forgot: () => void;
	/** Whether an editor has a file of that folder open. */
	readonly hasOpenIn: (folder: string) => boolean;
	/** Resolves when what somebody waits for is done. */
	readonly urgent: () => Promise<void>;
}

/** What is known of a folder and not listed any more. */
export function goneFrom(snapshot: Snapshot, path: string, listed: ReadonlySet<string>): readonly Change[] {
	const folder = snapshot.folders.get(path);
	const known = folder ? [...folder.files.keys(), ...folder.skipped.map(({ uri }) => uri)] : [];
	return known.filter((uri) => !listed.has(uri)).map((uri) => ({ uri, gone: true }));
}

/** Changes that are collected and taken in together, whole folders at a time, giving the event loop back in between. */
export class Batch {
	private readonly disk: Disk;
	private readonly sink: Sink;
	private readonly report: (files: number) => void;
	private readonly turns = new Turns();
	private changes: Change[] = [];
	private files = 0;
	/** Something of what was taken in is gone. */
	forgets = false;

	constructor(disk: Disk, sink: Sink, report: (files: number) => void) {
		this.disk = disk;
		this.sink = sink;
		this.report = report;
	}

	change(changes: readonly Change[]): void {
		for (const change of changes) {
			this.changes.push(change);
			this.forgets ||= "gone" in change;
		}
	}

	async read(name: string): Promise<void> {
		const content = await this.disk.read(name);
		this.changes.push("text" in content ? await this.opened(name, content.text) : { uri: name, ...content });
		this.files++;
	}

	private async opened(name: string, text: string): Promise<Change> {
		const before = fileOf(this.sink.snapshot(), name);
		const file = openFile(name, text, before);
		if (isMuch(file)) await readAhead(file, this.turns);
		return { uri: name, text, file, before };
	}

	/** Takes a folder as it is on the disk now. */
	async add(folder: FoundFolder): Promise<void> {
		const listed = new Set(folder.files);
		if (folder.skipped !== undefined) {
			listed.add(`${folder.path}/`);
			this.changes.push({ uri: `${folder.path}/`, skipped: folder.skipped });
		}
		for (const name of folder.files) {
			await this.read(name);
			if (this.turns.due) await this.turns.next();
		}
		this.change(goneFrom(this.sink.snapshot(), folder.path, listed));
		if (this.turns.due || this.changes.length > 100) await this.flush();
	}

	async end(): Promise<void> {
		await this.flush();
	}

	/** Takes in what is collected, and reads its documents before anybody asks for them all at once. */
	private async flush(): Promise<void> {
		const { changes } = this;
		if (changes.length === 0) return;
		this.changes = [];
		this.sink.apply(changes);
		this.report(this.files);
		const snapshot = this.sink.snapshot();
		const touched = new Set<Unit>();
		for (const { uri } of changes) {
			for (const unit of writtenTouching(snapshot, folderOf(uri))) {
				for (const _ of unit.readInSteps(uri)) if (this.turns.due) await this.turns.next();
				if (unit.renderings.length === 0) touched.add(unit);
			}
		}
		for (const unit of touched) {
			// A unit of before would have all tables go back to that.
			if (this.sink.snapshot() !== snapshot) return;
			for (const _ of unit.listInSteps()) {
				if (!this.turns.due) continue;
				await this.turns.next();
				if (this.sink.snapshot() !== snapshot) return;
			}
		}
	}
}
