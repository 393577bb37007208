import type { FileEvent } from "../../server/src/session/files.ts";
import { LARGEST, notes } from "./deployed.ts";
import { type Event, NEW_FILES, type Telling } from "./events.ts";
import { textsAfter } from "./steps.ts";
import { type Files, ROOT } from "./workspaces.ts";

/** A session of an editor, on whatever disk; paths are those of the world. */
export interface Host {
	write(path: string, text: string): void;
	/** Of a file, or of a folder with all that lies in it. */
	remove(path: string): void;
	told(events: readonly FileEvent[]): void;
	open(path: string, text: string, language: string): void;
	change(path: string, text: string, pick: number): void;
	close(path: string): void;
	roots(roots: readonly string[]): void;
	settings(index: number): void;
	reindex(): void;
	/** Asks for something without waiting for the answer. */
	ask(path: string, event: Event): void;
	wait(turns: number): Promise<void>;
}

/** Folders that may be roots: one, two that lie in each other, two side by side, none. */
const ROOTS: readonly (readonly string[])[] = [[ROOT], [ROOT, `${ROOT}/near`], [`${ROOT}/near`], [ROOT, "/other"], ["/other"], []];

const FOLDERS = ["", "/near", "/near/deep", "/base", "/prod", "/chart", "/chart/templates", "/x.yaml"];
const NAMES = ["a.yaml", "b.yaml", "service.yaml", "kustomization.yaml", "values.yaml", "z.json", "app.conf"];
const LANGUAGES = ["yaml", "yaml", "yaml", "yaml", "helm", "dockercompose", "plaintext"];

/** What stands on a disk and in an editor. Whatever happens to it is done to a session too. */
export class World {
	readonly disk: Map<string, string>;
	readonly opened = new Map<string, { text: string; readonly language: string }>();
	roots: readonly string[] = [ROOT];
	settings = 0;
	/** Single things that happened, a key that is pressed being one. */
	happened = 0;
	private readonly start: Files;
	private readonly host: Host;
	private held: FileEvent[] = [];

	constructor(start: Files, host: Host) {
		this.start = start;
		this.host = host;
		this.disk = new Map(start);
	}

	async happen(event: Event): Promise<void> {
		this.happened++;
		await HAPPENINGS[event.kind](this, event);
	}

	/** What was held back is told. */
	catchUp(): void {
		const events = this.held;
		this.held = [];
		if (events.length > 0) this.host.told(events);
	}

	get paths(): readonly string[] {
		return [...new Set([...this.disk.keys(), ...this.opened.keys()])].sort();
	}

	textOf(path: string): string {
		return this.opened.get(path)?.text ?? this.disk.get(path) ?? "";
	}

	/** One of the files, on the disk or open. */
	private file({ file }: Event): string {
		const { paths } = this;
		return paths[file % Math.max(1, paths.length)] ?? `${ROOT}/a.yaml`;
	}

	/** One of the files on the disk, or one of the folders that hold them. */
	private place({ file, pick }: Event): string | undefined {
		const files = [...this.disk.keys()].filter((path) => !path.includes("/.git/")).sort();
		const path = files[file % Math.max(1, files.length)];
		if (path === undefined || pick % 2 === 0) return path;
		const parts = path.split("/");
		const depth = 3 + (pick % Math.max(1, parts.length - 3));
		return parts.length > 3 ? parts.slice(0, depth).join("/") : path;
	}

	private below(path: string): readonly string[] {
		return [...this.disk.keys()].filter((other) => other === path || other.startsWith(`${path}/`));
	}

	private tell(telling: Telling, events: readonly FileEvent[]): void {
		this.held.push(...events);
		if (telling === "twice") this.held.push(...events);
		if (telling !== "late") this.catchUp();
	}

	private writeOver(path: string, text: string): readonly FileEvent[] {
		const above = [...this.disk.keys()].filter((other) => path.startsWith(`${other}/`));
		const inside = this.below(path).filter((other) => other !== path);
		const gone = [...above, ...(inside.length > 0 ? [path] : [])];
		for (const other of gone) this.take(other);
		const known = this.disk.has(path);
		this.disk.set(path, text);
		this.host.write(path, text);
		return [...gone.map((name) => ({ name, type: "deleted" as const })), { name: path, type: known ? "changed" : "created" }];
	}

	/** Takes a file or a folder away. */
	private take(path: string): void {
		for (const other of this.below(path)) this.disk.delete(other);
		this.host.remove(path);
	}

	type(event: Event): void {
		const path = this.file(event);
		const language = this.opened.get(path)?.language ?? "yaml";
		if (!this.opened.has(path)) this.show(path, this.disk.get(path) ?? "", language);
		const others = this.paths.map((other) => this.textOf(other)).filter((text) => text.length < 20_000);
		for (const text of textsAfter(this.textOf(path), event.step, this.start.get(path) ?? "", ["", ...others]))
			this.edit(path, text, language, event);
	}

	private edit(path: string, text: string, language: string, { pick }: Event): void {
		this.happened++;
		this.opened.set(path, { text, language });
		this.host.change(path, text, pick);
	}

	show(path: string, text: string, language: string): void {
		this.opened.set(path, { text, language });
		this.host.open(path, text, language);
	}

	open(event: Event): void {
		const path = this.file(event);
		const text = event.pick % 3 === 0 ? this.textOf(path) : (this.disk.get(path) ?? "");
		const language = LANGUAGES[event.to % LANGUAGES.length] ?? "yaml";
		if (this.opened.has(path)) this.close(event);
		this.show(path, text, path.endsWith(".tpl") || path.endsWith(".conf") ? "plaintext" : language);
	}

	close(event: Event): void {
		const path = this.file(event);
		if (this.opened.delete(path)) this.host.close(path);
	}

	/** Writes what is shown to the disk, or something else, as a formatter does while the editor does not know of it yet. */
	save(event: Event): void {
		const path = this.file(event);
		const shown = this.opened.get(path);
		if (!shown) return;
		this.tell(event.telling, this.writeOver(path, event.pick % 4 === 0 ? `${shown.text}\n# saved\n` : shown.text));
	}

	change(event: Event): void {
		const path = this.file(event);
		const text = textsAfter(this.disk.get(path) ?? "", event.step, this.start.get(path) ?? "", ["", ...this.disk.values()]).at(-1);
		if (text !== undefined) this.tell(event.telling, this.writeOver(path, text));
	}

	write({ pick, telling }: Event): void {
		const [name, text] = NEW_FILES[pick % NEW_FILES.length] ?? ["a.yaml", ""];
		this.tell(telling, this.writeOver(`${ROOT}/${name}`, text));
	}

	copy(event: Event): void {
		const to = `${event.pick % 9 === 0 ? "/other" : ROOT}${FOLDERS[event.to % FOLDERS.length]}/${NAMES[event.pick % NAMES.length]}`;
		this.tell(event.telling, this.writeOver(to, this.textOf(this.file(event))));
	}

	remove(event: Event): void {
		const path = this.place(event);
		if (path === undefined) return;
		const all = this.below(path);
		this.take(path);
		const names = event.telling === "each" ? all : [path];
		this.tell(
			event.telling,
			names.map((name) => ({ name, type: "deleted" })),
		);
	}

	/** Moves a file or folder; open documents stay what they were, as their editors have not heard of it. */
	move(event: Event): void {
		const from = this.place(event);
		if (from === undefined) return;
		const to = `${ROOT}${FOLDERS[event.to % FOLDERS.length]}/${event.to % 2 === 0 ? "moved" : (from.split("/").at(-1) ?? "")}${from.endsWith(".yaml") && event.to % 2 === 0 ? ".yaml" : ""}`;
		if (to === from || to.startsWith(`${from}/`) || from.startsWith(`${to}/`)) return;
		const texts = this.below(from).map((path): [string, string] => [`${to}${path.slice(from.length)}`, this.disk.get(path) ?? ""]);
		const old = this.below(from);
		this.take(from);
		const made = texts.flatMap(([path, text]) => this.writeOver(path, text));
		const replaced = made.filter(({ type }) => type === "deleted");
		const events: FileEvent[] =
			event.telling === "each" || replaced.length > 0
				? [...old.map((name): FileEvent => ({ name, type: "deleted" })), ...made]
				: [
						{ name: from, type: "deleted" },
						{ name: to, type: "created" },
					];
		this.tell(event.telling, event.pick % 5 === 0 ? events.reverse() : events);
	}

	/** A folder takes the place of a file of its name, or a file that of a folder. */
	replace(event: Event): void {
		const path = this.place(event);
		if (path === undefined) return;
		const isFile = this.disk.has(path);
		const text = this.disk.get(this.below(path)[0] ?? "") ?? "";
		this.take(path);
		const made = this.writeOver(isFile ? `${path}/a.yaml` : path, text);
		// An editor that waits a while before it tells makes one event of what became of a name.
		const events: readonly FileEvent[] =
			event.telling === "each" ? [{ name: path, type: "deleted" }, ...made] : [{ name: path, type: isFile ? "created" : "changed" }];
		this.tell(event.telling, events);
	}

	/** An open document becomes longer or shorter by a good part, as by pasting. */
	resize(event: Event): void {
		const path = this.file(event);
		const shown = this.opened.get(path);
		if (!shown) return;
		const more = notes(200);
		const at = shown.text.indexOf("  annotations:\n") + "  annotations:\n".length;
		const has = shown.text.startsWith(more, at);
		const text = has ? shown.text.slice(0, at) + shown.text.slice(at + more.length) : shown.text.slice(0, at) + more + shown.text.slice(at);
		if (text.length < LARGEST) this.edit(path, text, shown.language, event);
	}

	reroot({ pick }: Event): void {
		this.roots = ROOTS[pick % ROOTS.length] ?? [];
		this.host.roots(this.roots);
	}

	set({ pick }: Event): void {
		this.settings = pick;
		this.host.settings(pick);
	}

	reindex(): void {
		this.host.reindex();
	}

	ask(event: Event): void {
		this.host.ask(this.file(event), event);
	}

	async wait({ pick }: Event): Promise<void> {
		await this.host.wait(pick % 20);
	}
}

const HAPPENINGS: Readonly<Record<Event["kind"], (world: World, event: Event) => void | Promise<void>>> = {
	type: (world, event) => world.type(event),
	open: (world, event) => world.open(event),
	close: (world, event) => world.close(event),
	save: (world, event) => world.save(event),
	change: (world, event) => world.change(event),
	write: (world, event) => world.write(event),
	copy: (world, event) => world.copy(event),
	remove: (world, event) => world.remove(event),
	move: (world, event) => world.move(event),
	replace: (world, event) => world.replace(event),
	resize: (world, event) => world.resize(event),
	reroot: (world, event) => world.reroot(event),
	set: (world, event) => world.set(event),
	reindex: (world) => world.reindex(),
	ask: (world, event) => world.ask(event),
	wait: (world, event) => world.wait(event),
};
