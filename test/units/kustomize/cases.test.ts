import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { plainOf } from "../../../server/src/units/kustomize/plain.ts";
import { isHarmless } from "../../../server/src/units/kustomize/problem.ts";
import { renderKustomization } from "../../../server/src/units/kustomize/render.ts";
import { parseSource } from "../../../server/src/yaml/parse.ts";
import { openFile } from "../../../server/src/yaml/stream.ts";
import { memoryFiles } from "../../support/unitFiles.ts";
import { cutFiles } from "../../support/workspace.ts";

// Each case has the files of a kustomization, what kustomize 5.8.2 printed for it (RENDERED) or that it refused it (REFUSED),
// and the problems that are said here (SAID).

const folder = path.resolve("test/units/kustomize/cases");

for (const name of readdirSync(folder).sort()) {
	test(`kustomization ${name.replace(/\.yaml$/, "").replaceAll("-", " ")}`, () => {
		const blocks = new Map(cutFiles(readFileSync(path.join(folder, name), "utf8")));
		const [rendered, said] = [blocks.get("RENDERED"), blocks.get("SAID") ?? ""];
		for (const block of ["RENDERED", "REFUSED", "SAID"]) blocks.delete(block);
		const result = renderKustomization(memoryFiles("/ws", Object.fromEntries(blocks)), "/ws");
		assert.deepEqual(
			result.problems.map(({ kind, message }) => `${kind}: ${message}`),
			said.split("\n").filter((line) => line !== ""),
		);
		assert.equal(
			result.problems.some((problem) => !isHarmless(problem)),
			rendered === undefined,
		);
		assert.equal(result.gaps.length > 0, rendered === undefined);
		if (rendered !== undefined)
			assert.deepEqual(
				result.objects.map(({ root }) => plainOf(root)),
				documentsIn(rendered),
			);
	});
}

function documentsIn(text: string): readonly unknown[] {
	return openFile("/output.yaml", text).parts.flatMap(({ source }) => {
		const { root } = parseSource(source);
		return root ? [plainOf(root)] : [];
	});
}
