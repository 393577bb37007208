import { asScalar } from "../../server/src/yaml/edit.ts";

/** A manifest as data, before it is written down in one of YAML's many ways. */
export type Data = string | number | boolean | null | readonly Data[] | { readonly [key: string]: Data };

/** How a manifest is written. */
export interface Style {
	/** `leaves`: block outside, flow for maps and lists that hold only scalars. */
	readonly form: "block" | "leaves" | "flow" | "json";
	readonly quotes: "none" | "single" | "double";
	readonly indent: 2 | 4;
	/** Items of a list stand in the column of its key, as kubectl prints them. */
	readonly hanging: boolean;
	readonly comments: boolean;
	readonly newline: "\n" | "\r\n";
}

export const PLAIN: Style = { form: "block", quotes: "none", indent: 2, hanging: false, comments: false, newline: "\n" };

/** One document, with a line break at its end. */
export function printYaml(value: Data, style: Style): string {
	const text = style.form === "json" ? `${JSON.stringify(value, null, style.indent)}\n` : `${block(value, 0, style)}\n`;
	const commented =
		style.comments && style.form !== "json" ? `# written by hand\n${text.replace(/^( *\w+: .*)$/m, "$1 # as it is")}` : text;
	return commented.replaceAll("\n", style.newline);
}

/** Several documents of one file. */
export function printStream(values: readonly Data[], style: Style): string {
	const separator = style.form === "json" ? "" : `---${style.newline}`;
	return values.map((value) => printYaml(value, style)).join(separator);
}

function block(value: Data, depth: number, style: Style): string {
	if (style.form === "flow" || typeof value !== "object" || value === null || isEmpty(value)) return flow(value, style);
	if (style.form === "leaves" && depth > 0 && isLeaf(value)) return flow(value, style);
	const indent = " ".repeat(depth * style.indent);
	if (isList(value)) return value.map((item) => `${indent}- ${inItem(block(item, depth + 1, style), style)}`).join("\n");
	return Object.entries(value)
		.map(([key, item]) => `${indent}${scalar(key, style)}:${below(item, depth, style)}`)
		.join("\n");
}

function below(value: Data, depth: number, style: Style): string {
	const lower = style.hanging && isList(value) ? depth : depth + 1;
	const text = block(value, lower, style);
	return /^\s|^- /.test(text) ? `\n${text}` : ` ${text}`;
}

/** The lines of a map or list inside an item: the first stands behind the dash, the others in its column. */
function inItem(text: string, style: Style): string {
	const own = /^ */.exec(text)?.[0].length ?? 0;
	if (own === 0) return text;
	const shift = own - style.indent + 2;
	return text
		.split("\n")
		.map((line, index) => (index === 0 ? line.trimStart() : " ".repeat(Math.max(0, shift)) + line.slice(own)))
		.join("\n");
}

function flow(value: Data, style: Style): string {
	if (typeof value !== "object" || value === null) return scalar(value, style);
	if (isList(value)) return `[${value.map((item) => flow(item, style)).join(", ")}]`;
	const entries = Object.entries(value).map(([key, item]) => `${scalar(key, style)}: ${flow(item, style)}`);
	return entries.length > 0 ? `{ ${entries.join(", ")} }` : "{}";
}

function scalar(value: string | number | boolean | null, { quotes }: Style): string {
	if (typeof value !== "string") return String(value);
	if (quotes === "double") return JSON.stringify(value);
	return quotes === "single" ? `'${value.replaceAll("'", "''")}'` : asScalar(value);
}

function isList(value: Data): value is readonly Data[] {
	return Array.isArray(value);
}

function isEmpty(value: readonly Data[] | { readonly [key: string]: Data }): boolean {
	return Object.keys(value).length === 0;
}

function isLeaf(value: readonly Data[] | { readonly [key: string]: Data }): boolean {
	return Object.values(value).every((item) => typeof item !== "object" || item === null);
}
