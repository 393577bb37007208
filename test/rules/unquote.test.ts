import assert from "node:assert/strict";
import { test } from "node:test";
import { unquote } from "../../server/src/rules/unquote.ts";
import { parseSource } from "../../server/src/yaml/parse.ts";

for (const [title, text, gives] of [
	["a number loses its quotes", 'a: "80"', "80"],
	["what stands around the digits goes too", "a: ' 0080 '", "80"],
	["what is no port number keeps its quotes", 'a: "0"', undefined],
	["a name keeps its quotes", 'a: "http"', undefined],
	["a text that a tag makes of a number has no quotes to lose", "a: !!str 80", undefined],
	["nor has one with a tag that nobody knows", "a: !!&x 80", undefined],
	["a tag would make a text of the number again", 'a: !!str "80"', undefined],
	["others that read the text through an anchor keep it", 'a: &p "80"\nb: *p', undefined],
	["an ampersand in a key is no anchor", 'x &y: "80"', "80"],
] as const) {
	test(title, () => {
		const { root } = parseSource({ uri: "a.yaml", text });
		assert.ok(root?.kind === "map" && root.entries[0]);
		assert.equal(unquote(root.entries[0].value, root)[0]?.edits[0]?.text, gives);
	});
}
