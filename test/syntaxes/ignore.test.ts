import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import oniguruma from "vscode-oniguruma";
import textmate from "vscode-textmate";

const { contributes } = JSON.parse(readFileSync("package.json", "utf8"));
const [contribution] = contributes.grammars;

/** The comments and texts of YAML, as every grammar for it has them. */
const plain = JSON.stringify({
	scopeName: "source.yaml",
	patterns: [
		{ begin: "[|]$", while: "^ +", name: "string.unquoted.block.yaml" },
		{ match: "'[^']*'", name: "string.quoted.single.yaml" },
		{ begin: "(?<=[\\t ]|^)#", end: "$", name: "comment.line.number-sign.yaml" },
	],
});
/** The grammar of the VS Code that the tests in the editor have downloaded. */
const real = downloaded().find((file) => existsSync(file));

const grammars: { name: string; load: (scope: string) => string | undefined; skip: boolean }[] = [
	{ name: "any YAML", load: (scope) => (scope === "source.yaml" ? plain : undefined), skip: false },
	{ name: "the YAML of VS Code", load: ofVSCode, skip: real === undefined },
];

function downloaded(): readonly string[] {
	const editors = existsSync(".vscode-test") ? readdirSync(".vscode-test") : [];
	const homes = ["node_modules/code-server/lib/vscode", "resources/app", "Visual Studio Code.app/Contents/Resources/app"];
	return editors.flatMap((editor) => homes.map((home) => `.vscode-test/${editor}/${home}/extensions/yaml/syntaxes/yaml.tmLanguage.json`));
}

function ofVSCode(scope: string): string | undefined {
	const file = real?.replace("yaml.tmLanguage.json", `${scope.replace("source.", "").replace("yaml.", "yaml-")}.tmLanguage.json`);
	return file && existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

interface Case {
	readonly title: string;
	readonly text: string;
	/** What is coloured, with the first part of its scope. */
	readonly colours: readonly string[];
}

const cases: readonly Case[] = [
	{
		title: "a comment that silences a rule",
		text: "# portolan-ignore: wrong-type",
		colours: ["keyword portolan-ignore", "punctuation :", "support wrong-type"],
	},
	{
		title: "several rules, and the reason stays a comment",
		text: "port: 80 # portolan-ignore: wrong-type, taken-port -- see wrong-type",
		colours: ["keyword portolan-ignore", "punctuation :", "support wrong-type", "punctuation ,", "support taken-port"],
	},
	{
		title: "a comment for the whole file",
		text: "#portolan-ignore-file: wrong-type",
		colours: ["keyword portolan-ignore-file", "punctuation :", "support wrong-type"],
	},
	{ title: "another comment stays as it is", text: "# says portolan-ignore: wrong-type", colours: [] },
	{ title: "a comment in a comment is none", text: "# see # portolan-ignore: wrong-type", colours: [] },
	{ title: "a text stays as it is", text: "a: '# portolan-ignore: wrong-type'", colours: [] },
	{ title: "a block text stays as it is", text: "a: |\n  # portolan-ignore: wrong-type\n  # portolan-ignore: b-c", colours: [] },
	{ title: "without a colon it says nothing", text: "# portolan-ignore wrong-type", colours: [] },
	{
		title: "the line below is not coloured",
		text: "# portolan-ignore: wrong-type,\n# taken-port\na-b: c",
		colours: ["keyword portolan-ignore", "punctuation :", "support wrong-type", "punctuation ,"],
	},
];

for (const { name, load, skip } of grammars) {
	for (const { title, text, colours } of cases) {
		test(`${name}: ${title}`, { skip }, async () => assert.deepEqual(await coloured(load, text), colours));
	}
}

async function coloured(load: (scope: string) => string | undefined, text: string): Promise<readonly string[]> {
	const own = readFileSync(contribution.path, "utf8");
	const registry = new textmate.Registry({
		onigLib: engine(),
		loadGrammar: async (scope) => {
			const grammar = scope === contribution.scopeName ? own : load(scope);
			return grammar === undefined ? null : textmate.parseRawGrammar(grammar, `${scope}.json`);
		},
		getInjections: (scope) => (contribution.injectTo.includes(scope) ? [contribution.scopeName] : undefined),
	});
	const grammar = await registry.loadGrammar("source.yaml");
	assert(grammar);
	const found: string[] = [];
	let state = textmate.INITIAL;
	for (const line of text.split("\n")) {
		const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
		for (const { startIndex, endIndex, scopes } of tokens) {
			const scope = scopes.at(-1) ?? "";
			if (scope.endsWith(".portolan") && !scope.startsWith("meta."))
				found.push(`${scope.split(".")[0]} ${line.slice(startIndex, endIndex)}`);
		}
		state = ruleStack;
	}
	return found;
}

let loading: Promise<void> | undefined;

/** The engine that VS Code matches with. */
async function engine(): Promise<textmate.IOnigLib> {
	const file = createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm");
	loading ??= oniguruma.loadWASM(readFileSync(file));
	await loading;
	return { createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns), createOnigString: (s) => new oniguruma.OnigString(s) };
}
