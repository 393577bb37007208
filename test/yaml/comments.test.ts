import assert from "node:assert/strict";
import { test } from "node:test";
import { textAt } from "../../server/src/text/source.ts";
import { commentsOf } from "../../server/src/yaml/comments.ts";

const cases: { title: string; text: string; comments: readonly string[] }[] = [
	{ title: "on lines of their own and behind values", text: "# a\nb: 1 # c\n  # d\n", comments: ["# a", "# c", "# d"] },
	{ title: "a # inside a plain text is none", text: "a: b#c\nd: '#e' # f\n", comments: ["# f"] },
	{ title: "a # inside quotes is none", text: "a: 'b # c'\nd: \"e # f\n  # g\"\n", comments: [] },
	{
		title: "a # inside a block text is none, behind its sign it is one",
		text: "a: | # b\n  # c\n  d # e\n# f\n",
		comments: ["# b", "# f"],
	},
	{ title: "a line with less indentation ends a block text", text: "a:\n  b: |\n    # c\n  # d\n", comments: ["# d"] },
	{ title: "in flow collections", text: "a: [1, # b\n  2] # c\nd: { # e\n}\n", comments: ["# b", "# c", "# e"] },
	{ title: "on a separator line", text: "--- # a\nb: 1\n", comments: ["# a"] },
	{ title: "behind the end of a document", text: "a: 1\n...\n# b\nc: 2 # d\n", comments: ["# b", "# d"] },
	{ title: "with CRLF, without the line break", text: "# a \r\nb: 1 # c\r\n", comments: ["# a", "# c"] },
	{ title: "an empty one", text: "#\na: 1\n", comments: ["#"] },
	{ title: "a document of nothing else", text: "# a\n# b", comments: ["# a", "# b"] },
	{ title: "JSON has none", text: '{ "a": "# b" }', comments: [] },
	{ title: "before and behind an error", text: "a: 1 # b\nc: d: e # f\n# g\n", comments: ["# b", "# f", "# g"] },
	{ title: "behind a tab", text: "a: 1\t# b\n", comments: ["# b"] },
	{ title: "an anchor and a tag are none", text: "a: &b !!str c # d\ne: *b # f\n", comments: ["# d", "# f"] },
	{ title: "in a collection that is opened where a colon belongs, and not closed", text: '{\n  "a"{: "b",\n  # c\n  ', comments: ["# c"] },
];
for (const { title, text, comments } of cases) {
	test(`comments: ${title}`, () => assert.deepEqual(commentsOf({ uri: "a.yaml", text }).map(textAt), comments));
}

test("comments: of JSON that is being typed, or from which a sign is missing or stands twice", () => {
	const whole = '{ "a": { "b": ["c", { "d": 1 }] }, # e\n "f": [] }\n';
	for (const [at, sign] of [...whole].entries()) {
		const [before, behind] = [whole.slice(0, at), whole.slice(at + 1)];
		for (const text of [before, before + behind, before + sign + sign + behind]) {
			const found = commentsOf({ uri: "a.yaml", text }).map(textAt);
			if (sign !== '"' && sign !== "#" && text.includes("# e\n")) assert.deepEqual(found, ["# e"], text);
		}
	}
});
