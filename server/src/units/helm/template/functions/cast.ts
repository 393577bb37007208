import { MAX_INT, MIN_INT, parseFloatGo, parseInteger, wrap } from "../number.ts";
import { type Float, float, type Value } from "../values.ts";

/** What sprig makes an integer of anything with: 0 for what is none. Source: ToInt64E of spf13/cast. */
export function toInt(value: Value): bigint {
	switch (value.kind) {
		case "int":
			return wrap(value.value);
		case "float":
			return truncate(value.value);
		case "bool":
			return value.value ? 1n : 0n;
		case "string": {
			const parsed = parseInteger(trimZeroDecimal(value.value), 0);
			return parsed?.fits ? parsed.value : 0n;
		}
		default:
			return 0n;
	}
}

/** Go's conversion of a float to int64; what does not fit becomes the smallest. */
function truncate(value: number): bigint {
	if (!Number.isFinite(value)) return MIN_INT;
	const whole = BigInt(Math.trunc(value));
	return whole > MAX_INT || whole < MIN_INT ? MIN_INT : whole;
}

/** `8.00` is 8. */
function trimZeroDecimal(text: string): string {
	return text.replace(/\.0+$/, "");
}

/** What sprig makes a float of anything with. Source: ToFloat64E of spf13/cast. */
export function toFloat(value: Value): number {
	switch (value.kind) {
		case "int":
			return Number(value.value);
		case "float":
			return value.value;
		case "bool":
			return value.value ? 1 : 0;
		case "string":
			return parseFloatGo(value.value) ?? 0;
		default:
			return 0;
	}
}

export function floatOf(value: Value): Float {
	return float(toFloat(value), "origin" in value ? value.origin : undefined);
}
