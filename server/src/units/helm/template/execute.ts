import type { Place, Source } from "../../../text/source.ts";
import { type Definition, extended, locationOf, type ParsedTemplate, placeOf, type TemplateSet, type Written } from "./definition.ts";
import { BudgetError, type Cell, ExecutionError, type Frame, fail, type Inclusion, noted, type Run, type Watch } from "./frame.ts";
import { FUNCTIONS } from "./functions/table.ts";
import type { Step } from "./origin.ts";
import { Parser } from "./parser.ts";
import { evaluatePipe } from "./pipeline.ts";
import { NOWHERE } from "./print.ts";
import type { Budget, TemplateProblem } from "./problem.ts";
import { quoteGo } from "./quoting.ts";
import { CallError, type Context } from "./signature.ts";
import { slice, splice, type Text, TextBuilder } from "./text.ts";
import { ParseError } from "./tokenStream.ts";
import type { CallNode } from "./tree.ts";
import { unknown, type Value } from "./values.ts";
import { walk } from "./walk.ts";

export type { Watch } from "./frame.ts";

/** What an execution may use. */
export interface Environment {
	readonly templates: TemplateSet;
	/** Shared by all templates of a chart, and spent by them. */
	readonly budget: Budget;
	readonly watch?: Watch;
}

/** What a template gives, with `<no value>` removed as Helm does it, or why it fails. */
export type Outcome =
	| { readonly output: Text; readonly problem?: undefined }
	| { readonly output?: undefined; readonly problem: TemplateProblem };

export type Parsed =
	| { readonly parsed: ParsedTemplate; readonly problem?: undefined }
	| { readonly parsed?: undefined; readonly problem: TemplateProblem };

const cache = new WeakMap<Source, Map<string, Parsed>>();

/** Parses a file of templates; `name` is the one that Helm gives it (`chart/templates/service.yaml`). */
export function parseTemplate(name: string, source: Source): Parsed {
	let byName = cache.get(source);
	if (!byName) {
		byName = new Map();
		cache.set(source, byName);
	}
	let parsed = byName.get(name);
	if (!parsed) {
		parsed = parseSource(name, source);
		byName.set(name, parsed);
	}
	return parsed;
}

function parseSource(name: string, source: Source): Parsed {
	const written: Written = { name, text: source.text, source, constants: new Map() };
	try {
		return { parsed: { name, source, definitions: definitionsOf(written) } };
	} catch (error) {
		if (!(error instanceof ParseError)) throw error;
		const location = locationOf(written, error.at).replace(/:\d+$/, "");
		const reason = error.message.split(": ").at(-1) ?? error.message;
		return { problem: { kind: "parse", message: `parse error at (${location}): ${reason}`, reason, at: pointAt(source, error) } };
	}
}

/** What is wrong, or the line's rest from where the parser gave up. */
function pointAt(source: Source, { at, end: known }: ParseError): Place {
	if (known !== undefined) return { source, start: at, end: known };
	const end = source.text.indexOf("\n", at);
	return { source, start: at, end: Math.max(at, end < 0 ? source.text.length : end) };
}

/** Throws a `ParseError`. */
function definitionsOf(written: Written): readonly Definition[] {
	const trees = new Parser(written.name, written.text, FUNCTIONS).parse();
	return trees.map(({ name, nodes, empty }) => ({ name, nodes, empty, written }));
}

/**
 * Runs a template of the set. `dot` may be changed by it (`set`); Helm gives all templates of a chart the same one.
 * Never throws; what takes too long or too much fails with a problem of the kind "budget".
 */
export function execute(name: string, dot: Value, { templates, budget, watch }: Environment): Outcome {
	const definition = templates.definitions.get(name);
	const run: Run = { budget, watch, included: new Map() };
	if (!definition) {
		const reason = `template: no template ${quoteGo(name)} associated with template "gotpl"`;
		return { problem: { kind: "execute", message: reason, reason, at: NOWHERE } };
	}
	try {
		const output = runDefinition(
			run,
			templates,
			definition,
			{ value: dot.kind === "nil" ? undefined : dot, wrapped: false },
			undefined,
			0,
			undefined,
		);
		return { output: withoutNoValue(output) };
	} catch (error) {
		return { problem: problemOf(error, definition, run) };
	}
}

function problemOf(error: unknown, { written }: Definition, { included }: Run): TemplateProblem {
	if (error instanceof ExecutionError) {
		const { place: at, through, said } = error;
		return { kind: said ?? "execute", message: cleaned(error.message), reason: wordsOf(error), at, through };
	}
	if (error instanceof BudgetError || error instanceof RangeError) {
		const [name = "", { times, from } = NOT_INCLUDED] = [...included].sort(([, a], [, b]) => b.times - a.times)[0] ?? [];
		const reason =
			error instanceof BudgetError
				? error.message
				: times > ENDLESS
					? `rendering template has a nested reference name: ${name}: unable to execute template`
					: "nested too deeply";
		const at = (times > ENDLESS && from) || placeOf(written, 0, 0);
		if (times > ENDLESS) return { kind: "execute", message: `${written.name}: ${reason}`, reason, at };
		return { kind: "budget", message: `${written.name}: ${reason}`, reason, at };
	}
	throw error;
}

const NOT_INCLUDED: Inclusion = { times: 0, from: undefined };

/** A template that includes itself so often does not end. */
const ENDLESS = 100;

/** Between these stands what a template says itself; Helm shows nothing else of the message. */
const MARK_START = "HELM_ERR_START";
const MARK_END = "HELM_ERR_END";

/** Source: cleanupExecError of Helm's engine. */
function cleaned(message: string): string {
	const [, location = "", ...rest] = message.split(": ");
	const said = new RegExp(`${MARK_START}([^]*)${MARK_END}`).exec(rest.join(": "))?.[1];
	return said === undefined ? message : `execution error at (${location}): ${said}`;
}

/** What is wrong without where. Templates may call `fail` and `required` with an empty text, and nobody would read why. */
function wordsOf({ reason, said }: ExecutionError): string {
	const words = reason.replace(MARK_START, "").replace(MARK_END, "");
	return words.trim() === "" && said ? `${said} gives no reason` : words;
}

function withoutNoValue(output: Text): Text {
	if (!output.value.includes("<no value>")) return output;
	const found = [...output.value.matchAll(/<no value>/g)];
	return splice(
		output,
		found.map(({ index }) => ({ start: index, end: index + "<no value>".length, by: "" })),
	);
}

function runDefinition(
	run: Run,
	templates: TemplateSet,
	definition: Definition,
	dot: Cell,
	chain: Step | undefined,
	depth: number,
	doubt: Frame["doubt"],
): Text {
	const out = new TextBuilder();
	runInto(run, templates, definition, dot, chain, depth, doubt, out);
	return out.text();
}

function runInto(
	run: Run,
	templates: TemplateSet,
	definition: Definition,
	dot: Cell,
	chain: Step | undefined,
	depth: number,
	doubt: Frame["doubt"],
	out: TextBuilder,
): void {
	const { recursion } = run.budget.limits;
	if (depth > recursion) throw new BudgetError(`templates are nested more than ${recursion} deep`, "recursion");
	const frame: Frame = {
		run,
		templates,
		definition,
		chain,
		depth,
		variables: [{ name: "$", cell: dot }],
		out,
		context: contextOf(run, () => frame),
		action: placeOf(definition.written, 0, 0),
		at: undefined,
		doubt,
		leftDoubt: undefined,
	};
	walk(frame, dot, definition.nodes, runTemplate);
}

function runTemplate(frame: Frame, node: CallNode, dot: Cell): void {
	const { run, templates, action, chain, depth, doubt, out } = frame;
	const definition = templates.definitions.get(node.name);
	if (!definition) throw fail(frame, `template ${quoteGo(node.name)} not defined`);
	const value = node.pipe && evaluatePipe(frame, dot, node.pipe);
	const step: Step = { at: action, how: "include", outer: chain };
	const before = out.length;
	runInto(run, templates, definition, { value, wrapped: false }, step, depth + 1, doubt, out);
	if (run.watch?.node === node) noted(frame, node, { value: slice(out.text(), before, out.length), wrapped: false });
}

function contextOf(run: Run, frame: () => Frame): Context {
	const { budget } = run;
	return {
		spend: (steps) => {
			budget.steps -= steps;
			if (budget.steps < 0) throw new BudgetError(`more than ${budget.limits.steps} steps`, "steps");
		},
		reserve: (length) => {
			budget.length -= length;
			if (budget.length < 0) throw new BudgetError(`more than ${budget.limits.output} characters`, "output");
		},
		checkRange: (length) => {
			if (length > budget.limits.range) throw new BudgetError(`a list or range of more than ${budget.limits.range}`, "range");
		},
		kept: (value) => {
			const { doubt } = frame();
			return doubt ? unknown("interface {}", doubt) : value;
		},
		include: (name, data) => include(frame(), name, data),
		tpl: (source, data) => tpl(frame(), source, data),
	};
}

/** Helm allows as many includes of one name inside of each other. Source: recursionMaxNums of Helm's engine. */
const MAX_INCLUDED = 1000;

function include(frame: Frame, name: string, data: Value): Text {
	const { run, templates, action, chain, depth, doubt } = frame;
	const { times, from = action } = run.included.get(name) ?? NOT_INCLUDED;
	if (times > MAX_INCLUDED) throw new CallError(`rendering template has a nested reference name: ${name}: unable to execute template`);
	const definition = templates.definitions.get(name);
	if (!definition) throw new CallError(`template: no template ${quoteGo(name)} associated with template "gotpl"`);
	run.included.set(name, { times: times + 1, from });
	const step: Step = { at: action, how: "include", outer: chain };
	const output = runDefinition(run, templates, definition, dotOf(data), step, depth + 1, doubt);
	if (times > 0) run.included.set(name, { times, from });
	else run.included.delete(name);
	return output;
}

function dotOf(data: Value): Cell {
	return { value: data.kind === "nil" ? undefined : data, wrapped: false };
}

function tpl(frame: Frame, source: Text, data: Value): Text {
	if (!source.value.includes("{{")) return withoutNoValue(source);
	const { run, templates, action, chain, depth, doubt } = frame;
	const through: Step = { at: action, how: "include", outer: chain };
	const written: Written = { name: "gotpl", text: source.value, passed: { text: source, at: action, through }, constants: new Map() };
	const definitions = parsePassed(written);
	const main = definitions.find(({ name }) => name === "gotpl");
	if (!main) return { kind: "string", value: "" };
	const set = definitions.length > 1 ? extended(templates.definitions, definitions) : templates;
	try {
		return withoutNoValue(runDefinition(run, set, main, dotOf(data), through, depth + 1, doubt));
	} catch (error) {
		if (!(error instanceof ExecutionError)) throw error;
		const { reason, place, through: led, said } = error;
		const message = `error during tpl function execution for ${quoteGo(source.value)}: ${error.message}`;
		throw new ExecutionError(message, reason, place, led, said);
	}
}

function parsePassed(written: Written): readonly Definition[] {
	try {
		return definitionsOf(written);
	} catch (error) {
		if (!(error instanceof ParseError)) throw error;
		const location = locationOf(written, error.at).replace(/:\d+$/, "");
		throw new CallError(`cannot parse template ${quoteGo(written.text)}: template: ${location}: ${error.message}`);
	}
}
