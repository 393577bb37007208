import { nearest } from "../text/nearest.ts";
import { type Edit, type Place, textAt } from "../text/source.ts";
import { breakAt, bringsMarkToTop, endOfLineIn, startOfLine } from "../yaml/edit.ts";
import { parseSource } from "../yaml/parse.ts";
import type { Ignore } from "./ignores.ts";
import { type Context, type Fix, type Report, rule } from "./rule.ts";

export const unusedIgnore = rule({
	name: "unused-ignore",
	levels: ["hint"],
	on: "Ignore",
	summary: "A comment that silences a rule which finds nothing there.",
	why: "It hides what may come later. A misspelled name silences nothing.",
	source: "https://github.com/portolan-k8s/portolan#what-it-checks",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
      # portolan-ignore: quoted-target-port
      targetPort: http
`,
	good: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
      targetPort: http
`,
	*check({ ignore, unused }, context) {
		const fixes = removal(ignore, unused);
		const { bare, comment } = ignore;
		if (bare !== undefined) {
			if (context.ruleNames.has(textAt(bare))) yield withoutColon(comment, bare);
			return;
		}
		if (ignore.names.length === 0)
			yield { at: ignore.comment, tag: "unnecessary", useless: true, message: "This comment names no rule", fixes };
		for (const at of unused) yield { at, tag: "unnecessary", useless: true, message: messageFor(ignore, at, context), fixes };
	},
});

function withoutColon(comment: Place, word: Place): Report {
	const start = comment.start + textAt({ ...comment, end: word.start }).trimEnd().length;
	return {
		at: comment,
		tag: "unnecessary",
		useless: true,
		message: "Without a colon behind portolan-ignore this comment silences nothing",
		fixes: [{ title: "Write the colon", safe: false, edits: [{ source: comment.source, start, end: start, text: ":" }] }],
	};
}

function messageFor({ misplaced, line }: Ignore, at: Place, { ruleNames }: Context): string {
	const name = textAt(at);
	if (!ruleNames.has(name)) {
		const [word = ""] = name.split(/\s/);
		if (ruleNames.has(word)) return `The reason behind ${word} needs -- before it`;
		const meant = nearest(name, [...ruleNames]);
		return `There is no rule ${name}${meant === undefined ? "" : `; did you mean ${meant}?`}`;
	}
	if (misplaced) return "A comment for the whole file stands at its top, before everything else";
	return `${name} finds nothing ${line ? "on this line" : "in this file"}`;
}

/** Takes the unused names away, and with the last one the comment, or the line on which nothing else stands. */
function removal({ comment, names }: Ignore, unused: readonly Place[]): readonly Fix[] {
	const left = names.filter((name) => !unused.includes(name));
	const [first, last] = [names[0], names.at(-1)];
	if (left.length > 0 && first && last) {
		const edit: Edit = { source: comment.source, start: first.start, end: last.end, text: left.map(textAt).join(", ") };
		return [{ title: `Remove ${unused.map(textAt).join(", ")} from the comment`, safe: true, edits: [edit] }];
	}
	const span = removedSpan(comment);
	return keepsApart(span) ? [] : [{ title: "Remove the comment", safe: true, edits: [{ ...span, text: "" }] }];
}

/**
 * Whether a comment keeps apart what would be read as one without it: a text at the top of a document, of which nothing is read that
 * stands behind it (`// # comment`); an object behind which others stand, which count where the file begins with a brace and is a stream
 * of JSON objects then; the empty lines behind a block text that keeps those at its end; a sign at the start of a key that would be a
 * byte order mark at the top. Source: NewYAMLOrJSONDecoder of k8s.io/apimachinery/pkg/util/yaml.
 */
function keepsApart({ source, start, end }: Place): boolean {
	return parseSource(source).trailing !== undefined || bringsMarkToTop(source, start, end) || /[|>][0-9]?\+/.test(source.text);
}

function removedSpan({ source, start, end }: Place): Place {
	const { text } = source;
	const lineStart = startOfLine(text, start);
	const before = text.slice(lineStart, start);
	if (before.trim() !== "") return { source, start: start - (before.length - before.trimEnd().length), end };
	const lineEnd = endOfLineIn(text, end);
	return { source, start: lineStart, end: lineEnd + breakAt(text, lineEnd).length };
}
