import assert from "node:assert/strict";
import { test } from "node:test";
import { mover } from "../../server/src/text/moved.ts";

const TEXT = "one: 1\ntwo: 2\none: 1\nthree: 3\n";

const cases: { title: string; after: string; lands: readonly (number | undefined)[] }[] = [
	{ title: "what did not change stays", after: TEXT, lands: [0, 7, 14, 21] },
	{ title: "before an edit nothing moves, behind it everything", after: TEXT.replace("2", "22"), lands: [0, 7, 15, 22] },
	{ title: "what is typed at an offset moves it", after: TEXT.replace("two", "xtwo"), lands: [0, 8, 15, 22] },
	{ title: "inside of several edits a line is found again", after: `# x\n${TEXT.replace("3", "4")}`, lands: [4, 11, 18, undefined] },
	{
		title: "one of two that were alike is not taken for the other",
		after: "# x\none: 1\ntwo: 2\nthree: 4\n",
		lands: [undefined, 11, undefined, undefined],
	},
];
for (const { title, after, lands } of cases) {
	test(`moved: ${title}`, () => {
		const move = mover(TEXT, after);
		assert.deepEqual([0, 7, 14, 21].map(move), lands);
	});
}
