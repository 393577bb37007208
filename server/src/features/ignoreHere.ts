import { ignoresOf } from "../rules/ignores.ts";
import { invalidYaml } from "../rules/invalid-yaml.ts";
import type { Finding } from "../rules/rule.ts";
import { type Edit, type Place, type Source, textAt } from "../text/source.ts";
import { newlineOf, startOfLine } from "../yaml/edit.ts";
import { firstProblem } from "../yaml/explain.ts";
import { parseSource } from "../yaml/parse.ts";
import { isJson } from "../yaml/stream.ts";

/** The comment that silences a finding where it stands; `undefined` where there is no place for one, as in JSON. */
export function ignoreHere({ rule, at }: Finding): Edit | undefined {
	if (/\.json$/i.test(at.source.uri) || isJson(at.source.text)) return undefined;
	const edit = anotherName(rule, at) ?? lineAbove(rule, at);
	return edit && silences(edit, rule, at) ? edit : undefined;
}

/** A comment that speaks of the line already. */
function anotherName(rule: string, at: Place): Edit | undefined {
	for (const { line, names } of ignoresOf(at.source)) {
		const last = names.at(-1);
		if (line && last && speaksOf(line, at.start)) return { source: at.source, start: last.end, end: last.end, text: `, ${rule}` };
	}
	return undefined;
}

/** Above a separator another document ends, where nobody speaks of this one. */
function lineAbove(rule: string, at: Place): Edit | undefined {
	const { text } = at.source;
	const start = startOfLine(text, at.start);
	if (text.startsWith("---", start)) return undefined;
	const indent = /^[ \t]*/.exec(text.slice(start, at.start))?.[0] ?? "";
	return { source: at.source, start, end: start, text: `${indent}# portolan-ignore: ${rule}${newlineOf(at)}` };
}

/** Whether the comment is one that speaks of the finding, and the document with it says nothing else. */
function silences(edit: Edit, rule: string, at: Place): boolean {
	const { text, uri } = at.source;
	const after: Source = { uri, text: text.slice(0, edit.start) + edit.text + text.slice(edit.end) };
	const lines = ignoresOf(after).flatMap(({ line, names }) => (line && names.some((name) => textAt(name) === rule) ? [line] : []));
	const isSilent = (offset: number) => lines.some((line) => speaksOf(line, offset));
	const problem = firstProblem(parseSource(after));
	if (problem && (rule !== invalidYaml.name || !isSilent(problem.start))) return false;
	return isSilent(at.start + edit.text.length);
}

function speaksOf(line: Place, offset: number): boolean {
	return line.start <= offset && offset <= line.end;
}
