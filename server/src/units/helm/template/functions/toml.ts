import { compareText } from "../bytes.ts";
import { formatFloat } from "../floats.ts";
import { NOWHERE, printScalar, STAND_IN } from "../print.ts";
import { CallError, type Context } from "../signature.ts";
import { type Text, TextBuilder, text } from "../text.ts";
import type { Dict, Value } from "../values.ts";

/**
 * TOML as Helm's toToml writes it: sorted keys, simple values before tables, tables indented; a value that is no map by itself.
 * Source: encode.go of BurntSushi/toml.
 */
export function writeToml(context: Context, value: Value): Text {
	if (value.kind === "nil") throw new CallError("reflect: call of reflect.Value.Type on zero Value");
	const builder = new TextBuilder();
	if (value.kind === "map") writeTable(context, builder, value, []);
	else writeValue(context, builder, value);
	return builder.text();
}

function writeTable(context: Context, builder: TextBuilder, table: Dict, path: readonly string[]): void {
	// A value that is deeper than this contains itself.
	if (path.length > 500) throw new RangeError("too deep");
	const entries = [...table.entries].filter(([, value]) => value.kind !== "nil").sort(([a], [b]) => compareText(a, b));
	for (const [key, value] of entries) {
		if (isTable(value)) continue;
		context.spend(1);
		builder.add(`${indentOf(path)}${keyOf(key)} = `);
		writeValue(context, builder, value);
		builder.add("\n");
	}
	for (const [key, value] of entries) if (isTable(value)) writeSubtable(context, builder, value, [...path, key]);
}

function isTable(value: Value): boolean {
	return value.kind === "map" || (value.kind === "list" && value.items.length > 0 && value.items.every(({ kind }) => kind === "map"));
}

function indentOf(path: readonly string[]): string {
	return "  ".repeat(Math.max(path.length, 0));
}

function writeSubtable(context: Context, builder: TextBuilder, value: Value, path: readonly string[]): void {
	const name = path.map(keyOf).join(".");
	const tables = value.kind === "list" ? value.items : [value];
	for (const table of tables) {
		context.spend(1);
		if (path.length === 1 && builder.length > 0) builder.add("\n");
		builder.add(`${indentOf(path.slice(1))}${value.kind === "list" ? `[[${name}]]` : `[${name}]`}\n`);
		if (table.kind === "map") writeTable(context, builder, table, path);
	}
}

function keyOf(key: string): string {
	return /^[A-Za-z0-9_-]+$/.test(key) ? key : quoteToml(key);
}

function writeValue(context: Context, builder: TextBuilder, value: Value): void {
	context.reserve(1);
	switch (value.kind) {
		case "string":
			builder.addText({ ...value, ...text(quoteToml(value.value), value.runs?.length === 1 ? value.runs[0]?.origin : undefined) });
			return;
		case "float":
			builder.add(tomlFloat(value.value), value.origin);
			return;
		case "list":
			builder.add("[");
			for (const [index, item] of value.items.entries()) {
				if (index > 0) builder.add(", ");
				writeValue(context, builder, item);
			}
			builder.add("]");
			return;
		case "map":
			builder.add("{");
			for (const [index, [key, item]] of [...value.entries].sort(([a], [b]) => compareText(a, b)).entries()) {
				builder.add(`${index > 0 ? ", " : ""}${keyOf(key)} = `);
				writeValue(context, builder, item);
			}
			builder.add("}");
			return;
		case "bool":
		case "int":
			builder.add(printScalar(value), value.origin);
			return;
		default:
			builder.add(STAND_IN, { at: NOWHERE, from: "action", unknown: value.kind === "unknown" ? value.why : "message" });
	}
}

function tomlFloat(value: number): string {
	if (Number.isNaN(value)) return "nan";
	if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
	const digits = formatFloat(value, "g", -1);
	return /[.e]/.test(digits) ? digits : `${digits}.0`;
}

const SHORT: Readonly<Record<string, string>> = { "\t": "\\t", "\n": "\\n", "\r": "\\r", '"': '\\"', "\\": "\\\\" };

function quoteToml(value: string): string {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is escaped
	return `"${value.replace(/[\0-\x1f"\\\x7f]/g, (char) => SHORT[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`)}"`;
}
