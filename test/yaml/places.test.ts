import assert from "node:assert/strict";
import { test } from "node:test";
import { textAt } from "../../server/src/text/source.ts";
import { entryOf, type MapNode, type Node, valueAt, visiblePlace } from "../../server/src/yaml/nodes.ts";
import { parseSource } from "../../server/src/yaml/parse.ts";
import { openFile } from "../../server/src/yaml/stream.ts";
import { exampleTexts } from "../support/examples.ts";
import { allNodes, toJson } from "./json.ts";

function parse(text: string): MapNode {
	const { root, problems } = parseSource({ uri: "a.yaml", text });
	assert.deepEqual(problems, []);
	assert.ok(root?.kind === "map");
	return root;
}

/** What stands at a node's place, read by itself, is the node. */
function checkRoundTrip(node: Node): void {
	const { text } = node.source;
	const written = textAt(node);
	if (written === "") {
		assert.ok(node.kind === "scalar" && node.text === "");
		return;
	}
	const column = node.start - (Math.max(text.lastIndexOf("\n", node.start - 1), text.lastIndexOf("\r", node.start - 1)) + 1);
	const { root, problems } = parseSource({
		uri: "b.yaml",
		text: `? a\n:\n${" ".repeat(column + 1)}${written.replace(/\r\n?/g, "\n").replaceAll("\n", "\n ")}\n`,
	});
	assert.deepEqual(problems, [], written);
	assert.deepEqual(toJson(entryOf(root, "a")?.value), toJson(node), written);
}

for (const [name, text] of exampleTexts()) {
	if (name.startsWith("broken-yaml/broken")) continue;
	for (const newline of ["\n", "\r\n"]) {
		test(`${name} ${newline === "\n" ? "" : "with CRLF "}has at every place what it read there`, () => {
			for (const { source } of openFile(name, text.replace(/\r?\n/g, newline)).parts) {
				for (const node of allNodes(parseSource(source).root)) checkRoundTrip(node);
			}
		});
	}
}

test("a place ends with its value, before comments, blanks and line breaks", () => {
	const root = parse("a: 1 # one\nb:\n  c: x y  \n  # c\nd: # d\n- 'e' # e\nf: |+ # f\n  g\n\n  h\n\n\ni: { j: [1, 2] } # i\n");
	const at = (...path: string[]) => textAt(valueAt(root, ...path) ?? root);
	assert.equal(at("a"), "1");
	assert.equal(at("b"), "c: x y");
	assert.equal(at("d"), "- 'e'");
	assert.equal(at("f"), "|+ # f\n  g\n\n  h");
	assert.equal(at("i"), "{ j: [1, 2] }");
	assert.equal(at("i", "j"), "[1, 2]");
	assert.equal(textAt(root), root.source.text.slice(0, root.source.text.lastIndexOf(" #")));
});

test("anchors and tags stand before a place, and an alias has its anchor's", () => {
	const root = parse("a: &x !!str 80\nb: *x\nc: &y\n  d: 1\ne: { <<: *y }\n");
	assert.equal(textAt(valueAt(root, "a") ?? root), "80");
	assert.equal(valueAt(root, "b"), valueAt(root, "a"));
	assert.equal(textAt(valueAt(root, "c") ?? root), "d: 1");
	assert.equal(entryOf(valueAt(root, "e"), "d")?.value, valueAt(root, "c", "d"));
	assert.equal(entryOf(valueAt(root, "e"), "d")?.merged, true);
});

test("an absent value stands right behind its colon or dash, and its key is what can be seen", () => {
	const root = parse("a:\nb: # c\nd: [e, f: ]\ng:\n- \nh: &x\n");
	const starts = [...allNodes(root)].filter((node) => node.start === node.end).map(({ start }) => root.source.text.slice(start - 2, start));
	assert.deepEqual(starts, ["a:", "b:", "f:", "\n-", "&x"]);
	const entry = entryOf(root, "a");
	assert.ok(entry);
	assert.equal(textAt(visiblePlace({ key: entry.key, node: entry.value })), "a");
});

test("a map begins with its first key, at whatever stands before it on its line", () => {
	const root = parse("- &x a: 1\n  b: 2\n".replace(/^/gm, "  ").replace(/^/, "l:\n"));
	const list = valueAt(root, "l");
	assert.equal(textAt(list ?? root), "- &x a: 1\n    b: 2");
	assert.equal(textAt(list?.kind === "seq" ? (list.items[0] ?? root) : root), "&x a: 1\n    b: 2");
});

test("offsets count UTF-16 units, byte order mark and surrogates included", () => {
	const root = parse("\ufeff😀: 1\na: '😀' # 😀\nb: 2\n");
	assert.equal(textAt(entryOf(root, "😀")?.key ?? root), "😀");
	assert.equal(textAt(entryOf(root, "a")?.value ?? root), "'😀'");
	assert.equal(textAt(entryOf(root, "b")?.value ?? root), "2");
});

test("a node of a broken document stands where it was written", () => {
	const text = "kind: Service\nspec:\n  type: NodePort # c\n  oops\n  ports:\n    - port: 80\n      name: |\n        web\n# end\n";
	const { root } = parseSource({ uri: "a.yaml", text });
	assert.equal(textAt(valueAt(root, "spec", "type") ?? parse("a: 1")), "NodePort");
	assert.equal(textAt(valueAt(root, "spec", "ports") ?? parse("a: 1")), "- port: 80\n      name: |\n        web");
});
