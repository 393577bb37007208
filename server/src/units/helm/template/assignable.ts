import { type Cell, type Frame, fail } from "./frame.ts";
import { NOWHERE, STAND_IN, typeOf } from "./print.ts";
import { type Param, TYPE_NAMES } from "./signature.ts";
import { text } from "./text.ts";
import { NIL, type Value } from "./values.ts";

/** Whether a value can be passed where a type is wanted, which is then what is passed. Source: validateType of exec.go. */
export function validated(frame: Frame, { value, wrapped }: Cell, param: Param): Value | undefined {
	if (param === "reflect") return value;
	if (!value) {
		if (param === "any") return NIL;
		if (param === "map") return { kind: "map", type: "map[string]interface {}", entries: new Map(), keys: new Map(), nil: true };
		if (param === "list") return { kind: "list", type: "[]interface {}", items: [], nil: true };
		throw fail(frame, `invalid value; expected ${TYPE_NAMES[param]}`);
	}
	if (param === "any") return value;
	const fitting = assigned(value, param);
	if (fitting) return fitting;
	throw fail(
		frame,
		`wrong type for value; expected ${TYPE_NAMES[param]}; got ${value.kind === "nil" && wrapped ? TYPE_NAMES.any : typeOf(value)}`,
	);
}

/** Types whose values can be assigned to `map[string]interface {}`. */
const MAPS: ReadonlySet<string> = new Set(["map[string]interface {}", "chartutil.Values"]);

function assigned(value: Value, param: Param): Value | undefined {
	if (value.kind === "unknown") {
		if (value.type !== TYPE_NAMES.any && value.type !== TYPE_NAMES[param]) return undefined;
		return param === "string" ? text(STAND_IN, { at: NOWHERE, from: "action", unknown: value.why }) : value;
	}
	switch (param) {
		case "string":
			return value.kind === "string" ? value : undefined;
		case "float64":
			return value.kind === "float" ? value : undefined;
		case "bool":
			return value.kind === "bool" ? value : undefined;
		case "map":
			if (value.kind !== "map" || !MAPS.has(value.type)) return undefined;
			return value.type === "map[string]interface {}" ? value : { ...value, type: "map[string]interface {}" };
		case "list":
			return value.kind === "list" && value.type === "[]interface {}" ? value : undefined;
		case "time":
		case "certificate":
		case "version":
			return value.kind === "struct" && value.type === TYPE_NAMES[param] ? value : undefined;
		default:
			return value.kind === "int" && value.type === param ? value : undefined;
	}
}
