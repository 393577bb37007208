import fs from "node:fs";
import Mocha from "mocha";
import { compare } from "./compare.ts";
import { configuration } from "./configuration.ts";
import { deployers } from "./deployers.ts";
import { guestbook } from "./guestbook.ts";
import { units } from "./units.ts";

const testTimeout = 30_000;

/**
 * VS Code calls it inside its extension host. Writes `[{ title, error? }]` to the file that `$E2E_RESULTS` names; `$E2E_UNITS` names a folder that tests take a copy of.
 * @throws when a test fails, which becomes VS Code's exit code
 */
export function run(): Promise<void> {
	const mocha = new Mocha({ ui: "tdd", timeout: testTimeout });
	mocha.suite.emit("pre-require", globalThis, "", mocha);
	guestbook();
	units();
	deployers();
	compare();
	configuration();
	const results: { title: string; error?: string }[] = [];
	return new Promise((resolve, reject) => {
		mocha
			.run((failures) => {
				fs.writeFileSync(process.env.E2E_RESULTS ?? "", JSON.stringify(results));
				failures === 0 ? resolve() : reject(new Error(`${failures} failed`));
			})
			.on("pass", (test) => results.push({ title: test.fullTitle() }))
			.on("fail", (test, error) => results.push({ title: test.fullTitle(), error: error.stack ?? error.message }));
	});
}
