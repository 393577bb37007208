import { parseConstraints, parseVersion, satisfies, type Version } from "../template/functions/semver.ts";
import { CallError } from "../template/signature.ts";

/** Whether a text is a version as Helm reads it, which is loosely: `v1` and `1.02` are. */
export function isVersion(text: string): boolean {
	return versionOf(text) !== undefined;
}

/** Whether both are well-formed and the version is in the range. Source: IsCompatibleRange() of pkg/chartutil/compatible.go. */
export function isInRange(range: string, text: string): boolean {
	const version = versionOf(text);
	return version !== undefined && unlessMalformed(() => satisfies(parseConstraints(range), version)) === true;
}

function versionOf(text: string): Version | undefined {
	return unlessMalformed(() => parseVersion(text));
}

function unlessMalformed<T>(read: () => T): T | undefined {
	try {
		return read();
	} catch (error) {
		if (error instanceof CallError) return undefined;
		throw error;
	}
}
