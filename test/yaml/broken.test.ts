import assert from "node:assert/strict";
import { test } from "node:test";
import { readManifest } from "../../server/src/model/manifest.ts";
import { type Parsed, parseSource } from "../../server/src/yaml/parse.ts";
import { openFile } from "../../server/src/yaml/stream.ts";
import { exampleTexts } from "../support/examples.ts";
import { allNodes, toJson } from "./json.ts";

function parse(text: string): Parsed {
	return parseSource({ uri: "a.yaml", text });
}

/** Places lie inside the text, whatever it is. */
function checkPlaces({ source, root, problems, trailing }: Parsed): void {
	for (const { start, end } of [...allNodes(root), ...problems, ...(trailing ? [trailing] : [])]) {
		assert.ok(0 <= start && start <= end && end <= source.text.length, `${start}-${end} of ${source.text.length}`);
	}
}

for (const [name, text] of exampleTexts()) {
	test(`${name} can be cut anywhere`, () => {
		for (let end = 0; end <= text.length; end++) {
			for (const { source } of openFile(name, text.slice(0, end)).parts) {
				checkPlaces(parseSource(source));
				readManifest(source);
			}
		}
	});

	if (name.includes("fixed")) continue;
	test(`${name} can lose any character`, () => {
		for (let at = 0; at < text.length; at++) {
			for (const { source } of openFile(name, text.slice(0, at) + text.slice(at + 1)).parts) {
				checkPlaces(parseSource(source));
				readManifest(source);
			}
		}
	});
}

const SERVICE = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n";

const READ: readonly (readonly [string, string])[] = [
	["a line without a colon", `${SERVICE}  type: NodePort\n  sel\n  ports: []\n`],
	["a quote that is not closed", `${SERVICE}  ports: []\n  type: "NodePort\n`],
	["a bracket that is not closed", `${SERVICE}  ports: [\n`],
	["a tab as indentation", `${SERVICE}\tports: []\n`],
	["a second colon", `${SERVICE}  type: a: b\n  ports: []\n`],
	["an alias of no anchor", `${SERVICE}  selector: *labels\n`],
	["a null key", `${SERVICE}  ports: []\n~: 1\n`],
	["an infinity", `${SERVICE}  x: .inf\n`],
	["a control character", `${SERVICE}  x: "\x07"\n`],
	["text behind ---", `--- web\n${SERVICE}  ports: []\n`],
];

for (const [title, text] of READ) {
	test(`what can be read is read: ${title}`, () => {
		const { problems } = parse(text);
		const [object] = readManifest({ uri: "a.yaml", text }).objects;
		assert.ok(problems.length > 0);
		assert.equal(object?.kind, "Service");
		assert.equal(object?.metadata.name?.value, "web");
		assert.equal(object?.broken, true);
	});
}

test("a problem stands where it is", () => {
	const at = (text: string) => parse(text).problems.map(({ start, end }) => text.slice(start, end));
	assert.deepEqual(at("a: { b: .inf, c: [.nan] }\n"), [".nan", ".inf"]);
	assert.deepEqual(at("a: 1\nb: *x\n"), ["*x"]);
	assert.deepEqual(at("a: 1\n~: 2\n"), ["~"]);
	assert.deepEqual(at("a: 1\n[b]: 2\n"), ["[b]"]);
	assert.deepEqual(at("a: !!int x\n"), ["x"]);
	assert.deepEqual(at("---b\na: 1\n"), ["---b"]);
	assert.deepEqual(at("a: 1\nb: x\x07y\n"), ["\x07y"]);
});

test("a thousand levels of nesting are read, a hundred thousand are said to be too many", () => {
	const flow = (levels: number) => parse(`a: ${"[".repeat(levels)}${"]".repeat(levels)}\n`);
	const block = (levels: number) => parse(`${Array.from({ length: levels }, (_, level) => `${" ".repeat(level)}a:`).join("\n")}\n`);
	for (const shape of [flow, block]) {
		assert.deepEqual(shape(1000).problems, []);
		assert.equal([...levels(shape(1000).root)].length, 1001);
	}
	assert.match(flow(100_000).problems[0]?.message ?? "", /too deeply/);
	assert.match(parse(`a: ${"[".repeat(100_000)}`).problems[0]?.message ?? "", /too deeply/);
	assert.match(parse(`${"- ".repeat(100_000)}\n`).problems[0]?.message ?? "", /too deeply/);
});

function* levels(node: Parsed["root"]): Iterable<unknown> {
	for (let at = node; at; at = at.kind === "seq" ? at.items[0] : at.kind === "map" ? at.entries[0]?.value : undefined) yield at;
}

test("aliases that unfold to a million million values are refused, not unfolded", () => {
	const names = Array.from({ length: 12 }, (_, index) => `a${index}`);
	const list = (of: string) => `[${Array.from({ length: 10 }, () => of).join(", ")}]`;
	const merge = (of: string) => `{ <<: ${list(of)}, own: 1 }`;
	for (const [first, next] of [
		[list("x"), list],
		["{ x: 1 }", merge],
	] as const) {
		const lines = names.map((name, index) => `${name}: &${name} ${index === 0 ? first : next(`*${names[index - 1]}`)}`);
		const { root, problems } = parse(`${lines.join("\n")}\n`);
		assert.equal(root, undefined);
		assert.match(problems[0]?.message ?? "", /Aliases/);
		assert.match(parse(`${lines.join("\n")}\nbroken\n`).problems[0]?.message ?? "", /Aliases/);
	}
});

test("the same anchor used a hundred times is no bomb", () => {
	const uses = Array.from({ length: 100 }, (_, index) => `k${index}: *x`).join("\n");
	const { root, problems } = parse(`x: &x { a: [1, 2, 3] }\n${uses}\n`);
	assert.deepEqual(problems, []);
	assert.equal([...allNodes(root)].length, 1 + 2 * 101 - 100 + 5);
});

test("a chain of merge keys reads in the size of its text", () => {
	const lines = Array.from(
		{ length: 2000 },
		(_, index) => `m${index}: &m${index} { ${index > 0 ? `<<: *m${index - 1}, ` : ""}k${index}: 1 }`,
	);
	assert.match(parse(`${lines.join("\n")}\n`).problems[0]?.message ?? "", /Aliases/);
});

test("ten thousand documents of one file are all read", () => {
	const text = Array.from({ length: 10_000 }, (_, index) => `---\nkind: Service\napiVersion: v1\nmetadata: { name: s${index} }\n`).join("");
	const names = openFile("a.yaml", text).parts.flatMap(({ source }) =>
		readManifest(source).objects.map(({ metadata }) => metadata.name?.value),
	);
	assert.equal(names.length, 10_000);
	assert.equal(names.at(-1), "s9999");
});

test("unpaired surrogates, and characters beyond the basic plane, keep their places", () => {
	const text = "a: \ud800\nb: 😀 \udc00\nc: '\ud83d'\n";
	const { root, problems } = parse(text);
	assert.deepEqual(problems, []);
	assert.deepEqual(toJson(root), { a: "\ud800", b: "😀 \udc00", c: "\ud83d" });
});

test("binary content is refused", () => {
	for (const text of ["\0\x01\x02kind: Service", "PK\x03\x04\0", "\ufffd\ufffd\0"]) assert.ok(parse(text).problems.length > 0);
});
