import { place, samePlace } from "../../../text/source.ts";
import { type ParsedTemplate, templateSet } from "../template/definition.ts";
import { execute, parseTemplate } from "../template/execute.ts";
import { budgetOf, type Limits, type TemplateProblem } from "../template/problem.ts";
import { text } from "../template/text.ts";
import { type Dict, dict, type Value } from "../template/values.ts";
import { placeOutside, wholeOf } from "./chartFile.ts";
import { isPartial, type Template } from "./context.ts";
import type { ChartGap, RenderedChart } from "./gap.ts";
import { type Printed, readManifests } from "./manifests.ts";

/**
 * Executes templates, which stand in Helm's order, and reads what they print. One that fails prints nothing, and the others are
 * executed all the same. Source: render() of pkg/engine/engine.go and renderResources() of pkg/action/action.go.
 */
export function printTemplates(templates: readonly Template[], limits?: Limits): RenderedChart {
	const gaps: ChartGap[] = [];
	const parsed: ParsedTemplate[] = [];
	for (const { name, file } of templates) {
		if (!file.file) continue;
		const found = parseTemplate(name, wholeOf(file.file));
		if (found.parsed) parsed.push(found.parsed);
		else gaps.push(gapOf(found.problem));
	}
	const environment = { templates: templateSet(parsed), budget: budgetOf(limits) };
	const known = new Set(parsed.map(({ name }) => name));
	const printed: Printed[] = [];
	for (const template of templates) {
		const { name, file } = template;
		if (!file.file || !known.has(name) || isPartial(name)) continue;
		const { output, problem } = execute(name, dotOf(template), environment);
		if (problem) gaps.push(gapOf(problem));
		else if (!name.endsWith("NOTES.txt")) printed.push({ name, uri: file.uri, output, at: placeOutside(place(wholeOf(file.file), 0, 0)) });
	}
	const { bad, ...manifests } = readManifests(printed);
	return { ...manifests, gaps: once([...gaps, ...bad]) };
}

/** The context that all templates of a chart share, with what `.Template` is in this one. */
export function dotOf({ name, dot, basePath }: Template): Dict {
	const own: readonly (readonly [string, Value])[] = [
		["Name", text(name)],
		["BasePath", text(basePath)],
	];
	dot.entries.set("Template", dict(own, "chartutil.Values"));
	return dot;
}

/** What fails in a helper fails in all that include it, and is said once. */
function once(gaps: readonly ChartGap[]): readonly ChartGap[] {
	return gaps.filter(({ reason, at }, index) => {
		const first = gaps.findIndex((other) => other.reason === reason && (other.at && at ? samePlace(other.at, at) : other.at === at));
		return first === index;
	});
}

function gapOf(problem: TemplateProblem): ChartGap {
	const at = placeOutside(problem.at);
	return { class: classOf(problem), reason: problem.reason, uri: at.source.uri, at };
}

function classOf({ kind, message }: TemplateProblem): ChartGap["class"] {
	if (kind === "parse") return "template syntax";
	if (kind === "fail" || kind === "required") return "required or fail";
	if (kind === "budget") return "budget";
	return /\bno template "/.test(message) ? "missing template" : "nil or type error";
}
