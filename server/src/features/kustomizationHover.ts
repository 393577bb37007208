import { fileOf, type Snapshot } from "../links/snapshot.ts";
import type { Sheet, Text } from "../reach/card.ts";
import { partAt } from "../text/file.ts";
import type { Place, Span } from "../text/source.ts";
import { folderOf, resolvePath } from "../units/folder.ts";
import { isKustomizationFile, readKustomization } from "../units/kustomization.ts";
import { kustomizationOf } from "../units/role.ts";
import type { Unit } from "../units/unit.ts";
import { entryOf, type Node, type ScalarNode, type SeqNode, valueAt } from "../yaml/nodes.ts";
import { parseSource } from "../yaml/parse.ts";
import { type Change, changesBy, changesOf, isInside, labelOf } from "./changes.ts";
import { deployedIn } from "./deployed.ts";
import { type Step, stepsTo } from "./steps.ts";

/** What is said of a place in a kustomization, a patch or a base. */
export interface Told {
	readonly sheet: Sheet;
	/** Offsets into the file. */
	readonly span: Span;
}

/** What a line of a kustomization brings or changes, what a patch makes of a value, and what becomes of a value of a base. */
export function overlaySheet(snapshot: Snapshot, unit: Unit, uri: string, offset: number, nameOf: (at: Place) => Text): Told | undefined {
	if (!unit.renderings.some(({ root }) => root.kind === "kustomize")) return undefined;
	const file = fileOf(snapshot, uri);
	const part = file && partAt(file, offset);
	const steps = part && stepsTo(parseSource(part.source).root, offset - part.start);
	const last = steps?.at(-1);
	// Between the entries of a map nothing stands.
	if (!part || !steps || !last || !isInside(last.at, { start: offset - part.start, end: offset - part.start })) return undefined;
	const sheet = isKustomizationFile(uri) ? ofKustomization(snapshot, unit, uri, steps, nameOf) : ofValue(unit, last, nameOf);
	return sheet && { sheet, span: { start: part.start + last.at.start, end: part.start + last.at.end } };
}

const NOTHING = { head: [], rows: [], block: undefined, notes: [] } satisfies Partial<Sheet>;
const PATHS: ReadonlySet<string> = new Set(["resources", "bases", "components"]);
const PATCHES: ReadonlySet<string> = new Set(["patches", "patchesStrategicMerge", "patchesJson6902", "transformers"]);
const GENERATORS: ReadonlySet<string> = new Set(["configMapGenerator", "secretGenerator"]);
const WHOLE: ReadonlySet<string> = new Set(["namespace", "namePrefix", "nameSuffix", "commonLabels", "commonAnnotations"]);
const ITEMS: ReadonlySet<string> = new Set(["images", "replicas", "labels", "replacements", "vars"]);

function ofKustomization(
	snapshot: Snapshot,
	unit: Unit,
	uri: string,
	[field, item]: readonly Step[],
	nameOf: (at: Place) => Text,
): Sheet | undefined {
	if (!field) return undefined;
	const { name, value } = field;
	const within = (span: Place) => (at: Place) => at.source === span.source && isInside(span, at);
	if (WHOLE.has(name)) return changesSheet([{ strong: name }], changesBy(unit, within({ ...value, start: field.at.start })));
	if (!item) return undefined;
	if (PATHS.has(name)) return pathSheet(snapshot, unit, uri, item.value, name === "components", nameOf);
	if (PATCHES.has(name)) return patchSheet(unit, uri, item.value, nameOf);
	if (GENERATORS.has(name)) return generatorSheet(unit, item.value);
	if (!ITEMS.has(name)) return undefined;
	return changesSheet(titleOf(name, item.value), changesBy(unit, within(item.value)));
}

/** `Image nginx` */
function titleOf(field: string, item: Node): Text {
	const name = textIn(item, "name");
	const noun = { images: "Image", replicas: "The count for", vars: "Variable" }[field];
	return name === "" || !noun ? [{ strong: field }] : [`${noun} `, { strong: name }];
}

function textIn(node: Node | undefined, name: string): string {
	const value = entryOf(node, name)?.value;
	return value?.kind === "scalar" ? value.text : "";
}

const MOST_ROWS = 12;

function changesSheet(title: Text, changes: readonly Change[], nameOf?: (at: Place) => Text): Sheet {
	if (changes.length === 0) return { ...NOTHING, title: [...title, " changes nothing that is deployed"] };
	const objects = new Set(changes.map(({ object }) => object)).size;
	const verb = changes.some(({ from }) => from !== undefined) ? "changes" : "sets";
	const what = ` ${verb} ${counted(changes.length, "value")} of ${objects === 1 && changes[0] ? labelOf(changes[0].object) : counted(objects, "object")}`;
	const rows = changes
		.slice(0, MOST_ROWS)
		.map(({ object, field, from, to, by }): readonly Text[] => [
			...(objects === 1 ? [] : [[labelOf(object)]]),
			[{ code: field }],
			from === undefined ? ["absent"] : [{ code: shortened(from) }],
			[{ code: shortened(to) }],
			...(nameOf ? [nameOf(by)] : []),
		]);
	const head = [...(objects === 1 ? [] : ["Object"]), "Value", "From", "To", ...(nameOf ? ["By"] : [])];
	return { ...NOTHING, title: [...title, what], head, rows, notes: restOf(changes.length) };
}

function restOf(count: number): readonly Text[] {
	return count > MOST_ROWS ? [[`And ${count - MOST_ROWS} more.`]] : [];
}

const MOST_CHARACTERS = 60;

function shortened(text: string): string {
	const [line = ""] = text.trim().split("\n");
	return line.length < text.trim().length || line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)}…` : line || '""';
}

function counted(count: number, noun: string): string {
	return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** The objects that a file or a base brings into the unit, as they are deployed, or what a component does. */
function pathSheet(
	snapshot: Snapshot,
	unit: Unit,
	uri: string,
	path: Node,
	isComponent: boolean,
	nameOf: (at: Place) => Text,
): Sheet | undefined {
	if (path.kind !== "scalar") return undefined;
	const target = resolvePath(folderOf(uri), path.text);
	const files = target === undefined ? new Set<string>() : filesBelow(snapshot, target);
	const objects = deployedIn(unit).filter((object) => files.has(object.uri));
	if (objects.length === 0 && isComponent)
		return changesSheet(
			[{ strong: path.text }],
			changesBy(unit, (at) => files.has(at.source.uri)),
			nameOf,
		);
	if (objects.length === 0) return undefined;
	const rows = objects.slice(0, MOST_ROWS).map(({ root }): readonly Text[] => [[textIn(root, "kind")], [nameIn(root)]]);
	const title: Text = [{ strong: path.text }, ` · ${counted(objects.length, "object")}`];
	return { ...NOTHING, title, head: ["Kind", "Name"], rows, notes: restOf(objects.length) };
}

function nameIn(root: Node): string {
	const [namespace, name] = [valueAt(root, "metadata", "namespace"), valueAt(root, "metadata", "name")];
	return `${namespace?.kind === "scalar" ? `${namespace.text}/` : ""}${name?.kind === "scalar" ? name.text : ""}`;
}

/** A file, or all that a kustomization and its bases name. */
function filesBelow(snapshot: Snapshot, path: string, into = new Set<string>()): ReadonlySet<string> {
	const file = kustomizationOf(snapshot.folders.get(path));
	if (!file) return into.add(path);
	if (into.has(file.uri)) return into;
	into.add(file.uri);
	const { resources, notManifests, bases } = readKustomization(file);
	for (const uri of [...resources, ...notManifests]) into.add(uri);
	for (const base of bases) filesBelow(snapshot, base, into);
	return into;
}

/** What a patch changes. What it takes away leaves no trace, so that nothing is said where nothing else is seen. */
function patchSheet(unit: Unit, uri: string, item: Node, nameOf: (at: Place) => Text): Sheet | undefined {
	const path = item.kind === "scalar" ? item.text : textIn(item, "path");
	const target = path === "" || path.includes("\n") ? undefined : resolvePath(folderOf(uri), path);
	const isPatch = (at: Place) => at.source.uri === target || (at.source === item.source && isInside(item, at));
	const changes = changesBy(unit, isPatch);
	return changes.length === 0 ? undefined : changesSheet(target === undefined ? ["This patch"] : [{ strong: path }], changes, nameOf);
}

/** The object that a generator makes, its keys, and who names it. */
function generatorSheet(unit: Unit, item: Node): Sheet | undefined {
	const all = deployedIn(unit);
	const made = all.find(({ root }) => root.source === item.source && root.start === item.start);
	if (!made) return undefined;
	const data = ["data", "binaryData"].flatMap((name) => {
		const map = entryOf(made.root, name)?.value;
		return map?.kind === "map" ? map.entries : [];
	});
	const isSecret = textIn(made.root, "kind") === "Secret";
	const rows = data
		.slice(0, MOST_ROWS)
		.map(({ name, value }): readonly Text[] => [
			[{ code: name }],
			value.kind === "scalar" && !isSecret ? [{ code: shortened(value.text) }] : ["…"],
		]);
	const name = valueAt(made.root, "metadata", "name");
	const users = name?.kind === "scalar" ? all.filter(({ root }) => root !== made.root && isNamedIn(root, name)) : [];
	const notes: readonly Text[] = [
		...restOf(data.length),
		users.length === 0 ? ["Nothing of this unit names it."] : [`Used by ${users.map(({ root }) => labelOf(root)).join(", ")}.`],
	];
	const title: Text = [{ strong: textIn(made.root, "kind") }, ` ${nameIn(made.root)} · ${counted(data.length, "key")}`];
	return { ...NOTHING, title, head: rows.length > 0 ? ["Key", "Value"] : [], rows, notes };
}

function isNamedIn(node: Node, name: ScalarNode): boolean {
	if (node.kind === "scalar") return node.value === name.value;
	const below = node.kind === "seq" ? (node as SeqNode).items : node.entries.map(({ value }) => value);
	return below.some((each) => isNamedIn(each, name));
}

/** A value of a patch or of a base: what it makes of another one, or what becomes of it. */
function ofValue(unit: Unit, { value, name }: Step, nameOf: (at: Place) => Text): Sheet | undefined {
	const isMeant = (at: Place) => at.source === value.source && isInside(value, at);
	const made = changesBy(unit, isMeant).filter(({ from }) => from !== undefined);
	if (made.length > 0) return changesSheet([{ strong: name }], made);
	if (value.kind !== "scalar") return undefined;
	const became = changesOf(unit, isMeant);
	if (became.length === 0) return undefined;
	const { head, rows, notes } = changesSheet([], became, nameOf);
	return { ...NOTHING, title: [{ code: shortened(value.text) }, " is not deployed as it is written"], head, rows, notes };
}
