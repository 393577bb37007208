import { deepEquals } from "../equality.ts";
import { kindOf, typeOf } from "../print.ts";
import { type Context, fixed, keeping, type Signature } from "../signature.ts";
import { text } from "../text.ts";
import { mysteryWithin } from "../truth.ts";
import { bool, unknown, type Value } from "../values.ts";

/** Go's types and kinds of values. Source: reflect.go of sprig. */
export const TYPES: Readonly<Record<string, Signature>> = {
	typeOf: keeping(fixed(["any"], "string", (_, value) => text(typeOf(value)))),
	typeIs: keeping(fixed(["string", "any"], "bool", (_, type, value) => bool(type.value === typeOf(value)))),
	typeIsLike: keeping(
		fixed(["string", "any"], "bool", (_, type, value) => bool(type.value === typeOf(value) || `*${type.value}` === typeOf(value))),
	),
	kindOf: keeping(fixed(["any"], "string", (_, value) => text(kindOf(value)))),
	kindIs: keeping(fixed(["string", "any"], "bool", (_, kind, value) => bool(kind.value === kindOf(value)))),
	deepEqual: keeping(fixed(["any", "any"], "bool", (context, a, b) => equal(context, a, b))),
};

function equal(context: Context, a: Value, b: Value): Value {
	const why = mysteryWithin(a) ?? mysteryWithin(b);
	return why ? unknown("bool", why) : bool(deepEquals(context, a, b));
}
