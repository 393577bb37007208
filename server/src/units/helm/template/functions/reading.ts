import { parseSource } from "../../../../yaml/parse.ts";
import { jsonComplaint } from "../jsonSyntax.ts";
import { valueOfText } from "../nodes.ts";
import { parseFloatGo } from "../number.ts";
import { NOWHERE } from "../print.ts";
import { soleOrigin, type Text, text } from "../text.ts";
import { ANY_LIST, ANY_MAP, dict, float, list, NIL, type Value } from "../values.ts";

/** What a text says, or Go's message why it cannot be read. */
export type Reading = { readonly value: Value; readonly error?: undefined } | { readonly value?: undefined; readonly error: string | Text };

/** Reads YAML as sigs.k8s.io/yaml does: the first document, by way of JSON. */
export function readYaml(written: Text): Reading {
	const source = { uri: "", text: written.value };
	const parsed = parseSource(source);
	const [problem] = parsed.problems;
	if (problem) {
		return { error: messageOf(problem.message, written.value) };
	}
	return { value: valueOfText(parsed.root, written) };
}

/** Go's words where they are known; else they only stand in for them. */
function messageOf(message: string, written: string): Text {
	const isOneLine = !written.trimEnd().includes("\n");
	if (isOneLine && message.startsWith("Nested mappings are not allowed"))
		return text("error converting YAML to JSON: yaml: mapping values are not allowed in this context");
	return text("error converting YAML to JSON: yaml: the text cannot be read", { at: NOWHERE, from: "action", unknown: "message" });
}

/** Reads JSON as Go's encoding/json does into an interface. */
export function readJson(written: Text): Reading {
	const { value } = written;
	let plain: unknown;
	try {
		plain = JSON.parse(value);
	} catch {
		return { error: jsonComplaint(value) };
	}
	if (!value.includes("\\")) {
		const parsed = parseSource({ uri: "", text: value });
		if (parsed.problems.length === 0 && !parsed.trailing) return { value: valueOfText(parsed.root, written) };
	}
	return { value: fromPlain(plain, written) };
}

function fromPlain(plain: unknown, written: Text): Value {
	if (plain === null) return NIL;
	if (typeof plain === "boolean") return { kind: "bool", value: plain };
	if (typeof plain === "number") return float(parseFloatGo(String(plain)) ?? 0);
	if (typeof plain === "string") return text(plain, soleOrigin(written));
	if (Array.isArray(plain)) return list(plain.map((item) => fromPlain(item, written)));
	return dict(Object.entries(plain as object).map(([key, value]) => [key, fromPlain(value, written)] as const));
}

const JSON_KINDS: Partial<Record<Value["kind"], string>> = {
	list: "array",
	map: "object",
	string: "string",
	float: "number",
	bool: "bool",
};

/** What was read as a map, or a map with the key "Error" that says why not, as Helm has it. */
export function asMap(reading: Reading, prefix: string): Value {
	const error = reading.error ?? mismatch(reading.value, "map", ANY_MAP, prefix);
	if (error !== undefined) return dict([["Error", typeof error === "string" ? text(error) : error]]);
	if (reading.value?.kind === "nil") return prefix === "" ? { ...dict(), nil: true } : dict();
	return reading.value ?? dict();
}

/** The same as a list, whose only element is the message. */
export function asList(reading: Reading, prefix: string): Value {
	const error = reading.error ?? mismatch(reading.value, "list", ANY_LIST, prefix);
	if (error !== undefined) return list([typeof error === "string" ? text(error) : error]);
	if (reading.value?.kind === "nil") return prefix === "" ? { kind: "list", type: ANY_LIST, items: [], nil: true } : list([]);
	return reading.value ?? list([]);
}

function mismatch(value: Value | undefined, kind: "map" | "list", type: string, prefix: string): string | undefined {
	if (!value || value.kind === kind || value.kind === "nil" || value.kind === "unknown") return undefined;
	return `${prefix}json: cannot unmarshal ${JSON_KINDS[value.kind] ?? value.kind} into Go value of type ${type}`;
}
