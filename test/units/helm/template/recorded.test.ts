import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { FUNCTIONS } from "../../../../server/src/units/helm/template/functions/table.ts";
import { TYPE_NAMES } from "../../../../server/src/units/helm/template/signature.ts";
import { answer, render } from "./rendering.ts";

interface Case {
	readonly t: string;
	/** Values of its own. */
	readonly v?: unknown;
	readonly out?: string;
	readonly error?: string;
}

/** Templates, and what the engine of Helm makes of them with the same values, helpers and files. */
const recorded: {
	readonly values: unknown;
	readonly helpers: string;
	readonly files: Readonly<Record<string, string>>;
	readonly functions: Readonly<Record<string, string>>;
	readonly cases: readonly Case[];
} = JSON.parse(readFileSync("test/units/helm/template/recorded.json", "utf8"));

describe("templates, compared with Helm", () => {
	for (const { title, of } of [
		{ title: "what Helm renders is the same byte for byte", of: (one: Case) => one.out !== undefined },
		{ title: "what Helm refuses is refused in the same words", of: (one: Case) => one.error !== undefined },
	]) {
		test(title, () => {
			const cases = recorded.cases.filter(of);
			assert.ok(cases.length > 200);
			const others = cases.filter((one) => !isDeepStrictEqual(answered(one), one));
			assert.deepEqual(others.map(answered), others);
		});
	}

	test("every function takes the types that Go reflects, and gives the same one", () => {
		const functions = Object.keys(recorded.functions).map((name) => [name, signatureOf(name)]);
		assert.deepEqual(Object.fromEntries(functions), recorded.functions);
	});

	test("every function is called in a template that Helm renders; one that only fails in one that fails", () => {
		const called = recorded.cases.map(({ t, out }) => (out === undefined ? "" : t)).join(" ");
		const isCalled = (name: string) => new RegExp(`[({|= -]${name}\\b`).test(called);
		assert.deepEqual(
			Object.keys(recorded.functions).filter((name) => !isCalled(name)),
			["fail"],
		);
	});

	test("functions that read the environment are not defined", () => {
		assert.deepEqual(
			["env", "expandenv"].filter((name) => FUNCTIONS.has(name)),
			[],
		);
	});
});

function answered(one: Case): Case {
	const { t, v } = one;
	const given = answer(render({ t, h: recorded.helpers, v: v ?? recorded.values, f: recorded.files }));
	const asked = "v" in one ? { t, v } : { t };
	return "out" in given ? { ...asked, ...given } : { ...asked, error: given.error };
}

function signatureOf(name: string): string {
	const found = FUNCTIONS.get(name);
	if (!found) return "missing";
	const parameters: string[] = found.parameters.map((parameter) => TYPE_NAMES[parameter]);
	if (found.rest) parameters.push(`...${TYPE_NAMES[found.rest]}`);
	return `func(${parameters.join(", ")}) ${found.returns}`;
}
