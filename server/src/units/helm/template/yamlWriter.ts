import { formatFloat } from "./floats.ts";
import { elementsOf } from "./functions/builtin.ts";
import { base64 } from "./functions/encoding.ts";
import { jsonNumber } from "./json.ts";
import { NOWHERE, printScalar, STAND_IN } from "./print.ts";
import type { Context } from "./signature.ts";
import { type Text, text } from "./text.ts";
import type { Value } from "./values.ts";
import { YamlEmitter } from "./yamlEmitter.ts";
import { analyze, compareKeys, isAmbiguous } from "./yamlScalar.ts";

/** "plain": as `toYaml` writes (version 2 of go-yaml, by way of JSON); "pretty": as `toYamlPretty` does (version 3). */
export type YamlStyle = "plain" | "pretty";

/** A value in go-yaml's block style: sorted keys, long lines folded. Ends with a line break. Source: encode.go and emitterc.go. */
export function writeYaml(context: Context, value: Value, style: YamlStyle): Text {
	return new YamlWriter(context, style).write(value);
}

/** A key of more bytes, or of several lines, stands behind a `?`. */
const SIMPLE_KEY = 128;

interface Scalar {
	readonly text: Text;
	readonly style: "plain" | "double" | "literal";
}

class YamlWriter {
	private readonly context: Context;
	private readonly pretty: boolean;
	private readonly emitter: YamlEmitter;

	constructor(context: Context, style: YamlStyle) {
		this.context = context;
		this.pretty = style === "pretty";
		this.emitter = new YamlEmitter(context, !this.pretty);
	}

	write(value: Value): Text {
		this.node(value, false, false);
		return this.emitter.text();
	}

	private node(value: Value, inMap: boolean, isKey: boolean): void {
		this.context.spend(1);
		// A value that is deeper than this contains itself.
		if (this.emitter.indent > 2000) throw new RangeError("too deep");
		switch (value.kind) {
			case "list":
				if (value.nil && !this.pretty) this.scalar(NULL, isKey);
				else this.list(value.items, inMap);
				break;
			case "bytes":
				// By way of JSON they are base64.
				if (this.pretty) this.list(elementsOf(value) ?? [], inMap);
				else this.scalar(this.stringOf(text(base64(value.value))), isKey);
				break;
			case "map":
				if (value.nil) this.scalar(this.pretty ? { text: text("{}"), style: "plain" } : NULL, isKey);
				else this.entries([...value.entries].map(([key, entry]) => ({ key: text(key, value.keys.get(key)), value: entry })));
				break;
			case "struct":
				if (value.plain) this.node(value.plain, inMap, isKey);
				else if (value.map) this.node(value.map, inMap, isKey);
				else this.entries([...value.fields].map(([key, entry]) => ({ key: text(key), value: entry })));
				break;
			default:
				this.scalar(this.scalarOf(value), isKey);
		}
	}

	private scalarOf(value: Exclude<Value, { readonly kind: "bytes" | "list" | "map" | "struct" }>): Scalar {
		switch (value.kind) {
			case "string":
				return this.stringOf(value);
			case "float":
				return { text: text(this.pretty ? floatPretty(value.value) : floatPlain(value.value), value.origin), style: "plain" };
			case "nil":
				return { text: text("null", value.origin), style: "plain" };
			case "unknown":
				return { text: text(STAND_IN, { at: NOWHERE, from: "action", unknown: value.why }), style: "plain" };
			default:
				return { text: text(printScalar(value), value.origin), style: "plain" };
		}
	}

	private stringOf(value: Text): Scalar {
		// What is no UTF-8 goes through JSON.
		const clean = /[\udc80-\udcff]/.test(value.value) && !isWellFormed(value.value) ? text(replaceBroken(value.value)) : value;
		if (clean.value.includes("\n")) return { text: clean, style: "literal" };
		return { text: clean, style: isAmbiguous(clean.value) || (this.pretty && isOldBool(clean.value)) ? "double" : "plain" };
	}

	private list(items: readonly Value[], inMap: boolean): void {
		const { indent } = this.emitter;
		if (items.length === 0) this.emitter.indicator("[]", true, false, false);
		const sameColumn = !this.pretty && inMap && !this.emitter.indention;
		this.emitter.indent = indent < 0 ? 0 : sameColumn ? indent : indent + 2;
		for (const item of items) {
			this.emitter.writeIndent();
			this.emitter.indicator("-", true, false, true);
			this.node(item, false, false);
		}
		this.emitter.indent = indent;
	}

	private entries(entries: { readonly key: Text; readonly value: Value }[]): void {
		const { indent } = this.emitter;
		if (entries.length === 0) this.emitter.indicator("{}", true, false, false);
		this.emitter.indent = indent < 0 ? 0 : indent + 2;
		for (const { key, value } of entries.sort((a, b) => compareKeys(a.key.value, b.key.value, this.pretty))) {
			this.emitter.writeIndent();
			const { multiline, length } = analyze(key.value, this.pretty);
			if (!multiline && length <= SIMPLE_KEY) {
				this.scalar(this.stringOf(key), true);
				this.emitter.indicator(":", false, false, false);
			} else {
				this.emitter.indicator("?", true, false, true);
				this.scalar(this.stringOf(key), false);
				this.emitter.writeIndent();
				this.emitter.indicator(":", true, false, true);
			}
			this.node(value, true, false);
		}
		this.emitter.indent = indent;
	}

	private scalar({ text: content, style }: Scalar, isKey: boolean): void {
		const { value } = content;
		const { plain, single, block, multiline } = analyze(value, this.pretty);
		const { indent } = this.emitter;
		this.emitter.indent = indent < 0 ? 2 : indent + 2;
		let chosen: "plain" | "single" | "double" | "literal" = isKey && multiline ? "double" : style;
		if (chosen === "plain" && (!plain || (value === "" && isKey))) chosen = single ? "single" : "double";
		if (chosen === "literal" && (!block || isKey)) chosen = "double";
		if (chosen === "plain") this.emitter.writePlain(content, !isKey);
		else if (chosen === "single") this.emitter.writeSingle(content, !isKey);
		else if (chosen === "double") this.emitter.writeDouble(content, !isKey);
		else this.emitter.writeLiteral(content);
		this.emitter.indent = indent;
	}
}

const NULL: Scalar = { text: text("null"), style: "plain" };

/** A number that went through JSON: integers stay what they are. */
function floatPlain(value: number): string {
	const json = jsonNumber(value);
	if (!/^-?[0-9]+$/.test(json)) return formatFloat(value, "g", -1);
	const whole = BigInt(json);
	return whole >= -(2n ** 63n) && whole < 2n ** 64n ? whole.toString() : formatFloat(value, "g", -1);
}

function floatPretty(value: number): string {
	if (Number.isNaN(value)) return ".nan";
	if (!Number.isFinite(value)) return value > 0 ? ".inf" : "-.inf";
	return formatFloat(value, "g", -1);
}

/** What version 3 of go-yaml quotes because older readers take it for a boolean. */
function isOldBool(value: string): boolean {
	return /^(?:y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF)$/.test(value);
}

function isWellFormed(value: string): boolean {
	return !/(?<![\ud800-\udbff])[\udc00-\udfff]/.test(value);
}

function replaceBroken(value: string): string {
	return value.replace(/(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}
