import { wantedByDeployers } from "../links/deployments.ts";
import { fileOf, type Snapshot } from "../links/snapshot.ts";
import { wantedByConfigurations } from "../links/unfound.ts";
import { eachUnitAround } from "../links/units.ts";
import type { Settings } from "../settings/settings.ts";
import type { SourceFile } from "../text/file.ts";
import type { Asset } from "../units/assets.ts";
import type { Reach } from "../units/configurations.ts";
import { isSourceIgnore } from "../units/deployers/sourceIgnore.ts";
import { folderOf } from "../units/folder.ts";
import type { LoadRenderers } from "../units/renderers.ts";
import { CHART_FILE } from "../units/role.ts";
import type { Unit } from "../units/unit.ts";
import { openFile } from "../yaml/stream.ts";
import { isMuch, LARGE, readAhead } from "./ahead.ts";
import { foldersUpwards } from "./discover.ts";
import { edited, type OpenDocument, OpenDocuments, type TextChange } from "./document.ts";
import type { Disk } from "./fileSystem.ts";
import { type FileEvent, Files, type IndexOptions, isOnDisk, type RootExcludes } from "./files.ts";
import { type Furnished, furnish, lookAgain } from "./furnish.ts";
import { reachOf } from "./repository.ts";
import { Turns } from "./turn.ts";
import { Urgent } from "./urgent.ts";
import { type Change, Workspace } from "./workspace.ts";

/** What is looked up besides what renderers ask for: whatever is not found by its name when everything is read. */
function wantedBesides(snapshot: Snapshot): readonly string[] {
	return [...wantedByConfigurations(snapshot), ...wantedByDeployers(snapshot).filter(isSourceIgnore)];
}

/** Documents with more characters are left out, as larger files are. */
const MAX_TEXT = 10 * 1024 * 1024;
const TOO_LARGE = "larger than 10 MB";

/** What an editor has set: for everything, and for some of its folders. */
export interface SessionSettings {
	readonly general: Settings;
	readonly roots: ReadonlyMap<string, { readonly settings: Settings; readonly hidden: readonly string[] }>;
}

/** A version of a document that is being read. */
interface Coming {
	/** The version that the snapshot holds until then, if any. */
	readonly before: number | undefined;
	readonly read: Promise<void>;
}

type Taken = { readonly skipped: string } | { readonly text: string; readonly file?: SourceFile; readonly before?: SourceFile | undefined };

/** What a session tells whoever runs it. */
export interface SessionEvents {
	/** There is another snapshot: because of what the editor did to a document, or because of anything else. Not called while indexing, but after it. */
	readonly changed: (document: string | undefined) => void;
	/** A job on the disk failed, which no disk adapter should let happen. */
	readonly failed: (error: unknown) => void;
}

/**
 * Everything that changes with time: the open documents, which win over the disk, the files, and the snapshot of this moment.
 * Jobs on the disk run one after the other; what the editor does takes effect at once.
 */
export class Session {
	/** What a user sees first: reading everything lets it go first. */
	readonly urgent = new Urgent();
	private readonly disk: Disk;
	private readonly workspace: Workspace;
	private readonly documents = new OpenDocuments();
	/** Large documents on their way into the snapshot, which has what they were before until then. */
	private readonly coming = new Map<string, Coming>();
	private readonly files: Files;
	private readonly events: SessionEvents;
	private jobs: Promise<void> = Promise.resolve();
	/** Files on their way back to what the disk holds. */
	private releases: Promise<void> = Promise.resolve();
	/** Counts what was told of the disk. */
	private news = 0;
	private indexing: AbortController | undefined;
	private folders: readonly string[] = [];
	/** Where else something may lie that is named in the folders: it is read for what it is a part of. */
	private reach: Reach = [];
	private complete = false;
	private settings: SessionSettings;
	private settingUp: Promise<void> = Promise.resolve();

	constructor(disk: Disk, load: LoadRenderers, settings: Settings, events: SessionEvents) {
		this.disk = disk;
		this.settings = { general: settings, roots: new Map() };
		this.workspace = new Workspace(settings, load);
		this.events = events;
		this.files = new Files(disk, {
			snapshot: () => this.snapshot,
			apply: (changes) => this.workspace.apply(this.withoutOpen(changes)),
			forgot: () => this.learn(new Map([...this.snapshot.assets.known.keys()].map((path) => [path, undefined]))),
			hasOpenIn: (folder) => this.hasOpenIn(folder),
			urgent: () => this.urgent.over(),
		});
	}

	get snapshot(): Snapshot {
		return this.workspace.snapshot;
	}

	/** Whether everything below the roots has been read once, so that something that is not found is not there. */
	get settled(): boolean {
		return this.complete;
	}

	/** The folders that are indexed. */
	get roots(): readonly string[] {
		return this.folders;
	}

	document(name: string): OpenDocument | undefined {
		return this.documents.get(name);
	}

	/** The version of a document that the snapshot holds; not the newest one of a large document that is still being read. */
	versionOf(name: string): number | undefined {
		return this.coming.has(name) ? this.coming.get(name)?.before : this.documents.get(name)?.version;
	}

	get openDocuments(): Iterable<OpenDocument> {
		return this.documents.shown;
	}

	/** Takes what the editor has set. True when other files may be found with it, so that everything must be read again. */
	configure(settings: SessionSettings): boolean {
		const before = JSON.stringify(this.folders.map((root) => this.excludesOf(root)));
		this.settings = settings;
		this.rebase();
		if (!this.indexing) this.events.changed(undefined);
		return JSON.stringify(this.folders.map((root) => this.excludesOf(root))) !== before;
	}

	/** Nothing is read as a whole and nothing said before this is over: what the editor has set is on its way. */
	waitFor(settings: Promise<void>): void {
		this.settingUp = settings;
	}

	/** Says that there is something else to be said about the same. */
	tellAgain(): void {
		this.events.changed(undefined);
	}

	private rebase(): void {
		const { general, roots } = this.settings;
		const tops = new Map(this.folders.map((root) => [root, roots.get(root)?.settings ?? general]));
		this.workspace.setBase({ settings: general, tops, reach: this.reach });
	}

	private excludesOf(root: string): RootExcludes {
		const { general, roots } = this.settings;
		const own = roots.get(root);
		return { exclude: (own?.settings ?? general).exclude, hidden: own?.hidden ?? [] };
	}

	/** `isPart`: it is no manifest of its own, whatever it is called, and read for what is rendered from it. Of one file that is open several times the view that was edited last counts. */
	open(name: string, version: number, text: string, isPart = false, view = name): void {
		this.files.opening(name);
		this.show({ name, view, version, text, isPart });
	}

	/** Changes of a document that is not open are lost. */
	change(name: string, version: number, changes: readonly TextChange[], view = name): void {
		const document = this.documents.find(name, view);
		if (document) this.show({ ...document, version, text: edited(document.text, changes) });
	}

	/** Gives another view of the same file that is still open, if there is one. */
	close(name: string, view = name): OpenDocument | undefined {
		const before = this.documents.get(name);
		const closed = this.documents.take(name, view);
		const left = this.documents.get(name);
		if (closed && !left) this.end(closed);
		else if (left && left !== before) this.show(left);
		return left;
	}

	private end({ name, isPart }: OpenDocument): void {
		this.coming.delete(name);
		const release = () => (isPart ? this.lookUpAgain(name) : this.files.release(name));
		this.releases = this.releases.then(() => this.guard(release)).then(() => this.events.changed(name));
		// An index that runs may have read the file before it was saved for the last time.
		if (this.indexing) this.told([{ name, type: "changed" }]);
	}

	private async lookUpAgain(name: string): Promise<void> {
		const content = await this.disk.read(name);
		this.learn(new Map([[name, "text" in content ? { text: openFile(name, content.text) } : content]]));
	}

	/** What is open wins over what was looked up. */
	private learn(found: ReadonlyMap<string, Asset | undefined>): void {
		this.workspace.learn(new Map([...found].filter(([name]) => !this.documents.get(name)?.isPart)));
	}

	/**
	 * Resolves when all that must be known before something is said about a document has been read: its folder, and what says how the
	 * folder is deployed. Where more than `most` roots would have to be rendered again for that, gives the units up to there.
	 */
	async ready(name: string, most = Number.POSITIVE_INFINITY): Promise<readonly Unit[] | undefined> {
		await this.settingUp;
		await this.releases;
		if (!this.documents.get(name)) return undefined;
		const before = this.snapshot;
		await this.guard(() => this.files.visit(name));
		let first: Unit[] | undefined;
		await this.furnish(function* (snapshot) {
			const begun = snapshot.renders.rendered;
			const units: Unit[] = [];
			first = undefined;
			for (const unit of eachUnitAround(snapshot, name)) {
				units.push(unit);
				yield unit;
				if (snapshot.renders.rendered - begun < most) continue;
				first = units.filter((each) => each.configuration?.uri === name || each.has(name));
				return;
			}
		});
		if (this.snapshot !== before && !this.indexing) this.events.changed(name);
		return first;
	}

	/** Reads the folders of open documents that nothing else has been read for. */
	async visitOpen(): Promise<void> {
		for (const name of [...this.documents.shown].map(({ name }) => name)) await this.guard(() => this.files.visit(name));
	}

	/** Resolves when the snapshot holds the newest text of a document. */
	async whole(name: string): Promise<void> {
		for (let coming = this.coming.get(name); coming; coming = this.coming.get(name)) await coming.read;
	}

	/** Reads what is rendered in some units asks for beside manifests. */
	async furnish(units: (snapshot: Snapshot) => Iterable<Unit>): Promise<void> {
		const into: Furnished = {
			snapshot: () => this.snapshot,
			news: () => this.news,
			apply: (changes) => this.workspace.apply(this.withoutOpen(changes)),
			learn: (found) => this.learn(found),
		};
		await this.guard(() => furnish(this.disk, into, units, wantedBesides));
	}

	/** Resolves when nothing is being read. */
	async idle(): Promise<void> {
		for (let jobs: unknown; jobs !== this.jobs; ) {
			jobs = this.jobs;
			await Promise.all([this.jobs, this.releases, this.settingUp, ...[...this.coming.values()].map(({ read }) => read)]);
		}
	}

	/** Reads everything below the roots (again). Of two that run at a time the earlier one ends early. False when it ended early. */
	index(roots: readonly string[], options: Omit<IndexOptions, "signal">): { readonly done: Promise<boolean>; readonly stop: () => void } {
		this.indexing?.abort();
		if (roots.some((root) => !this.folders.includes(root))) this.complete = false;
		this.folders = roots;
		this.rebase();
		const abort = new AbortController();
		this.indexing = abort;
		const done = this.job(async () => {
			this.files.setRoots(roots, (root) => this.excludesOf(root));
			await this.settingUp;
			this.reach = await reachOf(this.disk, roots);
			this.rebase();
			const whole = !abort.signal.aborted && (await this.files.index({ ...options, signal: abort.signal }));
			if (this.indexing === abort) this.indexing = undefined;
			this.complete ||= whole;
			this.events.changed(undefined);
			return whole;
		}, false);
		return { done, stop: () => abort.abort() };
	}

	/** Takes in what happened on the disk. Calls `reindex` when only reading everything again can tell what holds now. */
	told(events: readonly FileEvent[], reindex: () => void = () => {}): void {
		this.news++;
		void this.job(async () => {
			const before = this.snapshot;
			await this.lookAgain(events);
			const taken = await this.files.take(events);
			if (this.snapshot !== before) this.events.changed(undefined);
			if (!taken) reindex();
		}, undefined);
	}

	/** What was looked up is looked up again where something happened. */
	private async lookAgain(events: readonly FileEvent[]): Promise<void> {
		const { known } = this.snapshot.assets;
		// A folder that was asked for may come into being with what is told to be new deep in it.
		const around = (name: string) => [name, ...foldersUpwards(`${name}/`, [])].flatMap((path) => [path, `${path}/`]);
		const touched = new Set(events.flatMap(({ name }) => around(name)).filter((path) => known.has(path)));
		const names = new Set(events.map(({ name }) => name));
		const below = [...known.keys()].filter((path) => foldersUpwards(path, []).some((above) => names.has(above)));
		// Of a folder that is a chart all is looked up, of another one only what stands in it: whoever wants it asks again.
		const charts = [...touched].filter((path) => path.endsWith("/") && names.has(path + CHART_FILE));
		for (const path of charts) touched.delete(path);
		this.learn(new Map([...below, ...charts].map((path) => [path, undefined])));
		const { changes, found } = await lookAgain(this.disk, touched);
		this.workspace.apply(this.withoutOpen(changes));
		this.learn(found);
	}

	private show(document: OpenDocument): void {
		const { name, text, isPart } = document;
		const shown = this.versionOf(name);
		this.documents.show(document);
		this.coming.delete(name);
		if (isPart) {
			this.workspace.learn(new Map([[name, text.length > MAX_TEXT ? { skipped: TOO_LARGE } : { text: openFile(name, text) }]]));
			this.events.changed(name);
			return;
		}
		const before = text.length > LARGE ? fileOf(this.snapshot, name) : undefined;
		const file = text.length > LARGE && text.length <= MAX_TEXT ? openFile(name, text, before) : undefined;
		if (file && isMuch(file)) this.readLarge(document, file, before, shown);
		else this.take(name, text.length > MAX_TEXT ? { skipped: TOO_LARGE } : file ? { text, file, before } : { text });
		this.events.changed(name);
	}

	private take(name: string, content: Taken): void {
		const changes: Change[] = [{ uri: name, ...content }];
		const folder = folderOf(name);
		if (!isOnDisk(name) && !name.startsWith("untitled:")) changes.push({ uri: `${folder}/`, skipped: "only open files are read" });
		this.workspace.apply(changes);
	}

	/** Reads a large document a little at a time. Until then there is what was there before: another text of it, or that it is not read. */
	private readLarge(document: OpenDocument, file: SourceFile, before: SourceFile | undefined, shown: number | undefined): void {
		const { name, text } = document;
		if (!before) this.take(name, { skipped: "it is being read" });
		const isWanted = () => this.documents.get(name) === document;
		const read = this.guard(async () => {
			if (!(await readAhead(file, new Turns(), isWanted))) return;
			this.coming.delete(name);
			this.take(name, { text, file, before });
			this.events.changed(this.indexing ? name : undefined);
		});
		this.coming.set(name, { before: shown, read });
	}

	private *withoutOpen(changes: Iterable<Change>): Iterable<Change> {
		for (const change of changes) if (this.documents.get(change.uri)?.isPart !== false) yield change;
	}

	private hasOpenIn(folder: string): boolean {
		for (const { name } of this.documents.shown) if (folderOf(name) === folder) return true;
		return false;
	}

	private job<T>(run: () => Promise<T>, otherwise: T): Promise<T> {
		const job = this.jobs.then(run).catch((error: unknown) => {
			this.events.failed(error);
			return otherwise;
		});
		this.jobs = job.then(() => {});
		return job;
	}

	private async guard(run: () => Promise<void>): Promise<void> {
		await run().catch((error: unknown) => this.events.failed(error));
	}
}
