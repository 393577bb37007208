import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { lineStarts, offsetAt, partAt, positionAt, type SourceFile, spanInFile } from "../../server/src/text/file.ts";
import { place, samePlace, textAt } from "../../server/src/text/source.ts";
import { openFile } from "../../server/src/yaml/stream.ts";

const DOCUMENT = fc.constantFrom("a: 1\n", "kind: Service\r\n", "b: |\n  x\n", "# 😀\n", "\n", "a: 1\n", "c: é\r");
const TEXT = fc.array(DOCUMENT, { maxLength: 6 }).map((documents) => documents.join("---\n"));

function texts(file: SourceFile): readonly string[] {
	return file.parts.map(({ source }) => source.text);
}

test("the documents of a file joined are its text, each where it starts", () => {
	fc.assert(
		fc.property(TEXT, (text) => {
			const file = openFile("a.yaml", text);
			assert.equal(texts(file).join(""), text);
			for (const { source, start } of file.parts) assert.ok(text.startsWith(source.text, start));
		}),
	);
});

test("an edit anywhere keeps the documents that it does not touch, and no other", () => {
	fc.assert(
		fc.property(TEXT, fc.constantFrom("x", "", "\n", "\n---\n", "---", "😀"), fc.nat({ max: 5 }), (text, inserted, length) => {
			const before = openFile("a.yaml", text);
			for (let at = 0; at <= text.length; at++) {
				const file = openFile("a.yaml", text.slice(0, at) + inserted + text.slice(at + length), before);
				const fresh = openFile("a.yaml", file.text);
				assert.deepEqual(texts(file), texts(fresh));
				assert.deepEqual(
					file.parts.map(({ start }) => start),
					fresh.parts.map(({ start }) => start),
				);
				const kept = file.parts.filter(({ source }) => before.parts.some((part) => part.source === source)).length;
				const touched = before.parts.filter(({ source, start }) => start < at + length + 4 && at <= start + source.text.length + 3).length;
				assert.ok(kept >= before.parts.length - touched, `${kept} of ${before.parts.length} kept, ${touched} touched`);
				assert.equal(new Set(file.parts.map(({ source }) => source)).size, file.parts.length);
			}
		}),
		{ numRuns: 50 },
	);
});

test("documents of another file are not kept", () => {
	const before = openFile("a.yaml", "a: 1\n");
	assert.notEqual(openFile("b.yaml", "a: 1\n", before).parts[0]?.source, before.parts[0]?.source);
});

test("a place of a document is found in the file, and is not in a version without the document", () => {
	const file = openFile("a.yaml", "a: 1\n---\nb: 22\n");
	const source = file.parts[1]?.source;
	assert.ok(source);
	const at = place(source, source.text.indexOf("22"), source.text.indexOf("22") + 2);
	assert.deepEqual(spanInFile(file, at), { start: 12, end: 14 });
	assert.equal(textAt(at), "22");
	const longer = openFile("a.yaml", "a: 12345\n---\nb: 22\n", file);
	assert.deepEqual(spanInFile(longer, at), { start: 16, end: 18 });
	assert.equal(spanInFile(openFile("a.yaml", "a: 1\n---\nb: 23\n", file), at), undefined);
	assert.ok(samePlace(at, place(source, at.start, at.end)) && !samePlace(at, place(source, at.start, at.end + 1)));
});

test("an offset belongs to the document that it stands in, one beyond the text to the last", () => {
	const file = openFile("a.yaml", "a: 1\n---\nb: 2\n---\nc: 3\n");
	const at = (offset: number) => file.parts.indexOf(partAt(file, offset) as never);
	assert.deepEqual([0, 4, 5, 13, 14, 22, 1000].map(at), [0, 0, 1, 1, 2, 2, 2]);
	assert.equal(partAt(openFile("a.yaml", ""), 0)?.source.text, "");
});

test("offsets and positions are each other's inverse", () => {
	fc.assert(
		fc.property(fc.array(fc.constantFrom("a", "😀", "\n", "\r\n", "\r", " ", "---"), { maxLength: 20 }), (parts) => {
			const text = parts.join("");
			const file = openFile("a.yaml", text);
			for (let offset = 0; offset <= text.length; offset++) {
				if (text[offset - 1] === "\r" && text[offset] === "\n") continue;
				assert.equal(offsetAt(file, positionAt(file, offset)), offset, JSON.stringify(text));
			}
			assert.equal(lineStarts(file).length, text.split(/\r\n|\n|\r/).length);
		}),
	);
});

test("positions count UTF-16 units from 0, and what is outside counts as the nearest that is inside", () => {
	const file = openFile("a.yaml", "a: 😀b\r\nc\n");
	assert.deepEqual(positionAt(file, 5), { line: 0, character: 5 });
	assert.deepEqual(positionAt(file, 8), { line: 1, character: 0 });
	assert.deepEqual(positionAt(file, -1), { line: 0, character: 0 });
	assert.deepEqual(positionAt(file, 99), { line: 2, character: 0 });
	assert.equal(offsetAt(file, { line: 0, character: 99 }), 6);
	assert.equal(offsetAt(file, { line: 1, character: -3 }), 8);
	assert.equal(offsetAt(file, { line: 99, character: 0 }), 10);
	assert.equal(offsetAt(file, { line: -1, character: 5 }), 0);
});
