import { parseInteger } from "../number.ts";
import type { Value } from "../values.ts";

const SECOND = 1_000_000_000n;
const MINUTE = 60n * SECOND;
const HOUR = 60n * MINUTE;

/** A number of seconds as Go prints a time.Duration: `1h1m5s`. Source: duration of sprig's date.go. */
export function duration(value: Value): string {
	const seconds = value.kind === "string" ? (parseInteger(value.value, 10)?.value ?? 0n) : isInt64(value) ? value.value : 0n;
	return printDuration(BigInt.asIntN(64, seconds * SECOND));
}

function isInt64(value: Value): value is Extract<Value, { readonly kind: "int" }> {
	return value.kind === "int" && value.type === "int64";
}

/** Whole seconds only, which is what there is here. */
function printDuration(nanoseconds: bigint): string {
	if (nanoseconds === 0n) return "0s";
	const size = nanoseconds < 0n ? -nanoseconds : nanoseconds;
	const fraction = (size % SECOND).toString().padStart(9, "0").replace(/0+$/, "");
	const hours = size / HOUR;
	const minutes = (size % HOUR) / MINUTE;
	const seconds = `${(size % MINUTE) / SECOND}${fraction === "" ? "" : `.${fraction}`}s`;
	const larger = hours > 0n ? `${hours}h${minutes}m` : minutes > 0n ? `${minutes}m` : "";
	return (nanoseconds < 0n ? "-" : "") + larger + seconds;
}

const UNITS: readonly (readonly [bigint, string])[] = [
	[365n * 24n * HOUR, "y"],
	[30n * 24n * HOUR, "mo"],
	[24n * HOUR, "d"],
	[HOUR, "h"],
	[MINUTE, "m"],
	[SECOND, "s"],
];

/** A duration in its largest unit: `2h`. Source: durationRound of sprig's date.go. */
export function durationRound(value: Value): string {
	const nanoseconds = value.kind === "string" ? parseDuration(value.value) : isInt64(value) ? value.value : 0n;
	const size = nanoseconds < 0n ? -nanoseconds : nanoseconds;
	const unit = UNITS.find(([length]) => size > length);
	return unit ? `${size / unit[0]}${unit[1]}` : "0s";
}

const NAMES: Readonly<Record<string, bigint>> = {
	ns: 1n,
	us: 1000n,
	µs: 1000n,
	μs: 1000n,
	ms: 1_000_000n,
	s: SECOND,
	m: MINUTE,
	h: HOUR,
};

/** Go's time.ParseDuration; 0 for what it refuses. */
function parseDuration(value: string): bigint {
	const [, sign, body = ""] = /^([-+]?)((?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.exec(value) ?? [];
	let total = 0n;
	for (const [, amount = "", name = ""] of body.matchAll(/([0-9.]+)([a-zµμ]+)/g)) {
		const [whole = "", fraction = ""] = amount.split(".");
		const digits = fraction.slice(0, 15);
		const unit = NAMES[name] ?? 0n;
		total += BigInt(whole || "0") * unit + (BigInt(digits || "0") * unit) / 10n ** BigInt(digits.length);
	}
	if (total > 2n ** 63n - 1n) return 0n;
	return sign === "-" ? -total : total;
}
