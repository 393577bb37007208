import type { Files } from "../../rendered.ts";
import { type ParsedTemplate, type TemplateSet, templateSet } from "../template/definition.ts";
import { execute, parseTemplate, type Watch } from "../template/execute.ts";
import { budgetOf } from "../template/problem.ts";
import type { Value } from "../template/values.ts";
import { wholeOf } from "./chartFile.ts";
import { isPartial, type Template } from "./context.ts";
import { dotOf } from "./print.ts";
import { type ChartOptions, templatesFor } from "./render.ts";

/** What can be asked about a chart with some values beside what it renders to. Nothing in it may be changed. */
export interface Look {
	/** In Helm's order. */
	readonly templates: readonly Template[];
	/** Those that can be parsed, by their names. */
	readonly parsed: ReadonlyMap<string, ParsedTemplate>;
	readonly set: TemplateSet;
}

export function lookInto(files: Files, folder: string, options: ChartOptions): Look {
	const templates = templatesOf(files, folder, options);
	const parsed = new Map<string, ParsedTemplate>();
	for (const { name, file } of templates) {
		const found = file.file && parseTemplate(name, wholeOf(file.file)).parsed;
		if (found) parsed.set(name, found);
	}
	return { templates, parsed, set: templateSet([...parsed.values()]) };
}

function templatesOf(files: Files, folder: string, options: ChartOptions): readonly Template[] {
	try {
		return templatesFor(files, folder, options);
	} catch (error) {
		// The stack is spent by what is nested too deeply.
		if (error instanceof RangeError) return [];
		throw error;
	}
}

/** How many different results of one node are of use to a reader. */
const MOST_SEEN = 3;

/** What a node of a template comes to when the chart is rendered, each result once and no more than a few; `undefined` for what is not there. */
export function watched(
	files: Files,
	folder: string,
	options: ChartOptions,
	name: string,
	node: Watch["node"],
): readonly (Value | undefined)[] {
	const { templates, parsed, set } = lookInto(files, folder, options);
	const seen = new Map<string, Value | undefined>();
	const watch: Watch = {
		node,
		seen: (value) => {
			seen.set(keyOf(value), value);
			if (seen.size >= MOST_SEEN) throw new Enough();
		},
	};
	const environment = { templates: set, budget: budgetOf(options.limits), watch };
	try {
		for (const template of templates) {
			if (!parsed.has(template.name) || isPartial(template.name)) continue;
			execute(template.name, dotOf(template), environment);
			// What is called from nowhere else is seen by now.
			if (template.name === name && definesNothing(parsed.get(name))) break;
		}
	} catch (error) {
		if (!(error instanceof Enough)) throw error;
	}
	return [...seen.values()];
}

class Enough extends Error {}

function definesNothing(parsed: ParsedTemplate | undefined): boolean {
	return parsed?.definitions.length === 1;
}

function keyOf(value: Value | undefined): string {
	if (!value) return "";
	return value.kind === "string" || value.kind === "bool" || value.kind === "float" || value.kind === "int"
		? `${value.kind} ${value.value}`
		: value.kind;
}
