/** What the API machinery makes of a scalar on its way to JSON. Integers beyond 2^53 lose digits, as they do not matter here. */
export type ScalarValue = string | number | boolean | null;

const WORDS: ReadonlyMap<string, ScalarValue> = new Map<string, ScalarValue>([
	...["", "~", "null", "Null", "NULL"].map((word) => [word, null] as const),
	...["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"].map((word) => [word, true] as const),
	...["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"].map((word) => [word, false] as const),
	...[".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"].map((word) => [word, Number.POSITIVE_INFINITY] as const),
	...["-.inf", "-.Inf", "-.INF"].map((word) => [word, Number.NEGATIVE_INFINITY] as const),
	...[".nan", ".NaN", ".NAN"].map((word) => [word, Number.NaN] as const),
]);

/** With these a text may begin that is read as something else; every other one is text. */
const HINT = /^[-+.0-9yYnNtTfFoO~]/;

/**
 * Reads a plain (unquoted) scalar as kubectl and the API server do: YAML 1.1 words for booleans, 1.2 octal and Go's number
 * syntax, no base 60, dates as text. An infinity or NaN has no JSON, so Kubernetes refuses the document that holds it.
 * Source: resolve() of go.yaml.in/yaml/v2, which sigs.k8s.io/yaml decodes with before it goes on in JSON.
 */
export function readPlain(text: string): ScalarValue {
	if (text !== "" && !HINT.test(text)) return text;
	const word = WORDS.get(text);
	return word === undefined ? (readNumber(text)?.value ?? text) : word;
}

/** Reads a scalar with an explicit tag, in its long form; `undefined` where Kubernetes refuses the document because they contradict each other. */
export function readTagged(text: string, tag: string): ScalarValue | undefined {
	const name = /^tag:yaml\.org,2002:(int|float|bool|null|binary|timestamp)$/.exec(tag)?.[1];
	if (name === undefined) return text;
	if (name === "binary") return decodeBase64(text);
	if (name === "timestamp") return TIMESTAMP.test(text) ? text : undefined;
	const value = readPlain(text);
	const number = typeof value === "number" ? (readNumber(text) ?? { whole: false, wide: false }) : undefined;
	const fits = {
		int: number?.whole === true,
		float: number !== undefined && !number.wide,
		bool: typeof value === "boolean",
		null: value === null,
	};
	return fits[name as keyof typeof fits] ? value : undefined;
}

/** The text that a key becomes in JSON: `y:` is the key "true", `0x50:` the key "80". `undefined` for one that Kubernetes refuses. */
export function readKey(value: ScalarValue, text: string): string | undefined {
	if (typeof value !== "number") return value === null ? undefined : String(value);
	const number = readNumber(text);
	if (number?.wide) return undefined;
	return number?.whole ? String(value) : printFloat(value);
}

interface Numeric {
	readonly value: number;
	/** Read as an integer. */
	readonly whole: boolean;
	/** An integer that only an unsigned 64-bit one can hold. */
	readonly wide: boolean;
}

const DECIMAL = /^(0|[1-9][0-9]{0,14})$/;
const INTEGER = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/;
const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const FRACTION = /^\.[0-9]+(_[0-9]+)*([eE][-+]?[0-9]+(_[0-9]+)*)?$/;
const SIGNED_BINARY = /^0b([-+][01]+)$/;
const TIMESTAMP = /^\d{4}-\d{1,2}-\d{1,2}([Tt]\d{1,2}:\d{1,2}:\d{1,2}(\.\d+)?(Z|[-+]\d\d:\d\d)| \d{1,2}:\d{1,2}:\d{1,2}(\.\d+)?)?$/;

/** Underscores may stand anywhere but at the front, and only between digits in what begins with a dot. */
function readNumber(text: string): Numeric | undefined {
	if (DECIMAL.test(text)) return { value: Number(text), whole: true, wide: false };
	const dot = text.startsWith(".");
	if (dot ? !FRACTION.test(text) : !/^[-+0-9]/.test(text)) return undefined;
	const plain = text.replaceAll("_", "");
	return (dot ? undefined : readInteger(plain)) ?? readFloat(plain);
}

/** Go's strconv.ParseInt and ParseUint with base 0: a leading 0 or 0o is octal, 0x hexadecimal, 0b binary; 64 bits. */
function readInteger(text: string): Numeric | undefined {
	const match = INTEGER.exec(text);
	const digits = match?.[2];
	if (digits === undefined) {
		const odd = SIGNED_BINARY.exec(text)?.[1];
		return odd === undefined ? undefined : { value: Number.parseInt(odd, 2), whole: true, wide: false };
	}
	const spelled = /^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits.toLowerCase();
	const size = spelled.length < 16 ? undefined : BigInt(spelled);
	const sign = match?.[1] ?? "";
	if (size !== undefined && size >= (sign === "" ? 2n ** 64n : sign === "-" ? 2n ** 63n + 1n : 2n ** 63n)) return undefined;
	const value = Number(spelled);
	return {
		value: sign === "-" && value !== 0 ? -value : value,
		whole: true,
		wide: size !== undefined && size >= 2n ** 63n && sign !== "-",
	};
}

/** What no 64-bit float can hold stays text. */
function readFloat(text: string): Numeric | undefined {
	if (!FLOAT.test(text)) return undefined;
	const value = Number(text);
	return Number.isFinite(value) ? { value, whole: false, wide: false } : undefined;
}

/** Go's strconv.FormatFloat(value, 'g', -1, 32), with YAML's words: the shortest digits that a 32-bit float needs. */
function printFloat(value: number): string {
	const near = Math.fround(value);
	if (Number.isNaN(near)) return ".nan";
	if (!Number.isFinite(near)) return near > 0 ? ".inf" : "-.inf";
	let digits = 1;
	while (Math.fround(Number(near.toExponential(digits - 1))) !== near) digits++;
	const [mantissa = "0", exponent = "0"] = near.toExponential(digits - 1).split("e");
	const power = Number(exponent);
	const sign = Object.is(near, -0) ? "-" : "";
	if (power >= -4 && power < 6) return sign + String(Number(`${mantissa}e${power}`));
	return `${sign}${mantissa}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

function decodeBase64(text: string): string | undefined {
	const packed = text.replace(/[\r\n]/g, "");
	if (!/^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(packed)) return undefined;
	return new TextDecoder().decode(Uint8Array.from(atob(packed), (byte) => byte.charCodeAt(0)));
}
