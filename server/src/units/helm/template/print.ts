import { compareText } from "./bytes.ts";
import { formatFloat } from "./floats.ts";
import type { Origin } from "./origin.ts";
import type { Context } from "./signature.ts";
import { type Text, TextBuilder, text } from "./text.ts";
import type { Dict, Value } from "./values.ts";

/** Go's type of a value as %T prints it. */
export function typeOf(value: Value): string {
	switch (value.kind) {
		case "nil":
			return "<nil>";
		case "bool":
			return "bool";
		case "float":
			return "float64";
		case "string":
			return "string";
		case "bytes":
			return "[]uint8";
		default:
			return value.type;
	}
}

/** Go's reflect.Kind of a value. */
export function kindOf(value: Value): string {
	switch (value.kind) {
		case "nil":
			return "invalid";
		case "float":
			return "float64";
		case "int":
			return value.type;
		case "bytes":
		case "list":
			return "slice";
		case "struct":
			if (value.type === "complex128") return value.type;
			return value.map ? "map" : value.type.startsWith("*") ? "ptr" : "struct";
		case "unknown":
			return value.type.startsWith("[]")
				? "slice"
				: value.type.startsWith("map[")
					? "map"
					: value.type.includes(".")
						? "struct"
						: value.type;
		default:
			return value.kind;
	}
}

/** The keys in the order in which Go prints and ranges over a map. */
export function sortedKeys({ entries }: Dict): readonly string[] {
	return [...entries.keys()].sort(compareText);
}

/** Characters that stand in for what is not known. */
export const STAND_IN = "unknown";

/** A value's characters where it is printed by itself: Go's %v. */
export function printed(context: Pick<Context, "reserve">, value: Value): Text {
	switch (value.kind) {
		case "string":
			return value;
		case "list":
		case "map":
		case "struct":
		case "bytes": {
			const builder = new TextBuilder();
			addValue(context, builder, value);
			return builder.text();
		}
		case "unknown":
			return { kind: "string", value: STAND_IN, runs: [{ end: STAND_IN.length, origin: originOf(value), start: -1 }], unknown: value.why };
		default:
			return text(printScalar(value), value.origin);
	}
}

/** The origin of a scalar's characters, where it has one. */
export function originOf(value: Value): Origin | undefined {
	return value.kind === "unknown" ? { at: NOWHERE, from: "action", unknown: value.why } : "origin" in value ? value.origin : undefined;
}

/** Replaced by the place of the action that prints it. */
export const NOWHERE = { source: { uri: "", text: "" }, start: 0, end: 0 };

/** What sprig makes a text of anything with: Go's %v, but the characters of bytes and of what has a String method. */
export function strval(context: Pick<Context, "reserve">, value: Value): Text {
	if (value.kind === "bytes") return text(new TextDecoder().decode(value.value));
	return printed(context, value);
}

export function printScalar(value: Extract<Value, { readonly kind: "nil" | "bool" | "int" | "float" }>): string {
	switch (value.kind) {
		case "nil":
			return "<nil>";
		case "float":
			return formatFloat(value.value, "g", -1);
		default:
			return String(value.value);
	}
}

function addValue(context: Pick<Context, "reserve">, builder: TextBuilder, value: Value): void {
	const before = builder.length;
	switch (value.kind) {
		case "list":
			builder.add("[");
			for (const [index, item] of value.items.entries()) {
				if (index > 0) builder.add(" ");
				addValue(context, builder, item);
			}
			builder.add("]");
			break;
		case "map":
			addMap(context, builder, value);
			break;
		case "struct":
			if (value.text !== undefined) builder.add(value.text);
			else if (value.map) addMap(context, builder, value.map);
			else addFields(context, builder, [...value.fields.values()]);
			break;
		case "bytes":
			builder.add(`[${value.value.join(" ")}]`);
			break;
		default:
			builder.addText(printed(context, value));
	}
	if (value.kind !== "map" && value.kind !== "list") context.reserve(builder.length - before);
}

function addMap(context: Pick<Context, "reserve">, builder: TextBuilder, map: Dict): void {
	builder.add("map[");
	for (const [index, key] of sortedKeys(map).entries()) {
		builder
			.add(index > 0 ? " " : "")
			.add(key, map.keys.get(key))
			.add(":");
		context.reserve(key.length + 2);
		const value = map.entries.get(key);
		if (value) addValue(context, builder, value);
	}
	builder.add("]");
}

function addFields(context: Pick<Context, "reserve">, builder: TextBuilder, fields: readonly Value[]): void {
	builder.add("{");
	for (const [index, field] of fields.entries()) {
		if (index > 0) builder.add(" ");
		addValue(context, builder, field);
	}
	builder.add("}");
}

/** Go's fmt.Sprint: a space between two operands of which neither is a text. */
export function sprint(context: Pick<Context, "reserve">, values: readonly Value[]): Text {
	const builder = new TextBuilder();
	for (const [index, value] of values.entries()) {
		const before = values[index - 1];
		if (before && value.kind !== "string" && before.kind !== "string") builder.add(" ");
		builder.addText(printed(context, value));
	}
	return builder.text();
}

/** Go's fmt.Sprintln. */
export function sprintln(context: Pick<Context, "reserve">, values: readonly Value[]): Text {
	const builder = new TextBuilder();
	for (const [index, value] of values.entries()) builder.add(index > 0 ? " " : "").addText(printed(context, value));
	return builder.add("\n").text();
}
