/** What the API machinery makes of a scalar on its way to JSON. Numbers beyond 2^53 lose digits, as they do not matter here. */
export type ScalarValue = string | number | boolean | null;

const WORDS: ReadonlyMap<string, ScalarValue> = new Map<string, ScalarValue>([
	...["", "~", "null", "Null", "NULL"].map((word) => [word, null] as const),
	...["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"].map((word) => [word, true] as const),
	...["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"].map((word) => [word, false] as const),
	...[".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"].map((word) => [word, Number.POSITIVE_INFINITY] as const),
	...["-.inf", "-.Inf", "-.INF"].map((word) => [word, Number.NEGATIVE_INFINITY] as const),
	...[".nan", ".NaN", ".NAN"].map((word) => [word, Number.NaN] as const),
]);

const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const TIMESTAMP = /^\d{4}-\d{1,2}-\d{1,2}([Tt ].*)?$/;

/**
 * Reads a plain (unquoted) scalar as kubectl and the API server do: YAML 1.1 words for booleans, 1.2 octal and Go's number
 * syntax, no base 60, dates as text.
 * Source: resolve() of sigs.k8s.io/yaml's goyaml.v2, which the API machinery decodes with before it goes on in JSON.
 */
export function readPlain(text: string): ScalarValue {
	const word = WORDS.get(text);
	if (word !== undefined) return word;
	const first = text.charCodeAt(0);
	if (first === 0x2e) return FLOAT.test(text) ? Number(text) : text;
	const numeric = first === 0x2b || first === 0x2d || (first >= 0x30 && first <= 0x39);
	if (!numeric || TIMESTAMP.test(text)) return text;
	const plain = text.replaceAll("_", "");
	return readInteger(plain) ?? (FLOAT.test(plain) ? Number(plain) : text);
}

/** Go's strconv.ParseInt with base 0: a leading 0 or 0o is octal, 0x hexadecimal, 0b binary. */
function readInteger(text: string): number | undefined {
	const match = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/.exec(text);
	const digits = match?.[2];
	if (digits === undefined) return undefined;
	const octal = /^0[0-7]+$/.test(digits);
	const value = Number(octal ? `0o${digits.slice(1)}` : digits.toLowerCase());
	return match?.[1] === "-" ? -value : value;
}

/** The text that a scalar key becomes in JSON: `y:` is the key "true", `0x50:` the key "80". */
export function readKey(value: ScalarValue): string {
	return value === null ? "null" : String(value);
}
