/** Go's strconv.FormatFloat of a 64-bit float. `precision` -1 takes as many digits as are needed to read the number back. */
export function formatFloat(value: number, format: "e" | "f" | "g", precision: number): string {
	if (Number.isNaN(value)) return "NaN";
	if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
	const sign = value < 0 || Object.is(value, -0) ? "-" : "";
	const size = Math.abs(value);
	if (format === "f") return sign + (precision < 0 ? shortest(size) : fixedPoint(size, precision));
	if (format === "e") return sign + exponential(size, precision);
	return sign + general(size, precision);
}

interface Digits {
	/** Without zeros at the end; "0" for zero. */
	readonly digits: string;
	/** Of the first digit. */
	readonly exponent: number;
}

function digitsOf(written: string): Digits {
	const [mantissa = "0", exponent = "0"] = written.split("e");
	return { digits: mantissa.replace(".", "").replace(/0+$/, "") || "0", exponent: Number(exponent) };
}

function general(size: number, precision: number): string {
	const { digits, exponent } = digitsOf(
		precision < 0 ? size.toExponential() : size.toExponential(Math.min(Math.max(precision, 1), 101) - 1),
	);
	const wanted = precision === 0 ? 1 : precision;
	const limit = precision < 0 ? 6 : wanted > digits.length && digits.length >= exponent + 1 ? digits.length : wanted;
	if (exponent < -4 || exponent >= limit) return printExponential(digits, exponent);
	return printPlain(digits, exponent);
}

function exponential(size: number, precision: number): string {
	if (precision < 0) {
		const { digits, exponent } = digitsOf(size.toExponential());
		return printExponential(digits, exponent);
	}
	const [mantissa = "", exponent = "0"] = size.toExponential(Math.min(precision, 100)).split("e");
	return `${mantissa}${"0".repeat(Math.max(precision - 100, 0))}e${printExponent(Number(exponent))}`;
}

function printExponential(digits: string, exponent: number): string {
	return `${digits[0]}${digits.length > 1 ? `.${digits.slice(1)}` : ""}e${printExponent(exponent)}`;
}

function printExponent(exponent: number): string {
	return `${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

function printPlain(digits: string, exponent: number): string {
	if (exponent < 0) return `0.${"0".repeat(-exponent - 1)}${digits}`;
	const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
	const fraction = digits.slice(exponent + 1);
	return fraction === "" ? whole : `${whole}.${fraction}`;
}

function shortest(size: number): string {
	const { digits, exponent } = digitsOf(size.toExponential());
	return printPlain(digits, exponent);
}

/** Rounds the exact value half to even, which toFixed does not. */
function fixedPoint(size: number, precision: number): string {
	const { mantissa, power } = partsOf(size);
	let numerator = mantissa * 10n ** BigInt(precision);
	let rounded: bigint;
	if (power >= 0) rounded = numerator << BigInt(power);
	else {
		const divisor = 1n << BigInt(-power);
		rounded = numerator / divisor;
		numerator -= rounded * divisor;
		const twice = numerator * 2n;
		if (twice > divisor || (twice === divisor && rounded % 2n === 1n)) rounded++;
	}
	const digits = rounded.toString().padStart(precision + 1, "0");
	return precision === 0 ? digits : `${digits.slice(0, -precision)}.${digits.slice(-precision)}`;
}

/** The value as mantissa * 2^power. */
function partsOf(value: number): { readonly mantissa: bigint; readonly power: number } {
	const view = new DataView(new ArrayBuffer(8));
	view.setFloat64(0, value);
	const bits = view.getBigUint64(0);
	const exponent = Number((bits >> 52n) & 0x7ffn);
	const fraction = bits & 0xfffffffffffffn;
	if (exponent === 0) return { mantissa: fraction, power: -1074 };
	return { mantissa: fraction | 0x10000000000000n, power: exponent - 1075 };
}
