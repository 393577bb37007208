import type { Snapshot } from "../links/snapshot.ts";
import type { Sheet, Text } from "../reach/card.ts";
import { nearest } from "../text/nearest.ts";
import type { Place } from "../text/source.ts";
import { markedText } from "../units/helm/chart/marked.ts";
import type { Path } from "../units/helm/template/mentions.ts";
import { isCalledByFolder } from "../units/names.ts";
import { type ChartLook, comesTo, contextsOf, definedAt, pathText, type Spoken, spokenAt } from "./chartLook.ts";
import { type ChartValue, placeOfValue, shown, valuesAt } from "./chartValues.ts";
import { descriptionAt, descriptionOfTemplate } from "./described.ts";
import { unitName, valuesName } from "./unitName.ts";
import { writtenAt } from "./valuesFiles.ts";

/** Names a place, as `values.yaml:8`, with a link to it. */
export type PlaceName = (at: Place, chart: ChartLook) => Text;

/** What there is to say about what a template speaks of. `charts` are those with the file, the one that is shown first. */
export function sheetFor(
	snapshot: Snapshot,
	charts: readonly ChartLook[],
	uri: string,
	offset: number,
	nameOf: PlaceName,
): { readonly sheet: Sheet; readonly start: number; readonly end: number } | undefined {
	const spoken = charts.flatMap((chart) => spokenAt(chart, uri, offset) ?? []);
	const [first] = spoken;
	if (!first) return undefined;
	const { mention, start, end } = first;
	const sheet =
		mention.kind === "template"
			? templateSheet(snapshot, first, mention.name, nameOf)
			: mention.kind === "field"
				? fieldSheet(snapshot, spoken, first, nameOf)
				: undefined;
	return sheet && { sheet, start, end };
}

const NOTHING = { head: [], rows: [], block: undefined, notes: [] } satisfies Partial<Sheet>;

/** Lines of what a template prints that are shown. */
const MOST_LINES = 12;

function templateSheet(snapshot: Snapshot, spoken: Spoken, name: string, nameOf: PlaceName): Sheet {
	const { chart } = spoken;
	const at = definedAt(chart, name);
	if (!at) return { ...NOTHING, title: [{ strong: name }, " is not defined in the chart or what it depends on"] };
	const texts = comesTo(snapshot, spoken).flatMap((value) => (value?.kind === "string" ? [markedText(value)] : []));
	const from: Text = [" · ", ...nameOf(at, chart)];
	const about = descriptionOfTemplate(at);
	const notes: readonly Text[] = about === undefined ? [] : [[about]];
	const [only = ""] = texts;
	if (texts.length === 0)
		return { ...NOTHING, title: [{ strong: name }, ...from], notes: [...notes, [`Not called${withValues(snapshot, chart)}.`]] };
	if (texts.length === 1 && !only.trim().includes("\n")) {
		return { ...NOTHING, title: [{ strong: name }, " = ", { code: only.trim() || '""' }, ...from], notes };
	}
	if (texts.length === 1) return { ...NOTHING, title: [{ strong: name }, ...from], block: bounded(only), notes };
	return {
		...NOTHING,
		title: [{ strong: name }, ...from],
		rows: texts.map((text) => [[{ code: text }]]),
		head: ["Renders, from place to place"],
		notes,
	};
}

/** The lines of a text, unless these are too many, without the blanks that all of them begin with. */
function bounded(text: string): string {
	const lines = text.replace(/^\s*\n|\s+$/g, "").split("\n");
	const indent = Math.min(...lines.filter((line) => line.trim() !== "").map((line) => line.length - line.trimStart().length));
	const cut = lines.slice(0, MOST_LINES).map((line) => line.slice(indent));
	return lines.length > MOST_LINES ? [...cut, `# … ${lines.length - MOST_LINES} more lines`].join("\n") : cut.join("\n");
}

function withValues(snapshot: Snapshot, { unit }: ChartLook): string {
	return !isCalledByFolder(unit) ? ` in ${unitName(snapshot, unit)}` : ` with ${valuesName(unit)}`;
}

/** Something of one unit: its values, and what it is called. */
interface Row {
	readonly name: string;
	readonly chart: ChartLook;
	readonly values: readonly ChartValue[];
}

function fieldSheet(snapshot: Snapshot, all: readonly Spoken[], first: Spoken, nameOf: PlaceName): Sheet | undefined {
	const { path } = first;
	if (!path) return seenSheet(snapshot, first, nameOf);
	if (path[0] === "Files" || path.length < 2) return undefined;
	const rows = all.map((spoken): Row => {
		const found = contextsOf(spoken.chart, spoken.templates).flatMap((context) => valuesAt(context, path));
		return { name: valuesName(spoken.chart.unit), chart: spoken.chart, values: distinct(found) };
	});
	const named: Text = [{ strong: pathText(path) }];
	const about = path[0] === "Values" ? descriptionOf(snapshot, first, path) : undefined;
	const notes: readonly Text[] = about === undefined ? [] : [[about]];
	if (rows.every(({ values }) => values.every(({ value }) => !value))) {
		if (path[0] !== "Values") return undefined;
		const where = rows.length > 1 ? " with any of the values files" : "";
		return { ...NOTHING, title: [...named, ` is not set${where}`, ...meant(first, path)], notes };
	}
	const alike = grouped(rows);
	const [only] = alike;
	if (alike.length === 1 && only) return { ...NOTHING, title: [...named, " = ", ...only.value, ...fromWhere(only.row, nameOf)], notes };
	return {
		title: named,
		head: ["With", "Value", "Written in"],
		rows: alike.map(({ names, value, row }) => [[names.join(", ")], value, fromWhere(row, nameOf).slice(1)]),
		block: undefined,
		notes,
	};
}

/** What only running the template tells, with the values that are shown. */
function seenSheet(snapshot: Snapshot, spoken: Spoken, nameOf: PlaceName): Sheet | undefined {
	if (spoken.mention.kind !== "field" || spoken.end !== spoken.mention.end) return undefined;
	const values = comesTo(snapshot, spoken);
	if (values.length === 0) return undefined;
	const { uri, text } = sourceOf(spoken);
	if (uri === "") return undefined;
	const strong = text.slice(spoken.start, spoken.end);
	const written = values.map((value): ChartValue => ({ value, at: placeOfValue(value) }));
	const row: Row = { name: "", chart: spoken.chart, values: written };
	return { ...NOTHING, title: [{ strong }, " = ", ...words(written), ...fromWhere(row, nameOf)] };
}

function sourceOf({ templates }: Spoken): { readonly uri: string; readonly text: string } {
	return templates[0]?.file.file ?? { uri: "", text: "" };
}

function distinct(values: readonly ChartValue[]): readonly ChartValue[] {
	const found = new Map<string, ChartValue>();
	for (const each of values) found.set(`${JSON.stringify(shown(each.value))} ${each.at?.source.uri} ${each.at?.start}`, each);
	return [...found.values()];
}

/** Values of one mention that are shown beside each other. */
const MOST_VALUES = 4;

function words(values: readonly ChartValue[]): Text {
	const texts = new Map(values.map(({ value }) => [JSON.stringify(shown(value)), shown(value)]));
	const few = [...texts.values()].slice(0, MOST_VALUES).flatMap((text, index): Text => (index > 0 ? [", ", ...text] : text));
	return texts.size > MOST_VALUES ? [...few, `, … (${texts.size})`] : few;
}

interface Alike {
	readonly names: string[];
	readonly value: Text;
	readonly row: Row;
}

/** Units that have the same from the same place, once. */
function grouped(rows: readonly Row[]): readonly Alike[] {
	const found = new Map<string, Alike>();
	for (const row of rows) {
		const key = row.values.map(({ value, at }) => `${JSON.stringify(shown(value))} ${at?.source.uri} ${at?.start}`).join("\n");
		const alike = found.get(key);
		if (alike) alike.names.push(row.name);
		else found.set(key, { names: [row.name], value: words(row.values), row });
	}
	return [...found.values()];
}

/** Places that are shown beside each other. */
const MOST_PLACES = 3;

function fromWhere({ values, chart }: Row, nameOf: PlaceName): Text {
	const names = values.flatMap(({ at }) => (at ? [nameOf(at, chart)] : []));
	const all = [...new Map(names.map((name) => [JSON.stringify(name), name])).values()];
	const few = all.slice(0, MOST_PLACES).flatMap((name, index): Text => (index > 0 ? [", ", ...name] : name));
	return all.length === 0 ? [] : [" · ", ...few];
}

/** The name that was meant, where one beside it is close. */
function meant({ chart, templates }: Spoken, path: Path): Text {
	for (const context of contextsOf(chart, templates)) {
		for (let length = path.length - 1; length > 0; length--) {
			const name = path[length];
			const maps = valuesAt(context, path.slice(0, length)).flatMap(({ value }) => (value?.kind === "map" ? [value] : []));
			const names = maps.flatMap(({ entries }) => [...entries.keys()]);
			if (names.length === 0) continue;
			const found = typeof name === "string" ? nearest(name, names) : undefined;
			return found === undefined ? [] : ["; ", { code: pathText([...path.slice(0, length), found]) }, " is"];
		}
	}
	return [];
}

/** What the values file of the chart says about a value. */
function descriptionOf(snapshot: Snapshot, { chart, templates }: Spoken, path: Path): string | undefined {
	const [template] = templates;
	const places = template ? writtenAt(snapshot, chart, template, path) : [];
	for (const at of places) {
		const about = descriptionAt(at, pathText(path.slice(1)).slice(1));
		if (about !== undefined) return about;
	}
	return undefined;
}
