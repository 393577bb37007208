import { RE2JS } from "re2js";
import { quoteGo } from "../quoting.ts";
import { CallError, type Context, fixed, keeping, type Signature } from "../signature.ts";
import { slice, splice, type Text, TextBuilder, text } from "../text.ts";
import { bool, list, type Value } from "../values.ts";
import { number } from "./strings.ts";

/** Regular expressions are RE2's, which take time in proportion to the text. Source: regex.go of sprig. */
export const REGEX: Readonly<Record<string, Signature>> = {
	regexMatch: fixed(["string", "string"], "bool", (_, pattern, value) => {
		const compiled = compile(pattern.value);
		return bool(typeof compiled !== "string" && compiled.matcher(value.value).find());
	}),
	mustRegexMatch: fixed(["string", "string"], "bool", (_, pattern, value) => bool(must(pattern, true).matcher(value.value).find())),
	...both("regexFindAll", (m) =>
		fixed(["string", "string", "int"], "[]string", (context, pattern, value, count) =>
			findAll(context, must(pattern, m), value, number(count)),
		),
	),
	...both("regexFind", (m) =>
		fixed(["string", "string"], "string", (context, pattern, value) => {
			const [found] = matches(context, must(pattern, m), value.value, 1);
			return found ? slice(value, found.start, found.end) : text("");
		}),
	),
	...both("regexReplaceAll", (m) =>
		keeping(
			fixed(["string", "string", "string"], "string", (context, pattern, value, by) =>
				replaceAll(context, must(pattern, m), value, (match) => expand(by, match)),
			),
		),
	),
	...both("regexReplaceAllLiteral", (m) =>
		keeping(
			fixed(["string", "string", "string"], "string", (context, pattern, value, by) =>
				replaceAll(context, must(pattern, m), value, () => by),
			),
		),
	),
	...both("regexSplit", (m) =>
		fixed(["string", "string", "int"], "[]string", (context, pattern, value, count) =>
			split(context, must(pattern, m), value, number(count)),
		),
	),
	regexQuoteMeta: fixed(["string"], "string", (_, value) => text(value.value.replace(/[\\.+*?()|[\]{}^$]/g, "\\$&"))),
};

/** A function that panics for a bad pattern, and its twin that fails; their messages differ. */
function both(name: string, make: (fails: boolean) => Signature): Readonly<Record<string, Signature>> {
	return { [name]: make(false), [`must${name.charAt(0).toUpperCase()}${name.slice(1)}`]: make(true) };
}

const compiled = new Map<string, RE2JS | string>();

/** So many patterns are kept. */
const KEPT = 500;

/** The pattern, or Go's message about it. */
function compile(pattern: string): RE2JS | string {
	let found = compiled.get(pattern);
	if (found === undefined) {
		found = compileNew(pattern);
		if (compiled.size >= KEPT) compiled.clear();
		compiled.set(pattern, found);
	}
	return found;
}

function compileNew(pattern: string): RE2JS | string {
	try {
		return RE2JS.compile(pattern);
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}

function must({ value }: Text, fails: boolean): RE2JS {
	const found = compile(value);
	if (typeof found !== "string") return found;
	throw new CallError(fails ? found : `regexp: Compile(${value.includes("`") ? quoteGo(value) : `\`${value}\``}): ${found}`);
}

interface Match {
	readonly start: number;
	readonly end: number;
	readonly value: Text;
	/** Offsets of the groups, the whole match first; -1 for one that takes no part. */
	readonly groups: readonly { readonly start: number; readonly end: number }[];
	readonly names: Readonly<Record<string, number>>;
}

/** All matches as Go finds them: none is empty right behind another one. */
function matches(context: Context, pattern: RE2JS, value: string, limit: number): readonly Omit<Match, "value">[] {
	context.spend(value.length >> 10);
	const matcher = pattern.matcher(value);
	const names = pattern.namedGroups();
	const found: Omit<Match, "value">[] = [];
	let last = -1;
	for (let at = 0; at <= value.length && (limit < 0 || found.length < limit); ) {
		context.spend(1);
		if (!matcher.find(at)) break;
		const start = matcher.start();
		const end = matcher.end();
		if (end > start || start !== last) {
			const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, group) => ({
				start: matcher.start(group),
				end: matcher.end(group),
			}));
			found.push({ start, end, groups, names });
		}
		last = end;
		at = end > at ? end : at + ((value.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
	}
	return found;
}

function findAll(context: Context, pattern: RE2JS, value: Text, count: number): Value {
	const found = matches(context, pattern, value.value, count);
	const pieces = found.map(({ start, end }) => slice(value, start, end));
	return found.length === 0 ? { kind: "list", type: "[]string", items: [], nil: true } : list(pieces, "[]string");
}

function replaceAll(context: Context, pattern: RE2JS, value: Text, by: (match: Match) => Text): Text {
	const found = matches(context, pattern, value.value, -1);
	if (found.length === 0) return value;
	return splice(
		value,
		found.map((match) => {
			const replacement = by({ ...match, value });
			context.reserve(replacement.value.length);
			return { start: match.start, end: match.end, by: replacement };
		}),
	);
}

const REFERENCE = /\$(?:(\$)|([0-9A-Za-z_\p{L}\p{Nd}]+)|\{([0-9A-Za-z_\p{L}\p{Nd}]+)\})/gu;

/** Source: Expand of Go's regexp. */
function expand(template: Text, { value, groups, names }: Match): Text {
	if (!template.value.includes("$")) return template;
	const builder = new TextBuilder();
	let at = 0;
	for (const { 0: written, 1: dollar, 2: plain, 3: braced, index } of template.value.matchAll(REFERENCE)) {
		builder.addText(template, at, index);
		at = index + written.length;
		if (dollar !== undefined) {
			builder.add("$");
			continue;
		}
		const name = plain ?? braced ?? "";
		const group = groups[/^[0-9]+$/.test(name) ? Number(name) : (names[name] ?? -1)];
		if (group && group.start >= 0) builder.addText(value, group.start, group.end);
	}
	return builder.addText(template, at).text();
}

/** Source: Split of Go's regexp. */
function split(context: Context, pattern: RE2JS, value: Text, count: number): Value {
	if (count === 0) return { kind: "list", type: "[]string", items: [], nil: true };
	if (pattern.pattern() !== "" && value.value === "") return list([text("")], "[]string");
	const pieces: Text[] = [];
	let begin = 0;
	let end = 0;
	for (const match of matches(context, pattern, value.value, count)) {
		if (count > 0 && pieces.length === count - 1) break;
		({ start: end } = match);
		if (match.end !== 0) pieces.push(slice(value, begin, end));
		begin = match.end;
	}
	if (end !== value.value.length) pieces.push(slice(value, begin));
	return list(pieces, "[]string");
}
