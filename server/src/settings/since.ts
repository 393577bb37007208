import type { VersionRange } from "./settings.ts";

/** Whether what holds from a minor version on holds in all, some or none of the configured versions. */
export type Extent = "all" | "some" | "none";

export function since(minor: number, version: VersionRange): Extent {
	if (version.from >= minor) return "all";
	return version.to < minor ? "none" : "some";
}
