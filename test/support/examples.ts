import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.resolve("examples");

/** The texts of the example manifests, by their paths below `examples/`. Templates of charts are none before they are rendered. */
export function exampleTexts(): ReadonlyMap<string, string> {
	const names = readdirSync(ROOT, { recursive: true, encoding: "utf8" }).filter(
		(name) => /\.(ya?ml|json)$/.test(name) && !/[\\/]templates[\\/]/.test(name),
	);
	return new Map(names.sort().map((name) => [name.replaceAll("\\", "/"), readFileSync(path.join(ROOT, name), "utf8")]));
}
