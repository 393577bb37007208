import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import path from "node:path";
import { test } from "node:test";

/** A folder imports itself and the folders to its left. */
const LAYERS = [
	"text",
	"yaml",
	"settings",
	"model",
	"units",
	"links",
	"evidence",
	"reach",
	"dataplane",
	"rules",
	"features",
	"session",
	"lsp",
	"cli",
];
const SERVER = "server/src/";
const CLIENT = "client/src/";
/** What may talk to Node: the adapter that reads the disk, the command line and the entry points. */
const NODE_HOMES = /^server\/src\/(session\/disk\.ts|cli\/.*|main\.ts)$|^client\//;

interface Import {
	readonly from: string;
	/** A file of the repository, or the name of a package. */
	readonly to: string;
}

const files = [...filesBelow("server/src"), ...filesBelow("client/src")];
const imports = files.flatMap(importsOf);

test("the files and their imports are found", () => {
	assert.ok(files.length > 20 && imports.length > files.length);
	const unknown = imports.filter(({ to }) => to.startsWith("server/") && !files.includes(to));
	assert.deepEqual(unknown, []);
});

test("every folder of the server is a layer", () => {
	const folders = files.map(layerOf).filter((layer) => layer !== undefined);
	assert.deepEqual(
		[...new Set(folders)].filter((folder) => !LAYERS.includes(folder)),
		[],
	);
});

test("a folder imports itself and the folders to its left", () => {
	const wrong = imports.filter(({ from, to }) => {
		const [own, other] = [layerOf(from), layerOf(to)];
		return own !== undefined && other !== undefined && LAYERS.indexOf(other) > LAYERS.indexOf(own);
	});
	assert.deepEqual(wrong.map(print), []);
});

test("protocol.ts imports nothing, and only main.ts stands above the layers", () => {
	const loose = files.filter((file) => file.startsWith(SERVER) && layerOf(file) === undefined);
	assert.deepEqual(
		loose.filter((file) => file !== `${SERVER}main.ts` && file !== `${SERVER}protocol.ts`),
		[],
	);
	assert.deepEqual(imports.filter(({ from }) => from === `${SERVER}protocol.ts`).map(print), []);
	assert.deepEqual(imports.filter(({ to }) => to === `${SERVER}main.ts`).map(print), []);
});

test("the client knows of the server only its protocol", () => {
	const wrong = imports.filter(({ from, to }) => from.startsWith(CLIENT) && to.startsWith(SERVER) && to !== `${SERVER}protocol.ts`);
	assert.deepEqual(wrong.map(print), []);
	const back = imports.filter(({ from, to }) => from.startsWith(SERVER) && to.startsWith(CLIENT));
	assert.deepEqual(back.map(print), []);
});

const ONLY_HOMES: readonly (readonly [name: RegExp, home: string])[] = [
	[/^yaml$/, "server/src/yaml/"],
	[/^vscode-languageserver($|\/|-)/, "server/src/lsp/"],
	[/^vscode($|\/)|^vscode-languageclient/, CLIENT],
];

for (const [name, home] of ONLY_HOMES) {
	test(`${name.source} is imported only below ${home}`, () => {
		assert.deepEqual(imports.filter(({ from, to }) => name.test(to) && !from.startsWith(home)).map(print), []);
	});
}

test("the core runs without Node: no built-in modules and no globals outside the disk adapter, the command line and main.ts", () => {
	const builtin = new Set(builtinModules);
	const wrong = imports.filter(({ from, to }) => !NODE_HOMES.test(from) && (to.startsWith("node:") || builtin.has(to.split("/")[0] ?? "")));
	assert.deepEqual(wrong.map(print), []);
	const globals = /(?<![\w.])(process|Buffer|__dirname|__filename|require)(?=\.\w|\()|\bimport\.meta\b/;
	const lsp = /^server\/src\/lsp\//;
	const used = files.filter((file) => !NODE_HOMES.test(file) && !lsp.test(file) && globals.test(withoutTexts(read(file))));
	assert.deepEqual(used, []);
});

test("there are no import cycles", () => {
	assert.deepEqual(cycles(), []);
});

test("only session, lsp, the command line and the client hold what changes", () => {
	const pure = files.filter((file) => file.startsWith(SERVER) && !/^server\/src\/(session|lsp|cli|main)/.test(file));
	assert.deepEqual(
		pure.filter((file) => /^(export )?(let|var) /m.test(withoutTexts(read(file)))),
		[],
	);
});

test("no default exports, no barrels, no folder for what has no name", () => {
	assert.deepEqual(
		files.filter((file) => /^export default|^export \* from/m.test(read(file)) || /\/index\.ts$/.test(file)),
		[],
	);
	assert.deepEqual(
		files.filter((file) => /\/(utils?|helpers?|common|misc|shared)(\/|\.ts$)/.test(file)),
		[],
	);
});

function filesBelow(folder: string): readonly string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
		.map((entry) => path.join(entry.parentPath, entry.name).replaceAll(path.sep, "/"))
		.sort();
}

function read(file: string): string {
	return readFileSync(file, "utf8");
}

/** The text with template literals emptied: examples of rules hold whatever they like. */
function withoutTexts(text: string): string {
	return text.replace(/`(?:[^`\\]|\\.)*`/gs, "``");
}

function importsOf(from: string): readonly Import[] {
	const text = withoutTexts(read(from));
	const statements = [...text.matchAll(/^(?:import|export)\b[^;"']*?from\s*"([^"]+)"|^import\s*"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)/gm)];
	return statements.map((match) => {
		const name = match[1] ?? match[2] ?? match[3] ?? "";
		return { from, to: name.startsWith(".") ? path.posix.join(path.posix.dirname(from), name) : name };
	});
}

function layerOf(file: string): string | undefined {
	const [, folder] = /^server\/src\/([^/]+)\//.exec(file) ?? [];
	return folder;
}

function print({ from, to }: Import): string {
	return `${from} -> ${to}`;
}

function cycles(): readonly string[] {
	const next = new Map(files.map((file) => [file, imports.filter(({ from }) => from === file).map(({ to }) => to)]));
	const state = new Map<string, "open" | "done">();
	const found: string[] = [];
	const visit = (file: string, trail: readonly string[]): void => {
		if (state.get(file) === "done" || !next.has(file)) return;
		if (state.get(file) === "open") {
			found.push([...trail.slice(trail.indexOf(file)), file].join(" -> "));
			return;
		}
		state.set(file, "open");
		for (const to of next.get(file) ?? []) visit(to, [...trail, file]);
		state.set(file, "done");
	};
	for (const file of files) visit(file, []);
	return found;
}
