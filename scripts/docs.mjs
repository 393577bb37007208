// Writes what follows from the rules and the settings: docs/rules/<rule>.md, the table in README.md, the settings in package.json,
// schemas/portolan.schema.json.
// With --check it writes nothing, names the files that are stale and exits with 1.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const pages = path.join(root, "docs", "rules");
const source = await loadSource();
const { levelsOf } = source;
const rules = source.rules.map((rule) => ({ ...rule, shown: rule.findingsOfExample() }));
const wanted = new Map([
	...rules.map((rule) => [path.join(pages, `${rule.name}.md`), pageOf(rule)]),
	[path.join(root, "README.md"), withTable(read(path.join(root, "README.md")))],
	[path.join(root, "package.json"), withSettings(read(path.join(root, "package.json")))],
	[path.join(root, "schemas", "portolan.schema.json"), schemaFile()],
]);
for (const folder of [pages, path.join(root, "schemas")]) mkdirSync(folder, { recursive: true });
const stale = [...wanted].filter(([file, text]) => read(file) !== text).map(([file]) => file);
const surplus = readdirSync(pages)
	.map((name) => path.join(pages, name))
	.filter((file) => !wanted.has(file));

if (process.argv.includes("--check")) {
	for (const file of [...stale, ...surplus]) console.error(`stale: ${path.relative(root, file)}`);
	if (stale.length + surplus.length > 0) {
		console.error("Run npm run docs");
		process.exitCode = 1;
	}
} else {
	for (const file of stale) writeFileSync(file, wanted.get(file));
	for (const file of surplus) rmSync(file);
	console.log(`${stale.length + surplus.length} of ${wanted.size} files changed`);
}

/** The rules, each able to say what it finds in its own bad example, and the settings. */
async function loadSource() {
	const contents = `
		import { allUnits } from "./server/src/links/units.ts";
		import { checkUnit } from "./server/src/rules/check.ts";
		import { describedRules } from "./server/src/rules/described.ts";
		import { RULES } from "./server/src/rules/list.ts";
		import { configurationSchema, extensionSettings } from "./server/src/settings/schema.ts";
		import { cutFiles, snapshotOf } from "./test/support/workspace.ts";
		export { levelsOf } from "./server/src/rules/described.ts";
		export const schema = configurationSchema(describedRules());
		export const settings = extensionSettings(describedRules());
		const fault = (rule, error) => { throw new Error(rule, { cause: error }); };
		export const rules = RULES.map((rule) => ({
			...rule,
			findingsOfExample() {
				const snapshot = snapshotOf(cutFiles(rule.bad));
				return [...allUnits(snapshot)].flatMap((unit) => checkUnit(snapshot, unit, fault));
			},
		}));
	`;
	const outfile = path.join(root, "dist", "docs", "rules.mjs");
	await build({
		stdin: { contents, resolveDir: root, loader: "js" },
		outfile,
		bundle: true,
		format: "esm",
		platform: "node",
		target: "node20",
		packages: "external",
		logLevel: "warning",
	});
	return import(pathToFileURL(outfile).href);
}

function read(file) {
	return existsSync(file) ? readFileSync(file, "utf8") : "";
}

function pageOf(rule) {
	const fixes = [...new Set(rule.shown.flatMap((finding) => finding.fixes.map(({ title, safe }) => `* ${title}${safe ? " (safe)" : ""}`)))];
	return [
		`# ${rule.name}`,
		rule.summary,
		rule.why,
		`**Severity:** ${levelsOf(rule)}.${rule.shown.some(({ kubernetes }) => kubernetes === "refuses") ? " Kubernetes refuses this example." : ""}`,
		"## Wrong",
		yamlBlock(rule.bad),
		...new Set(rule.shown.map(({ severity, message }) => `> ${severity}: ${message}`)),
		"## Right",
		yamlBlock(rule.good),
		...(fixes.length > 0 ? ["## Fixes", fixes.join("\n")] : []),
		"## Settings",
		"A `.portolan.yaml` gives the rule another severity, or switches it off; the setting `portolan.rules` of VS Code does the same:",
		`\`\`\`yaml\nrules:\n  ${rule.name}: off\n\`\`\``,
		`A comment silences it on its own line or the next one: \`# portolan-ignore: ${rule.name} -- reason\`.`,
		...(rule.auto
			? ["In VS Code it is not shown beside Red Hat's YAML extension, which shows the same, unless it is given a severity."]
			: []),
		`Source: <${rule.source}>`,
	]
		.join("\n\n")
		.concat("\n");
}

/** An example; a comment names its file where it matters. */
function yamlBlock(example) {
	return `\`\`\`yaml\n${example.trim().replace(/^#- /gm, "# ")}\n\`\`\``;
}

function withTable(readme) {
	const rows = rules.map((rule) => `| [\`${rule.name}\`](docs/rules/${rule.name}.md) | ${levelsOf(rule)} | ${rule.summary} |`);
	const table = ["| Rule | Severity | What it finds |", "|---|---|---|", ...rows].join("\n");
	const [start, end] = ["<!-- rules -->", "<!-- /rules -->"];
	if (!readme.includes(start) || !readme.includes(end)) throw new Error(`README.md lacks the markers ${start} and ${end}`);
	const [before] = readme.split(start);
	const after = readme.slice(readme.indexOf(end));
	return `${before}${start}\n${table}\n${after}`;
}

function withSettings(text) {
	const manifest = JSON.parse(text);
	manifest.contributes ??= {};
	manifest.contributes.configuration = { title: "Portolan", properties: source.settings };
	return `${JSON.stringify(manifest, null, 2)}\n`;
}

function schemaFile() {
	const head = { $schema: "http://json-schema.org/draft-07/schema#", title: "Configuration of Portolan" };
	return `${JSON.stringify({ ...head, ...source.schema }, null, "\t")}\n`;
}
