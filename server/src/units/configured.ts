import type { ConfiguredUnit } from "../settings/settings.ts";
import type { Configuration } from "./configurations.ts";
import type { Member } from "./content.ts";
import { NOTHING_BUILT } from "./imageBuilds.ts";
import type { Gap } from "./piece.ts";
import { type Line, Unit } from "./unit.ts";

/** A unit of folders and files that the user names. Its files are deployed together, so none is another's alternative. */
export function configuredUnit(
	{ folder }: Configuration,
	unit: ConfiguredUnit,
	members: readonly Member[],
	missing: readonly string[],
	line: Line,
): Unit {
	const facts = {
		id: `configured:${folder}:${unit.name}`,
		name: unit.name,
		kind: "configured",
		path: folder,
		patched: members.some(({ role }) => role.patched),
		images: members[0]?.role.images ?? NOTHING_BUILT,
		configuration: undefined,
	} as const;
	const gaps = [...missing.map((uri): Gap => ({ uri, reason: NOTHING_THERE, at: undefined })), ...notRendered(folder, unit)];
	return new Unit(facts, { members, gaps }, line);
}

/** The reason of the gap that a path leaves where nothing was found. */
export const NOTHING_THERE = "there is no manifest";

function notRendered(folder: string, unit: ConfiguredUnit): readonly Gap[] {
	if (unit.kind === "paths") return [];
	const reason = unit.kind === "helm" ? "chart: not rendered yet" : "kustomization: not rendered yet";
	return [{ uri: `${folder}/${unit.path}`, reason, at: undefined }];
}
