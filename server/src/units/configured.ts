import type { ConfiguredUnit } from "../settings/settings.ts";
import type { Configuration } from "./configurations.ts";
import type { Member } from "./content.ts";
import { type ImageBuilds, NOTHING_BUILT } from "./imageBuilds.ts";
import type { Gap } from "./piece.ts";
import type { RenderedPart } from "./renderedPart.ts";
import { type Line, Unit } from "./unit.ts";

/** What was found of a configured unit. */
export interface Found {
	readonly members: readonly Member[];
	readonly rendered: readonly RenderedPart[];
	/** What it names and where nothing is. */
	readonly missing: readonly string[];
	readonly images: ImageBuilds;
}

/** A unit that the user names: of folders and files, or of what is rendered. It is deployed together, so no file of it is another's alternative. */
export function configuredUnit({ folder }: Configuration, unit: ConfiguredUnit, found: Found, line: Line): Unit {
	const { members, rendered, missing } = found;
	const facts = {
		id: `configured:${folder}:${unit.name}`,
		name: unit.name,
		kind: "configured",
		path: folder,
		images: members[0]?.role.images ?? (rendered.length > 0 ? found.images : NOTHING_BUILT),
		configuration: undefined,
	} as const;
	const gaps = missing.map((uri): Gap => ({ uri, reason: NOTHING_THERE, at: undefined }));
	return new Unit(facts, { members, rendered, gaps }, line);
}

/** The reason of the gap that a path leaves where nothing was found. */
export const NOTHING_THERE = "there is no manifest";
