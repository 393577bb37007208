// Writes what follows from the rules: docs/rules/<rule>.md, the table in README.md, the setting `portolan.rules` in package.json.
// With --check it writes nothing, names the files that are stale and exits with 1.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const pages = path.join(root, "docs", "rules");
const SEVERITIES = ["off", "hint", "information", "warning", "error", "auto"];

const rules = (await loadRules()).map((rule) => ({ ...rule, shown: rule.findingsOfExample() }));
const wanted = new Map([
	...rules.map((rule) => [path.join(pages, `${rule.name}.md`), pageOf(rule)]),
	[path.join(root, "README.md"), withTable(read(path.join(root, "README.md")))],
	[path.join(root, "package.json"), withSetting(read(path.join(root, "package.json")))],
]);
mkdirSync(pages, { recursive: true });
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

/** The rules, each able to say what it finds in its own bad example. */
async function loadRules() {
	const contents = `
		import { allUnits, emptySnapshot, withFolders } from "./server/src/links/snapshot.ts";
		import { checkUnit } from "./server/src/rules/check.ts";
		import { RULES } from "./server/src/rules/list.ts";
		import { DEFAULT_SETTINGS } from "./server/src/settings/settings.ts";
		import { openFile } from "./server/src/yaml/stream.ts";
		const fault = (rule, error) => { throw new Error(rule, { cause: error }); };
		export const rules = RULES.map((rule) => ({
			...rule,
			findingsOfExample() {
				const file = openFile("/example/manifest.yaml", rule.bad.replace(/^\\n/, ""));
				const folder = { path: "/example", files: new Map([[file.uri, file]]), skipped: [] };
				const snapshot = withFolders(emptySnapshot(DEFAULT_SETTINGS), new Map([[folder.path, folder]]));
				return [...allUnits(snapshot)].flatMap((unit) => checkUnit(snapshot, unit, fault).findings);
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
	const { rules } = await import(pathToFileURL(outfile).href);
	return rules;
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
		`\`\`\`yaml\n${rule.bad.trim()}\n\`\`\``,
		...new Set(rule.shown.map(({ severity, message }) => `> ${severity}: ${message}`)),
		"## Right",
		`\`\`\`yaml\n${rule.good.trim()}\n\`\`\``,
		...(fixes.length > 0 ? ["## Fixes", fixes.join("\n")] : []),
		"## Settings",
		"The setting `portolan.rules` gives the rule another severity, or switches it off:",
		`\`\`\`json\n"portolan.rules": { "${rule.name}": "off" }\n\`\`\``,
		`Source: <${rule.source}>`,
	]
		.join("\n\n")
		.concat("\n");
}

function levelsOf(rule) {
	const [first, ...others] = rule.levels;
	const levels = others.length > 0 ? `${[first, ...others].slice(0, -1).join(", ")} or ${others.at(-1)}` : first;
	return rule.off ? `off unless switched on, then ${levels}` : levels;
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

function withSetting(text) {
	const manifest = JSON.parse(text);
	manifest.contributes ??= {};
	manifest.contributes.configuration ??= { title: "Portolan", properties: {} };
	manifest.contributes.configuration.properties["portolan.rules"] = {
		type: "object",
		default: {},
		markdownDescription: "The severity of each rule, or `off`. `auto` leaves it to the rule.",
		additionalProperties: false,
		properties: Object.fromEntries(rules.map((rule) => [rule.name, settingOf(rule)])),
	};
	return `${JSON.stringify(manifest, null, 2)}\n`;
}

function settingOf(rule) {
	return { enum: SEVERITIES, default: "auto", markdownDescription: `${rule.summary} (${levelsOf(rule)})` };
}
