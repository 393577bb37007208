import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Edit } from "../../server/src/text/source.ts";
import { addEntry, addItem, asScalar, columnOf, newlineOf, removeEntry, replace, setValue } from "../../server/src/yaml/edit.ts";
import { type Entry, entryOf, type MapNode, type Node, type SeqNode, valueAt } from "../../server/src/yaml/nodes.ts";
import { type Parsed, parseSource } from "../../server/src/yaml/parse.ts";
import type { Json } from "./facts.ts";
import { allNodes, toJson } from "./json.ts";

function parse(text: string): Parsed {
	return parseSource({ uri: "a.yaml", text });
}

function apply({ source, start, end, text }: Edit): string {
	return source.text.slice(0, start) + text + source.text.slice(end);
}

function isMap(node: Node): node is MapNode {
	return node.kind === "map";
}

function isList(node: Node): node is SeqNode {
	return node.kind === "seq";
}

/** A JSON value that no two places share, so that a change at one can be told from one at another. */
type Path = readonly (string | number)[];

/** The node's path in the tree; the first one, where aliases give it several. */
function pathOf(root: Node | undefined, wanted: Node, path: Path = []): Path | undefined {
	if (!root || root === wanted) return root && path;
	const children: [string | number, Node][] = isMap(root)
		? root.entries.map(({ name, value }) => [name, value])
		: isList(root)
			? root.items.map((item, index) => [index, item])
			: [];
	for (const [name, child] of children) {
		const found = pathOf(child, wanted, [...path, name]);
		if (found) return found;
	}
	return undefined;
}

/** The value with what stands at a path changed by a function. */
function changedAt(json: Json, path: Path, change: (value: Json) => Json): Json {
	const [first, ...rest] = path;
	if (first === undefined) return change(json);
	if (Array.isArray(json)) return json.map((item, index) => (index === first ? changedAt(item, rest, change) : item));
	assert.ok(typeof json === "object" && json !== null && !Array.isArray(json));
	return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, name === first ? changedAt(value, rest, change) : value]));
}

function comments(text: string): readonly string[] {
	return [...text.matchAll(/#!\w+/g)].map(([comment]) => comment);
}

/** Values as YAML in every style, with a comment wherever one can stand. Keys are unique, so that nothing is overridden. */
function documents(): fc.Arbitrary<string> {
	const shape = fc.letrec<{ node: Shape }>((tie) => ({
		node: fc.oneof(
			{ depthSize: "small", withCrossShrink: true },
			fc.constantFrom<Shape>(..."one 2 'three' \"four\" |literal |+keeping >folded absent long".split(" ").map((leaf) => ({ leaf }))),
			fc.record({ map: fc.array(tie("node"), { minLength: 1, maxLength: 3 }), flow: fc.boolean() }),
			fc.record({ list: fc.array(tie("node"), { minLength: 1, maxLength: 3 }), flow: fc.boolean(), inner: fc.boolean() }),
		),
	})).node;
	const options = fc.record({
		comments: fc.boolean(),
		crlf: fc.boolean(),
		lastLine: fc.boolean(),
		blank: fc.boolean(),
		aliases: fc.boolean(),
	});
	return fc.tuple(fc.array(shape, { minLength: 1, maxLength: 3 }), options).map(([map, chosen]) => {
		const writer = new Writer(chosen);
		const body = writer.block({ map, flow: false }, 0).replace(/^\n/, "");
		const text = chosen.aliases ? `anchored: &anchor { merged: 1 }\n${body}last: *anchor\n` : body;
		const ended = chosen.lastLine ? text : text.replace(/\n+$/, "");
		return chosen.crlf ? ended.replaceAll("\n", "\r\n") : ended;
	});
}

type Shape = { leaf: string } | { map: readonly Shape[]; flow: boolean } | { list: readonly Shape[]; flow: boolean; inner: boolean };

class Writer {
	private count = 0;
	private readonly options: { readonly comments: boolean; readonly blank: boolean };

	constructor(options: { readonly comments: boolean; readonly blank: boolean }) {
		this.options = options;
	}

	private end(): string {
		return `${this.options.comments ? ` #!c${this.count++}` : ""}\n${this.options.blank ? "\n" : ""}`;
	}

	/** What follows a colon or a dash, with the line break at its end. */
	block(shape: Shape, indent: number): string {
		const pad = " ".repeat(indent);
		if ("leaf" in shape) return this.leaf(shape.leaf, indent);
		if (shape.flow) return ` ${this.flow(shape)}${this.end()}`;
		if ("map" in shape) return `\n${shape.map.map((value) => `${pad}k${this.count++}:${this.below(value, indent)}`).join("")}`;
		const own = shape.inner ? pad : pad.slice(2);
		return `\n${shape.list.map((value) => `${own}-${this.item(value, own.length + 2)}`).join("")}`;
	}

	private below(value: Shape, indent: number): string {
		return this.block(value, indent + 2);
	}

	/** A map begins on its item's line. */
	private item(value: Shape, indent: number): string {
		const written = this.block("list" in value ? { ...value, inner: true } : value, indent);
		return "map" in value && !value.flow ? ` ${written.slice(1 + indent)}` : written;
	}

	private leaf(leaf: string, indent: number): string {
		const pad = " ".repeat(Math.max(indent, 1));
		if (leaf === "absent") return this.end();
		if (leaf === "long") return ` a long\n${pad} text ${this.count++}${this.end()}`;
		if (leaf.startsWith("|+")) return ` |+\n${pad}kept\n\n\n`;
		if (leaf.startsWith("|") || leaf.startsWith(">")) return ` ${leaf[0]}${this.end().replace(/\n+$/, "\n")}${pad}${leaf}\n${pad}  x\n`;
		return ` ${leaf}${this.end()}`;
	}

	private flow(shape: Shape): string {
		if ("leaf" in shape) return /^['"\w]/.test(shape.leaf) && shape.leaf !== "absent" && shape.leaf !== "long" ? shape.leaf : "x";
		if ("map" in shape) return `{ ${shape.map.map((value) => `k${this.count++}: ${this.flow(value)}`).join(", ")} }`;
		return `[${shape.list.map((value) => this.flow(value)).join(", ")}]`;
	}
}

/** Checks an edit of every wanted node of many documents: what it changes is read, and nothing else is different. */
function checkEdits<T extends Node>(
	wanted: (node: Node) => node is T,
	edits: (node: T) => Iterable<{ readonly edit: Edit | undefined; readonly change: (value: Json) => Json; readonly mayLose?: boolean }>,
): void {
	fc.assert(
		fc.property(documents(), (text) => {
			const { root, problems } = parse(text);
			assert.deepEqual(problems, []);
			const shared = root && valueAt(root, "anchored");
			for (const node of [...allNodes(root)].filter(wanted)) {
				if (node === (shared as Node)) continue;
				const path = pathOf(root, node);
				if (!path) continue;
				for (const { edit, change, mayLose } of edits(node)) {
					if (!edit) continue;
					const after = apply(edit);
					const read = parse(after);
					assert.deepEqual(read.problems, [], after);
					assert.deepEqual(toJson(read.root), changedAt(toJson(root), path, change), after);
					if (!mayLose) assert.deepEqual(comments(after), comments(text), after);
					if (text.includes("\r\n")) assert.doesNotMatch(after, /[^\r]\n/);
				}
			}
		}),
		{ numRuns: 300 },
	);
}

const VALUES: readonly (readonly [string, Json])[] = [
	["80", 80],
	["web", "web"],
	['"8080"', "8080"],
	["{ a: 1 }", { a: 1 }],
];

test("setValue sets the value and nothing else, whatever stood there", () => {
	checkEdits(isMap, function* (map) {
		for (const entry of map.entries.filter(({ name, value, key }) => name !== "anchored" && value.start >= key.end)) {
			for (const [written, value] of VALUES) {
				yield {
					edit: setValue(entry, written),
					change: (json) => changedAt(json, [entry.name], () => value),
					mayLose: isCollection(entry.value),
				};
			}
		}
	});
});

/** Comments inside what is replaced go with it. */
function isCollection(node: Node): boolean {
	return node.kind !== "scalar" || node.style === "block";
}

test("addEntry writes behind the last entry, in the map's own style", () => {
	checkEdits(isMap, function* (map) {
		for (const [written, value] of VALUES) {
			yield { edit: required(addEntry(map, "added", written)), change: (json) => ({ ...(json as Record<string, Json>), added: value }) };
		}
	});
});

test("addEntry indents a value of several lines", () => {
	checkEdits(isMap, function* (map) {
		if (map.flow) return;
		const change = (json: Json) => ({ ...(json as Record<string, Json>), added: { a: 1, b: [2] } });
		yield { edit: required(addEntry(map, "added", "\n  a: 1\n  b:\n    - 2")), change };
	});
});

test("addItem writes behind the last item, in the list's own style", () => {
	checkEdits(isList, function* (list) {
		for (const [written, value] of VALUES) yield { edit: required(addItem(list, written)), change: (json) => [...(json as Json[]), value] };
		if (list.flow) return;
		yield { edit: required(addItem(list, "a: 1\nb: 2")), change: (json) => [...(json as Json[]), { a: 1, b: 2 }] };
	});
});

test("removeEntry takes the entry and leaves the rest", () => {
	let removed = 0;
	checkEdits(isMap, function* (map) {
		for (const entry of map.entries) {
			const edit = removeEntry(map, entry);
			if (edit) removed++;
			yield { edit, change: (json) => without(json, entry), mayLose: true };
		}
	});
	assert.ok(removed > 100);
});

function without(json: Json, { name }: Entry): Json {
	return Object.fromEntries(Object.entries(json as Record<string, Json>).filter(([key]) => key !== name));
}

function required(edit: Edit | undefined): Edit {
	assert.ok(edit);
	return edit;
}

test("asScalar writes any text so that Kubernetes reads it as that text", () => {
	const words = fc.constantFrom(
		"yes",
		"n",
		"~",
		"null",
		"80",
		"0x50",
		"1e3",
		"8_0",
		".inf",
		"2024-01-01",
		"a: b",
		"a #b",
		"- a",
		"\ud800",
		"a\udfff",
		"\\ud800",
		"\\\ud800",
		"",
		" a",
		"a ",
		"'",
		"&a",
		"---",
		"a\nb",
	);
	fc.assert(
		fc.property(fc.oneof(words, fc.string(), fc.string({ unit: "binary" })), (text) => {
			const written = asScalar(text);
			for (const around of [`k: ${written}\n`, `k: { k: ${written}, l: [${written}] }\n`, `k:\n- ${written} # c\n`]) {
				const { root, problems } = parse(around);
				assert.deepEqual(problems, [], around);
				const scalars = [...allNodes(root)].filter((node) => node.kind === "scalar").map(({ value }) => value);
				assert.ok(scalars.includes(text), around);
			}
			assert.deepEqual(toJson(parse(`${written}: 1\n`).root), { [text]: 1 });
		}),
		{ numRuns: 1000 },
	);
});

test("asScalar quotes only where it must", () => {
	for (const text of ["web", "app.kubernetes.io/name", "1.2.3", "nginx:1.27", "registry:5000/a/b@sha256", "http", "v1", "/healthz"]) {
		assert.equal(asScalar(text), text);
	}
	assert.equal(asScalar("80"), '"80"');
	assert.equal(asScalar("on"), '"on"');
	assert.equal(asScalar(80), "80");
});

/** The text after an edit of the map at a path. */
function edited(text: string, path: readonly string[], edit: (map: MapNode) => Edit | undefined): string | undefined {
	const map = valueAt(parse(text).root, ...path);
	assert.ok(map?.kind === "map");
	const made = edit(map);
	return made && apply(made);
}

const entry = (map: MapNode, name: string) => entryOf(map, name) as Entry;

test("a value that is absent is written behind its colon, before a comment", () => {
	assert.equal(
		edited("a: # c\nb: 1\n", [], (map) => setValue(entry(map, "a"), "2")),
		"a: 2 # c\nb: 1\n",
	);
	assert.equal(
		edited("{a, b: }\n", [], (map) => setValue(entry(map, "a"), "2")),
		"{a: 2, b: }\n",
	);
	assert.equal(
		edited("a: &x\nb: *x\n", [], (map) => setValue(entry(map, "a"), "2")),
		"a: &x 2\nb: *x\n",
	);
});

test("a text of several lines is replaced whole, and what follows stays on its line", () => {
	assert.equal(
		edited("a: |\n  x\n  y\n\n# c\nb: 1\n", [], (map) => setValue(entry(map, "a"), "z")),
		"a: z\n\n# c\nb: 1\n",
	);
	assert.equal(
		edited("a:\n  - 1\n  - 2 # two\n# c\nb: 1", [], (map) => setValue(entry(map, "a"), "[]")),
		"a:\n  [] # two\n# c\nb: 1",
	);
});

test("JSON stays JSON", () => {
	const text = '{\n  "a": {\n    "b": 1\n  },\n  "c": {},\n  "d": [\n    1\n  ]\n}\n';
	assert.equal(
		edited(text, ["a"], (map) => addEntry(map, "x", "2")),
		text.replace('"b": 1', '"b": 1,\n    "x": 2'),
	);
	assert.equal(
		edited(text, ["c"], (map) => addEntry(map, "x", "2")),
		text.replace("{}", '{ "x": 2 }'),
	);
	assert.equal(
		edited(text, ["a"], (map) => removeEntry(map, entry(map, "b"))),
		text.replace('\n    "b": 1', ""),
	);
	assert.equal(
		edited(text, [], (map) => removeEntry(map, entry(map, "c"))),
		text.replace('"c": {},\n  ', ""),
	);
	assert.equal(
		edited(text, [], (map) => removeEntry(map, entry(map, "d"))),
		text.replace(/,\s*"d": \[\s*1\s*\]/, ""),
	);
	assert.equal(
		edited(text, [], (map) => addItem(valueAt(map, "d") as SeqNode, "2")),
		text.replace("    1\n", "    1,\n    2\n"),
	);
});

test("an entry behind which an empty line or a comment follows is added before it", () => {
	assert.equal(
		edited("a:\n  b: 1 # b\n\n# next\nc: 2\n", ["a"], (map) => addEntry(map, "x", "2")),
		"a:\n  b: 1 # b\n  x: 2\n\n# next\nc: 2\n",
	);
	assert.equal(
		edited("a:\n  b: |+\n    x\n\n\nc: 2\n", ["a"], (map) => addEntry(map, "x", "2")),
		"a:\n  b: |+\n    x\n\n\n  x: 2\nc: 2\n",
	);
	assert.equal(
		edited("a:\n  b: *x\n", [], () => undefined),
		undefined,
	);
});

test("a byte order mark stays in front and takes no column", () => {
	assert.equal(
		edited("\ufeffa: 1\nb: 2\n", [], (map) => addEntry(map, "x", "3")),
		"\ufeffa: 1\nb: 2\nx: 3\n",
	);
	assert.equal(
		edited("\ufeffa: 1\nb: 2\n", [], (map) => removeEntry(map, entry(map, "a"))),
		"\ufeffb: 2\n",
	);
});

test("an entry behind an alias or a merge key is added behind it", () => {
	const text = "x: &x { y: 1 }\na:\n  b:\n    *x\nc:\n  <<: *x\n";
	assert.equal(
		edited(text, ["a"], (map) => addEntry(map, "z", "2")),
		text.replace("    *x\n", "    *x\n  z: 2\n"),
	);
	assert.equal(
		edited(text, ["c"], (map) => addEntry(map, "z", "2")),
		`${text}  z: 2\n`,
	);
	assert.equal(
		edited("x: &x 1\na: {b: *x}\n", ["a"], (map) => addEntry(map, "z", "2")),
		"x: &x 1\na: {b: *x, z: 2}\n",
	);
});

test("the pair of a flow list has no room for another entry", () => {
	const list = valueAt(parse("a: [b: 1]\n").root, "a");
	assert.ok(list?.kind === "seq" && list.items[0]?.kind === "map");
	const [pair] = list.items;
	assert.equal(addEntry(pair as MapNode, "c", "2"), undefined);
	assert.equal(removeEntry(pair as MapNode, entry(pair as MapNode, "b")), undefined);
});

test("an entry is not removed when others need it: the only one, an anchor's, a merged one", () => {
	assert.equal(
		edited("a:\n  b: 1\n", ["a"], (map) => removeEntry(map, entry(map, "b"))),
		undefined,
	);
	assert.equal(
		edited("a: &x 1\nb: *x\n", [], (map) => removeEntry(map, entry(map, "a"))),
		undefined,
	);
	assert.equal(
		edited("a: &x { b: 1 }\nc:\n  <<: *x\n  d: 1\n", ["c"], (map) => removeEntry(map, entry(map, "b"))),
		undefined,
	);
	assert.equal(
		edited("a: &x 1\nb: 2\n", [], (map) => removeEntry(map, entry(map, "a"))),
		"b: 2\n",
	);
});

test("the first entry of a list item is removed from its dash", () => {
	const removed = (text: string) => {
		const list = valueAt(parse(text).root, "l");
		const item = list?.kind === "seq" ? list.items[0] : undefined;
		assert.ok(item?.kind === "map");
		const edit = removeEntry(item, entry(item, "a"));
		return edit && apply(edit);
	};
	assert.equal(removed("l:\n  - a: 1 # a\n    b: 2\n"), "l:\n  - b: 2\n");
	assert.equal(removed("l:\n- a:\n    x: 1\n\n  # c\n  b: 2\n"), "l:\n- \n\n  # c\n  b: 2\n");
	assert.equal(removed("l:\n- { a: 1, # c\n    b: 2 }\n"), "l:\n- {  # c\n    b: 2 }\n");
});

test("what is added to JSON is JSON, or nothing is", () => {
	for (const [text, value, wanted] of [
		['{ "a": 1 }', '"x"', '{ "a": 1, "b": "x" }'],
		['{ "a": 1 }', "x", undefined],
		['{ "a": {} }', "{ x: y }", undefined],
		["{ a: 1 }", "x", "{ a: 1, b: x }"],
	] as const) {
		const { root } = parse(text);
		const inner = root?.kind === "map" && root.entries[0]?.value.kind === "map" ? root.entries[0].value : root;
		assert.ok(inner?.kind === "map");
		const edit = addEntry(inner, "b", value);
		assert.equal(edit && apply(edit), wanted);
	}
});

test("what would be a byte order mark at the top of a text is not brought there", () => {
	for (const [text, wanted] of [
		["a: 1\n\ufeffb: 2\n", undefined],
		["\ufeffa: 1\nb: 2\n", "\ufeffb: 2\n"],
	] as const) {
		const { root } = parse(text);
		assert.ok(root?.kind === "map" && root.entries[0]);
		const edit = removeEntry(root, root.entries[0]);
		assert.equal(edit && apply(edit), wanted);
	}
});

test("columns and line breaks are the document's", () => {
	const { root, source } = parse("a:\r\n  b: 1\r\n");
	assert.equal(columnOf(valueAt(root, "a") as Node), 2);
	assert.equal(newlineOf(source ? (root as Node) : (root as Node)), "\r\n");
	assert.equal(apply(replace(valueAt(root, "a", "b") as Node, "22")), "a:\r\n  b: 22\r\n");
});

for (const [title, text, value, wanted] of [
	["the tag of a value that is replaced goes with it, as it says what the value was", 'a: !!int "80"', "web", "a: web"],
	["a tag may have signs in it", 'a: !!&x "80"', "web", "a: web"],
	["an anchor beside the tag stays", "a: &x !!str 80\nb: *x", "web", "a: &x web\nb: *x"],
	["what looks like a tag at the end of a key stays", '"a !": 80', "81", '"a !": 81'],
	["an exclamation mark in a key stays", "a !: 80", "81", "a !: 81"],
	["a comment that follows a quote at once is kept off what has none", 'a: "80"# note', "81", "a: 81 # note"],
	["where a quote ends what is written too nothing is added", 'a: "x"# note', '"y"', 'a: "y"# note'],
] as const) {
	test(title, () => {
		const { root } = parse(text);
		const first = root?.kind === "map" ? root.entries[0] : undefined;
		assert.ok(first);
		assert.equal(apply(setValue(first, value)), wanted);
	});
}
