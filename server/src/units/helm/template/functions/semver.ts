import { compareText } from "../bytes.ts";
import { quoteGo } from "../quoting.ts";
import { CallError, fixed, type Signature } from "../signature.ts";
import { text } from "../text.ts";
import { bool, int, NIL, type Struct, struct, type Value } from "../values.ts";

/** Versions, as Masterminds/semver v3 reads and compares them, which is not what npm does. */
export const SEMVER: Readonly<Record<string, Signature>> = {
	semver: fixed(["string"], "*semver.Version", (_, value) => versionObject(parseVersion(value.value))),
	semverCompare: fixed(["string", "string"], "bool", (_, constraint, version) =>
		bool(satisfies(parseConstraints(constraint.value), parseVersion(version.value))),
	),
};

export interface Version {
	readonly major: bigint;
	readonly minor: bigint;
	readonly patch: bigint;
	readonly pre: string;
	readonly metadata: string;
	readonly original: string;
}

const VERSION = /^v?([0-9]+)(\.[0-9]+)?(\.[0-9]+)?(-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/;

const MAX_UINT = 2n ** 64n - 1n;

/** Fails as Go does. Source: coerceNewVersion of version.go. */
export function parseVersion(original: string): Version {
	if (original.length > 256) throw new CallError("version string is too long (max 256 bytes)");
	const [, major, minor = ".0", patch = ".0", , pre = "", , metadata = ""] = VERSION.exec(original) ?? [];
	if (major === undefined) throw new CallError("invalid semantic version");
	for (const part of [major, minor.slice(1), patch.slice(1)]) {
		if (BigInt(part) > MAX_UINT) {
			throw new CallError(`error parsing version segment: strconv.ParseUint: parsing ${quoteGo(part)}: value out of range`);
		}
	}
	if (pre.split(".").some((part) => /^0[0-9]+$/.test(part))) throw new CallError("version segment starts with 0");
	return { major: BigInt(major), minor: BigInt(minor.slice(1)), patch: BigInt(patch.slice(1)), pre, metadata, original };
}

function printVersion({ major, minor, patch, pre, metadata }: Version): string {
	return `${major}.${minor}.${patch}${pre === "" ? "" : `-${pre}`}${metadata === "" ? "" : `+${metadata}`}`;
}

const versions = new WeakMap<Struct, Version>();

function versionObject(version: Version): Struct {
	const compared = (decide: (order: number) => Value) => ({
		parameters: ["version"] as const,
		call: (other: Value = NIL) => decide(compare(version, (other.kind === "struct" && versions.get(other)) || version)),
	});
	const gives = (value: Value) => ({ parameters: [], call: () => value });
	const object: Struct = {
		...struct(
			"*semver.Version",
			[],
			[
				["Major", gives(int(version.major, "uint64"))],
				["Minor", gives(int(version.minor, "uint64"))],
				["Patch", gives(int(version.patch, "uint64"))],
				["Prerelease", gives(text(version.pre))],
				["Metadata", gives(text(version.metadata))],
				["Original", gives(text(version.original))],
				["String", gives(text(printVersion(version)))],
				["Compare", compared((order) => int(order))],
				["LessThan", compared((order) => bool(order < 0))],
				["LessThanEqual", compared((order) => bool(order <= 0))],
				["GreaterThan", compared((order) => bool(order > 0))],
				["GreaterThanEqual", compared((order) => bool(order >= 0))],
				["Equal", compared((order) => bool(order === 0))],
				["IncMajor", { parameters: [], call: () => versionObject(increased(version, "major")) }],
				["IncMinor", { parameters: [], call: () => versionObject(increased(version, "minor")) }],
				["IncPatch", { parameters: [], call: () => versionObject(increased(version, "patch")) }],
			],
		),
		text: printVersion(version),
		plain: text(printVersion(version)),
	};
	versions.set(object, version);
	return object;
}

function increased(version: Version, part: "major" | "minor" | "patch"): Version {
	const { major, minor, patch, pre, original } = version;
	const next = {
		major: { major: major + 1n, minor: 0n, patch: 0n },
		minor: { major, minor: minor + 1n, patch: 0n },
		patch: { major, minor, patch: pre === "" ? patch + 1n : patch },
	}[part];
	const bare = { ...next, pre: "", metadata: "", original: "" };
	return { ...bare, original: (original.startsWith("v") ? "v" : "") + printVersion(bare) };
}

export function compare(a: Version, b: Version): number {
	for (const part of ["major", "minor", "patch"] as const) {
		if (a[part] !== b[part]) return a[part] < b[part] ? -1 : 1;
	}
	if (a.pre === b.pre) return 0;
	if (a.pre === "" || b.pre === "") return a.pre === "" ? 1 : -1;
	return comparePrerelease(a.pre, b.pre);
}

/** Source: comparePrerelease of version.go. */
function comparePrerelease(a: string, b: string): number {
	const left = a.split(".");
	const right = b.split(".");
	for (let index = 0; index < Math.max(left.length, right.length); index++) {
		const order = comparePart(left[index], right[index]);
		if (order !== 0) return order;
	}
	return 0;
}

function comparePart(a: string | undefined, b: string | undefined): number {
	if (a === b) return 0;
	if (a === undefined) return -1;
	if (b === undefined) return 1;
	const numeric = [a, b].map((part) => /^[0-9]+$/.test(part) && BigInt(part) <= MAX_UINT);
	if (numeric[0] && numeric[1]) return BigInt(a) > BigInt(b) ? 1 : -1;
	if (numeric[0] !== numeric[1]) return numeric[0] ? -1 : 1;
	return compareText(a, b) > 0 ? 1 : -1;
}

interface Constraint {
	readonly operator: string;
	readonly version: Version;
	/** Parts that are left out or an `x`: all, minor and patch, patch. */
	readonly dirty: boolean;
	readonly minorDirty: boolean;
	readonly patchDirty: boolean;
}

const OPERATORS = "=||!=|>|<|>=|=>|<=|=<|~|~>|\\^";
const LOOSE =
	"v?([0-9|x|X|*]+)(\\.[0-9|x|X|*]+)?(\\.[0-9|x|X|*]+)?(-([0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*))?(\\+([0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*))?";
const CONSTRAINT = new RegExp(`^\\s*(${OPERATORS})\\s*(${LOOSE})\\s*$`);
const RANGE = new RegExp(`\\s*(${LOOSE})\\s+-\\s+(${LOOSE})\\s*`, "g");
const FIND = new RegExp(`(${OPERATORS})\\s*(${LOOSE})`, "g");
const ONE = new RegExp(`\\s*(?:!=|>=|=>|<=|=<|~>|[=><~^]|)\\s*(?:${LOOSE})`, "y");
const BETWEEN = /\s*,|\s+/y;

/** Alternatives, each of which is a list of constraints that must all hold. Source: NewConstraint of constraints.go. */
export function parseConstraints(written: string): readonly (readonly Constraint[])[] {
	if (written.length > 512) throw new CallError("constraint string is too long (max 512 bytes)");
	const alternatives = rewriteRanges(written).split("||");
	if (alternatives.length > 32) throw new CallError("too many constraint groups (max 32)");
	return alternatives.map((alternative) => {
		if (!isValid(alternative)) throw new CallError(`improper constraint: ${quoteGo(alternative)}`);
		return (alternative.match(FIND) ?? [alternative]).map(parseConstraint);
	});
}

/** Constraints with blanks or a comma between them. Read from one to the next, as one pattern for all may try every cut of the blanks. */
function isValid(alternative: string): boolean {
	for (let at = 0; ; ) {
		ONE.lastIndex = at;
		if (!ONE.test(alternative)) return false;
		if (alternative.slice(ONE.lastIndex).trim() === "") return true;
		BETWEEN.lastIndex = ONE.lastIndex;
		if (!BETWEEN.test(alternative)) return false;
		at = BETWEEN.lastIndex;
	}
}

function rewriteRanges(written: string): string {
	let result = written;
	for (const match of written.matchAll(RANGE)) result = result.replace(match[0], () => `>= ${match[1]}, <= ${match[11]} `);
	return result;
}

function parseConstraint(written: string): Constraint {
	const [, operator, , major = "", minor = "", patch = "", pre = ""] = CONSTRAINT.exec(written) ?? [];
	if (operator === undefined) throw new CallError(`improper constraint: ${quoteGo(written)}`);
	if (isAny(major)) return constraint(operator, `0.0.0${pre}`, true, false, false);
	if (isAny(minor.slice(1))) return constraint(operator, `${major}.0.0${pre}`, true, true, false);
	if (isAny(patch.slice(1))) return constraint(operator, `${major}${minor}.0${pre}`, true, false, true);
	return constraint(operator, `${major}${minor}${patch}${pre}`, false, false, false);
}

function isAny(part: string): boolean {
	return part === "" || part === "x" || part === "X" || part === "*";
}

function constraint(operator: string, version: string, dirty: boolean, minorDirty: boolean, patchDirty: boolean): Constraint {
	try {
		return { operator, version: parseVersion(version), dirty, minorDirty, patchDirty };
	} catch {
		throw new CallError("constraint parser error");
	}
}

export function satisfies(alternatives: readonly (readonly Constraint[])[], version: Version): boolean {
	return alternatives.some((all) => {
		const takesPre = all.some(({ version: { pre } }) => pre !== "");
		return (version.pre === "" || takesPre) && all.every((one) => CHECKS[one.operator]?.(version, one) ?? false);
	});
}

type Check = (version: Version, constraint: Constraint) => boolean;

const isEqual: Check = (version, one) => (one.dirty ? isNear(version, one) : compare(version, one.version) === 0);

/** `~`: the same minor, or the same major where no minor is given. */
const isNear: Check = (version, { version: wanted, minorDirty, patchDirty }) => {
	if (compare(version, wanted) < 0) return false;
	if (wanted.major === 0n && wanted.minor === 0n && wanted.patch === 0n && !minorDirty && !patchDirty) return true;
	return version.major === wanted.major && (version.minor === wanted.minor || minorDirty);
};

/** `^`: the same first part that is not 0. */
const isCompatible: Check = (version, { version: wanted, minorDirty, patchDirty }) => {
	if (compare(version, wanted) < 0) return false;
	if (wanted.major > 0n || minorDirty) return version.major === wanted.major;
	if (version.major > 0n) return false;
	if (wanted.minor > 0n || patchDirty) return version.minor === wanted.minor;
	return version.minor === 0n && wanted.patch === version.patch;
};

const isOther: Check = (version, { version: wanted, dirty, minorDirty, patchDirty }) => {
	if (dirty) {
		if (wanted.major !== version.major) return true;
		if (wanted.minor !== version.minor && !minorDirty) return true;
		if (minorDirty) return false;
		if (wanted.patch !== version.patch && !patchDirty) return true;
		if (patchDirty) return version.pre !== wanted.pre;
	}
	return compare(version, wanted) !== 0;
};

const isMore: Check = (version, { version: wanted, dirty, minorDirty, patchDirty }) => {
	if (!dirty) return compare(version, wanted) > 0;
	if (version.major !== wanted.major) return version.major > wanted.major;
	if (minorDirty) return false;
	return patchDirty ? version.minor > wanted.minor : compare(version, wanted) > 0;
};

const isAtMost: Check = (version, { version: wanted, dirty, minorDirty }) => {
	if (!dirty) return compare(version, wanted) <= 0;
	if (version.major !== wanted.major) return version.major < wanted.major;
	return version.minor <= wanted.minor || minorDirty;
};

const isAtLeast: Check = (version, { version: wanted }) => compare(version, wanted) >= 0;

const CHECKS: Readonly<Record<string, Check>> = {
	"": isEqual,
	"=": isEqual,
	"!=": isOther,
	">": isMore,
	"<": (version, { version: wanted }) => compare(version, wanted) < 0,
	">=": isAtLeast,
	"=>": isAtLeast,
	"<=": isAtMost,
	"=<": isAtMost,
	"~": isNear,
	"~>": isNear,
	"^": isCompatible,
};
