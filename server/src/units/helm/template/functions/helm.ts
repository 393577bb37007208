import { COMPACT, type JsonStyle, writeJson } from "../json.ts";
import { NOWHERE, STAND_IN } from "../print.ts";
import { CallError, fixed, keeping, type Signature } from "../signature.ts";
import { EMPTY, isWhollyUnknown, slice, type Text, text } from "../text.ts";
import { ANY_LIST, ANY_MAP, dict, unknown, type Value } from "../values.ts";
import { writeYaml } from "../yamlWriter.ts";
import { asList, asMap, readJson, readYaml } from "./reading.ts";
import { writeToml } from "./toml.ts";
import { readToml } from "./tomlReader.ts";

const ANY = "interface {}";
const IN_YAML = "error unmarshaling JSON: while decoding JSON: ";
const INDENTED: JsonStyle = { indent: "  ", html: true };
const RAW: JsonStyle = { indent: "", html: false };

/** What Helm adds to sprig or puts in its place, and sprig's JSON. Source: funcs.go and engine.go of Helm's engine. */
export const HELM: Readonly<Record<string, Signature>> = {
	include: keeping(fixed(["string", "any"], "string", (context, name, data) => context.include(name.value, data))),
	tpl: keeping(fixed(["string", "any"], "string", (context, source, data) => context.tpl(source, data))),
	required: keeping(fixed(["string", "any"], ANY, (_, message, value) => required(message.value, value))),
	fail: keeping(
		fixed(["string"], "string", (_, message) => {
			throw new CallError(marked(message.value), "fail");
		}),
	),
	lookup: keeping(fixed(["string", "string", "string", "string"], ANY_MAP, () => dict())),
	getHostByName: keeping(fixed(["string"], "string", () => EMPTY)),
	toYaml: keeping(fixed(["any"], "string", (context, value) => swallowed(() => withoutLineBreak(writeYaml(context, value, "plain"))))),
	toYamlPretty: keeping(fixed(["any"], "string", (context, value) => withoutLineBreak(writeYaml(context, value, "pretty")))),
	fromYaml: keeping(fixed(["string"], ANY_MAP, (_, value) => hidden(value, ANY_MAP) ?? asMap(readYaml(value), IN_YAML))),
	fromYamlArray: keeping(fixed(["string"], ANY_LIST, (_, value) => hidden(value, ANY_LIST) ?? asList(readYaml(value), IN_YAML))),
	toJson: keeping(fixed(["any"], "string", (context, value) => swallowed(() => writeJson(context, value, COMPACT)))),
	fromJson: keeping(fixed(["string"], ANY_MAP, (_, value) => hidden(value, ANY_MAP) ?? asMap(readJson(value), ""))),
	fromJsonArray: keeping(fixed(["string"], ANY_LIST, (_, value) => hidden(value, ANY_LIST) ?? asList(readJson(value), ""))),
	toToml: keeping(fixed(["any"], "string", (context, value) => writeToml(context, value))),
	fromToml: keeping(fixed(["string"], ANY_MAP, (_, value) => hidden(value, ANY_MAP) ?? fromToml(value))),
	mustToJson: json(COMPACT),
	toPrettyJson: keeping(fixed(["any"], "string", (context, value) => swallowed(() => writeJson(context, value, INDENTED)))),
	mustToPrettyJson: json(INDENTED),
	toRawJson: json(RAW),
	mustToRawJson: json(RAW),
	mustFromJson: keeping(
		fixed(["string"], ANY, (_, value) => {
			const reading = readJson(value);
			if (reading.error !== undefined) throw new CallError(typeof reading.error === "string" ? reading.error : reading.error.value);
			return reading.value;
		}),
	),
};

function json(style: JsonStyle): Signature {
	return keeping(fixed(["any"], "string", (context, value) => writeJson(context, value, style)));
}

/** Helm shows only what stands between the marks. */
function marked(message: string): string {
	return `HELM_ERR_START${message}HELM_ERR_END`;
}

function required(message: string, value: Value): Value {
	if (value.kind === "nil" || (value.kind === "string" && value.value === "")) throw new CallError(marked(message), "required");
	return value;
}

/** Of a text of which nothing is known, nobody knows what it says. */
function hidden(value: Text, type: string): Value | undefined {
	return value.unknown && isWhollyUnknown(value) ? unknown(type, value.unknown) : undefined;
}

/** What is wrong in TOML is not said as Helm says it, so that a text which shows it is not known. */
function fromToml(value: Text): Value {
	return readToml(value) ?? dict([["Error", text(STAND_IN, { at: NOWHERE, from: "action", unknown: "message" })]]);
}

/** Writers that fail give nothing. */
function swallowed(write: () => Text): Text {
	try {
		return write();
	} catch (error) {
		if (error instanceof CallError) return text("");
		throw error;
	}
}

function withoutLineBreak(value: Text): Text {
	return value.value.endsWith("\n") ? slice(value, 0, value.value.length - 1) : value;
}
