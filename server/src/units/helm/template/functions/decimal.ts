import { CallError } from "../signature.ts";

/** A decimal number: `digits * 10^exponent`. */
interface Decimal {
	readonly digits: bigint;
	readonly exponent: number;
}

export type Operation = "add" | "subtract" | "multiply" | "divide";

/** Calculates in decimals, as sprig does to keep 0.1 + 0.2 at 0.3. Source: shopspring/decimal. */
export function calculate(operation: Operation, first: number, others: readonly number[]): number {
	let result = decimalOf(first);
	for (const other of others) result = OPERATIONS[operation](result, decimalOf(other));
	return Number(`${result.digits}e${result.exponent}`);
}

function decimalOf(value: number): Decimal {
	if (Number.isNaN(value)) throw new CallError("Cannot create a Decimal from NaN");
	if (!Number.isFinite(value)) throw new CallError(`Cannot create a Decimal from ${value > 0 ? "+Inf" : "-Inf"}`);
	const [mantissa = "0", exponent = "0"] = value.toExponential().split("e");
	const [whole = "0", fraction = ""] = mantissa.split(".");
	return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}

const OPERATIONS: Readonly<Record<Operation, (a: Decimal, b: Decimal) => Decimal>> = {
	add: (a, b) => {
		const exponent = Math.min(a.exponent, b.exponent);
		return { digits: scaled(a, exponent) + scaled(b, exponent), exponent };
	},
	subtract: (a, b) => {
		const exponent = Math.min(a.exponent, b.exponent);
		return { digits: scaled(a, exponent) - scaled(b, exponent), exponent };
	},
	multiply: (a, b) => ({ digits: a.digits * b.digits, exponent: a.exponent + b.exponent }),
	divide,
};

function scaled({ digits, exponent }: Decimal, to: number): bigint {
	return digits * 10n ** BigInt(exponent - to);
}

/** To 16 digits behind the point, half away from zero. */
function divide(a: Decimal, b: Decimal): Decimal {
	if (b.digits === 0n) throw new CallError("decimal division by 0");
	const shift = a.exponent - b.exponent + 16;
	const numerator = shift >= 0 ? a.digits * 10n ** BigInt(shift) : a.digits;
	const denominator = shift >= 0 ? b.digits : b.digits * 10n ** BigInt(-shift);
	const negative = numerator < 0n !== denominator < 0n;
	const top = numerator < 0n ? -numerator : numerator;
	const bottom = denominator < 0n ? -denominator : denominator;
	const rounded = (top * 2n + bottom) / (bottom * 2n);
	return { digits: negative ? -rounded : rounded, exponent: -16 };
}
