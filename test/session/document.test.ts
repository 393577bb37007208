import assert from "node:assert/strict";
import { test } from "node:test";
import { edited, type TextChange } from "../../server/src/session/document.ts";

/** `line:character-line:character=text` */
function change(written: string): TextChange {
	const [, a, b, c, d, text] = /^(\d+):(\d+)-(\d+):(\d+)=(.*)$/s.exec(written) ?? [];
	return { range: { start: { line: Number(a), character: Number(b) }, end: { line: Number(c), character: Number(d) } }, text: text ?? "" };
}

const cases: { title: string; text: string; changes: string[]; gives: string }[] = [
	{ title: "a range is replaced", text: "ab\ncd\n", changes: ["1:0-1:1=X"], gives: "ab\nXd\n" },
	{ title: "a range over lines is replaced", text: "ab\ncd\nef", changes: ["0:1-2:1="], gives: "af" },
	{ title: "changes see those before them", text: "ab", changes: ["0:0-0:0=x\n", "1:0-1:1=y"], gives: "x\nyb" },
	{ title: "columns count UTF-16 units", text: "😀ab", changes: ["0:2-0:3=X"], gives: "😀Xb" },
	{ title: "CRLF and CR end lines", text: "a\r\nb\rc", changes: ["1:0-1:1=X", "2:0-2:1=Y"], gives: "a\r\nX\rY" },
	{ title: "a column beyond a line is its end", text: "ab\r\ncd", changes: ["0:99-0:99=!"], gives: "ab!\r\ncd" },
	{ title: "a line beyond the text is its end", text: "ab\n", changes: ["99:0-99:9=!"], gives: "ab\n!" },
	{ title: "a range that ends before it starts is turned round", text: "abcd", changes: ["0:3-0:1=-"], gives: "a-d" },
	{ title: "no changes leave the text", text: "ab", changes: [], gives: "ab" },
];
for (const { title, text, changes, gives } of cases) test(title, () => assert.equal(edited(text, changes.map(change)), gives));

test("a change without a range replaces everything before it", () => {
	assert.equal(edited("ab", [change("0:0-0:1=X"), { text: "new" }, change("0:0-0:0=a ")]), "a new");
});
