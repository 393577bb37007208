import assert from "node:assert/strict";
import { test } from "node:test";
import { Names, nameOf, uriOf } from "../../server/src/lsp/names.ts";

const cases: { uri: string; name: string; back?: string }[] = [
	{ uri: "file:///ws/k8s/web.yaml", name: "/ws/k8s/web.yaml" },
	{ uri: "file:///ws/a%20b/100%25%20%C3%BC%23.yaml", name: "/ws/a b/100% ü#.yaml" },
	{ uri: "file:///ws/", name: "/ws", back: "file:///ws" },
	{ uri: "file://localhost/ws/a.yaml", name: "/ws/a.yaml", back: "file:///ws/a.yaml" },
	{ uri: "file:///c%3A/ws/a.yaml", name: "c:/ws/a.yaml" },
	{ uri: "file:///C:/ws/a.yaml", name: "c:/ws/a.yaml", back: "file:///c%3A/ws/a.yaml" },
	{ uri: "file://server/share/a.yaml", name: "//server/share/a.yaml" },
	{ uri: "file:///ws/%zz.yaml", name: "/ws/%zz.yaml", back: "file:///ws/%25zz.yaml" },
	{ uri: "vscode-vfs://github/o/r/a%20b.yaml", name: "vscode-vfs://github/o/r/a%20b.yaml" },
];
for (const { uri, name, back = uri } of cases) {
	test(`${uri} is the file ${name}`, () => {
		assert.equal(nameOf(uri), name);
		assert.equal(uriOf(name), back);
	});
}

test("documents that were never saved stand in folders of their own", () => {
	const names = new Names();
	const [one, two] = ["untitled:Untitled-1", "untitled:Untitled-2"].map((uri) => names.open(uri));
	assert(one && two);
	assert.notEqual(one.slice(0, one.lastIndexOf("/")), two.slice(0, two.lastIndexOf("/")));
	assert.equal(names.uriOf(one), "untitled:Untitled-1");
});

test("an open document is spelled as the client spells it", () => {
	const names = new Names();
	const name = names.open("file:///ws/a%2Bb%28c%29.yaml");
	assert.equal(names.uriOf(name), "file:///ws/a%2Bb%28c%29.yaml");
	names.close("file:///ws/a+b(c).yaml");
	assert.equal(names.uriOf(name), "file:///ws/a%2Bb(c).yaml");
});
