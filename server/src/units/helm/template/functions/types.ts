import { deepEquals } from "../equality.ts";
import { kindOf, NOWHERE, STAND_IN, typeOf } from "../print.ts";
import { type Context, fixed, keeping, type Signature } from "../signature.ts";
import { text } from "../text.ts";
import { mysteryWithin } from "../truth.ts";
import { bool, type Unknown, unknown, type Value } from "../values.ts";

/** Go's types and kinds of values. Source: reflect.go of sprig. */
export const TYPES: Readonly<Record<string, Signature>> = {
	typeOf: keeping(fixed(["any"], "string", (_, value) => named(value, typeOf))),
	typeIs: keeping(fixed(["string", "any"], "bool", (_, { value: type }, value) => compared(value, typeOf, (own) => own === type))),
	typeIsLike: keeping(
		fixed(["string", "any"], "bool", (_, { value: type }, value) => compared(value, typeOf, (own) => own === type || own === `*${type}`)),
	),
	kindOf: keeping(fixed(["any"], "string", (_, value) => named(value, kindOf))),
	kindIs: keeping(fixed(["string", "any"], "bool", (_, { value: kind }, value) => compared(value, kindOf, (own) => own === kind))),
	deepEqual: keeping(fixed(["any", "any"], "bool", (context, a, b) => equal(context, a, b))),
};

/** Of what is not known its type may be. */
function named(value: Value, nameOf: (value: Value) => string): Value {
	return hasUnknownType(value) ? text(STAND_IN, { at: NOWHERE, from: "action", unknown: value.why }) : text(nameOf(value));
}

function compared(value: Value, nameOf: (value: Value) => string, fits: (name: string) => boolean): Value {
	return hasUnknownType(value) ? unknown("bool", value.why) : bool(fits(nameOf(value)));
}

function hasUnknownType(value: Value): value is Unknown {
	return value.kind === "unknown" && value.type === "interface {}";
}

function equal(context: Context, a: Value, b: Value): Value {
	const why = mysteryWithin(a) ?? mysteryWithin(b);
	return why ? unknown("bool", why) : bool(deepEquals(context, a, b));
}
