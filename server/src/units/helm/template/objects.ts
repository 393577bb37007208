import { RE2JS } from "re2js";
import { decode, encode } from "./bytes.ts";
import { base64 } from "./functions/encoding.ts";
import { quoteGo } from "./quoting.ts";
import { CallError, type Context } from "./signature.ts";
import { EMPTY, slice, type Text, text } from "./text.ts";
import { ANY_MAP, bool, type Dict, dict, type List, list, type Method, type Struct, struct, type Value } from "./values.ts";
import { writeYaml } from "./yamlWriter.ts";

/** A file of a chart: its text, which may know where it stands, or its bytes. */
export type FileContent = Text | Uint8Array;

/** `.Files` of a chart, by names relative to it. Source: files.go of Helm's engine. */
export function filesObject(files: Iterable<readonly [string, FileContent]>): Struct {
	const all = new Map(files);
	const get = (name: Value | undefined) => (name?.kind === "string" ? all.get(name.value) : undefined);
	const map: Dict = dict(
		[...all].map(([name, content]) => [name, bytesOf(content)] as const),
		"engine.files",
	);
	const methods: readonly (readonly [string, Method])[] = [
		["Get", { parameters: ["string"], call: (name) => textOf(get(name)) }],
		["GetBytes", { parameters: ["string"], call: (name) => bytesOf(get(name) ?? EMPTY) }],
		["Glob", { parameters: ["string"], call: (pattern) => filesObject(globbed(all, pattern)) }],
		["Lines", { parameters: ["string"], call: (name) => list(linesOf(textOf(get(name))), "[]string") }],
		["AsConfig", { parameters: [], call: () => asYaml(all, textOf) }],
		["AsSecrets", { parameters: [], call: () => asYaml(all, (content) => text(base64(contentBytes(content)))) }],
	];
	return { ...struct("engine.files", [], methods), map, plain: map };
}

function textOf(content: FileContent | undefined): Text {
	if (!content) return EMPTY;
	return content instanceof Uint8Array ? text(decode(content)) : content;
}

function contentBytes(content: FileContent): Uint8Array {
	return content instanceof Uint8Array ? content : encode(content.value);
}

function bytesOf(content: FileContent): Value {
	return { kind: "bytes", value: contentBytes(content) };
}

function linesOf(content: Text): readonly Text[] {
	if (content.value === "") return [];
	const end = content.value.endsWith("\n") ? content.value.length - 1 : content.value.length;
	const lines: Text[] = [];
	let at = 0;
	for (let next = content.value.indexOf("\n"); next >= 0 && next < end; next = content.value.indexOf("\n", at)) {
		lines.push(slice(content, at, next));
		at = next + 1;
	}
	lines.push(slice(content, at, end));
	return lines;
}

/** Counts nothing: the files are as large as they are. */
const UNLIMITED: Context = {
	spend: () => {},
	reserve: () => {},
	checkRange: () => {},
	kept: (value) => value,
	include: () => EMPTY,
	tpl: () => EMPTY,
};

function asYaml(files: ReadonlyMap<string, FileContent>, convert: (content: FileContent) => Text): Text {
	// Of two files of one name, which Go takes by chance, the last one by its path holds.
	const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
	const map = dict(
		sorted.map(([name, content]) => [name.slice(name.lastIndexOf("/") + 1), convert(content)] as const),
		"map[string]string",
	);
	const written = writeYaml(UNLIMITED, map, "plain");
	return slice(written, 0, written.value.length - 1);
}

function globbed(files: ReadonlyMap<string, FileContent>, pattern: Value | undefined): readonly (readonly [string, FileContent])[] {
	const matches = globPattern(pattern?.kind === "string" ? pattern.value : "");
	return [...files].filter(([name]) => matches.matches(name));
}

/** A glob of gobwas/glob with `/` as separator; one that it refuses matches everything, as in Helm. */
export function globPattern(pattern: string): RE2JS {
	const ANYTHING = RE2JS.compile("(?s).*");
	try {
		const expression = expressionOf(pattern);
		return expression === undefined ? ANYTHING : RE2JS.compile(`(?s)${expression}`);
	} catch {
		return ANYTHING;
	}
}

/** The glob as a regular expression; `undefined` where a bracket is not closed. */
function expressionOf(pattern: string): string | undefined {
	let expression = "";
	let depth = 0;
	for (let at = 0; at < pattern.length; at++) {
		const char = pattern.charAt(at);
		if (char === "\\") expression += RE2JS.quote(pattern.charAt(++at));
		else if (char === "*") {
			const all = pattern[at + 1] === "*";
			if (all) at++;
			expression += all ? ".*" : "[^/]*";
		} else if (char === "?") expression += "[^/]";
		else if (char === "[") {
			const [whole, not = "", body = ""] = /^\[(!?)([^\]]+)\]/.exec(pattern.slice(at)) ?? [];
			if (whole === undefined) return undefined;
			expression += `[${not === "" ? "" : "^"}${body.replace(/[\\^[\]]/g, "\\$&")}]`;
			at += whole.length - 1;
		} else if (char === "{") {
			depth++;
			expression += "(?:";
		} else if (char === "}" && depth > 0) {
			depth--;
			expression += ")";
		} else if (char === "," && depth > 0) expression += "|";
		else expression += RE2JS.quote(char);
	}
	return depth === 0 ? expression : undefined;
}

/**
 * `.Values`: a map with methods, that shares its entries with the one that it is made of.
 * Source: Values of values.go of Helm's chartutil.
 */
export function valuesObject(values: Dict): Dict {
	const plain: Dict = { kind: "map", type: ANY_MAP, entries: values.entries, keys: values.keys };
	const textOfName = (name: Value | undefined) => (name?.kind === "string" ? name.value : "");
	const methods = new Map<string, Method>([
		["AsMap", { parameters: [], call: () => plain }],
		["YAML", { parameters: [], call: () => writeYaml(UNLIMITED, plain, "plain") }],
		["Table", { parameters: ["string"], call: (name) => valuesObject(tableAt(plain, textOfName(name).split("."))) }],
		["PathValue", { parameters: ["string"], call: (name) => valueAt(plain, textOfName(name)) }],
	]);
	return { ...plain, type: "chartutil.Values", methods };
}

function tableAt(values: Dict, path: readonly string[]): Dict {
	return path.reduce<Dict>((at, name) => {
		const next = at.entries.get(name);
		if (next?.kind !== "map") throw new CallError(`${quoteGo(name)} is not a table`);
		return next;
	}, values);
}

/** No map can be had so. */
function valueAt(values: Dict, path: string): Value {
	if (path === "") throw new CallError("YAML path cannot be empty");
	const names = path.split(".");
	const last = names.pop() ?? "";
	let value: Value | undefined;
	try {
		value = (names.length === 0 ? values : tableAt(values, names)).entries.get(last);
	} catch (error) {
		if (!(error instanceof CallError)) throw error;
	}
	if (!value || value.kind === "map") throw new CallError(`${quoteGo(last)} is not a value`);
	return value;
}

/** What `.Capabilities` tells of a cluster and of Helm. */
export interface Cluster {
	/** "v1.36.0" */
	readonly version: string;
	readonly apiVersions: readonly string[];
	/** "v3.22.0" */
	readonly helmVersion: string;
}

/** `.Capabilities`. Source: capabilities.go of Helm's chartutil. */
export function capabilitiesObject({ version, apiVersions, helmVersion }: Cluster): Struct {
	const [, major = "", minor = ""] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
	const gives = (value: Value): Method => ({ parameters: [], call: () => value });
	const kubeVersion: Struct = {
		...struct(
			"chartutil.KubeVersion",
			[
				["Version", text(version)],
				["Major", text(major)],
				["Minor", text(minor)],
			],
			[
				["String", gives(text(version))],
				["GitVersion", gives(text(version))],
			],
		),
		shown: version,
	};
	const known = new Set(apiVersions);
	const versions: List = {
		...list(
			apiVersions.map((name) => text(name)),
			"chartutil.VersionSet",
		),
		methods: new Map([
			["Has", { parameters: ["string"], call: (name) => bool(name?.kind === "string" && known.has(name.value)) } satisfies Method],
		]),
	};
	const helm = struct("version.BuildInfo", [
		["Version", text(helmVersion)],
		["GitCommit", EMPTY],
		["GitTreeState", EMPTY],
		["GoVersion", EMPTY],
	]);
	return struct("*chartutil.Capabilities", [
		["KubeVersion", kubeVersion],
		["APIVersions", versions],
		["HelmVersion", helm],
	]);
}
