import { fileOf, type Snapshot } from "../links/snapshot.ts";
import { plain } from "../reach/print.ts";
import type { Span } from "../text/source.ts";
import { chartsWith, contextsOf } from "./chartLook.ts";
import { shown, valuesAt } from "./chartValues.ts";
import type { Preferred } from "./unitName.ts";

/** A name that may be written in an action of a template. */
export interface ChartName {
	readonly label: string;
	readonly kind: "value" | "template";
	/** What a value is with the values that are shown. */
	readonly detail: string;
	/** What is replaced: offsets into the file. */
	readonly span: Span;
}

/** The names that may follow `.Values.a.`, and those of templates that may be included, at an offset of a template, which need not parse. */
export function completeInTemplate(snapshot: Snapshot, uri: string, offset: number, preferred?: Preferred): readonly ChartName[] {
	const text = fileOf(snapshot, uri)?.text ?? "";
	const before = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
	if (before.lastIndexOf("{{") <= before.lastIndexOf("}}")) return [];
	const value = /(?:^|[^\w.])\$?\.Values\.((?:\w+\.)*)(\w*)$/.exec(before);
	if (value) return valueNames(snapshot, uri, value[1]?.split(".").slice(0, -1) ?? [], spanOf(offset, value[2] ?? ""), preferred);
	const called = /\b(?:include|template)\s+"([^"]*)$/.exec(before);
	return called ? templateNames(snapshot, uri, spanOf(offset, called[1] ?? ""), preferred) : [];
}

function spanOf(end: number, typed: string): Span {
	return { start: end - typed.length, end };
}

function valueNames(
	snapshot: Snapshot,
	uri: string,
	path: readonly string[],
	span: Span,
	preferred: Preferred | undefined,
): readonly ChartName[] {
	const found = new Map<string, ChartName>();
	for (const chart of chartsWith(snapshot, uri, preferred)) {
		const templates = chart.look.templates.filter(({ file }) => file.uri === uri);
		for (const context of contextsOf(chart, templates)) {
			for (const { value } of valuesAt(context, ["Values", ...path])) {
				if (value?.kind !== "map") continue;
				for (const [label, member] of value.entries) {
					// Others are read through `index`.
					if (!/^\w+$/.test(label) || found.has(label)) continue;
					found.set(label, { label, kind: "value", detail: plain(shown(member)), span });
				}
			}
		}
	}
	return [...found.values()];
}

function templateNames(snapshot: Snapshot, uri: string, span: Span, preferred: Preferred | undefined): readonly ChartName[] {
	const [chart] = chartsWith(snapshot, uri, preferred);
	if (!chart) return [];
	const files = new Set(chart.look.templates.map(({ name }) => name));
	const names = [...chart.look.set.definitions.keys()].filter((name) => !files.has(name));
	return names.sort().map((label) => ({ label, kind: "template", detail: "", span }));
}
