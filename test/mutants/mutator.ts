import { mayLackWorkloads, mayMatchIn } from "../../server/src/links/absence.ts";
import { linksOf } from "../../server/src/links/links.ts";
import { nearUnits } from "../../server/src/links/near.ts";
import { isWithin } from "../../server/src/model/fieldEdits.ts";
import type { Edit } from "../../server/src/text/source.ts";
import { addEntry, addItem, removeEntry, setValue } from "../../server/src/yaml/edit.ts";
import { entryOf, type MapNode, type Node, type SeqNode } from "../../server/src/yaml/nodes.ts";
import { type Data, PLAIN, printYaml } from "../support/styles.ts";
import type { Fault, Mutant, Site } from "./site.ts";

/** A kind of fault, and how it gets into a sound site. */
export interface Mutator {
	/** The rule that finds it. */
	readonly rule: string;
	readonly fault: string;
	/** `undefined` where the site has no place for it. */
	readonly put: (site: Site) => Fault | undefined;
	/** Why rules.md calls this mutant "cannot tell"; `undefined` for one that must be found. */
	readonly cannotTell?: (mutant: Mutant, site: Site) => string | undefined;
	/** What must hold of the mutant for it to be faulty at all. */
	readonly isFaulty?: (mutant: Mutant) => boolean;
}

/** A fault of one edit or several; none where one of them has no place. */
export function edits(...all: readonly (Edit | undefined)[]): Fault | undefined {
	return all.length > 0 && all.every((edit) => edit !== undefined) ? { edits: all as readonly Edit[] } : undefined;
}

/** Gives a field a value, as YAML that is JSON too; a field that is absent is added. */
export function set(map: Node | undefined, name: string, value: Data): Edit | undefined {
	return write(map, name, JSON.stringify(value));
}

/** Gives a field a text as it is. */
export function write(map: Node | undefined, name: string, text: string): Edit | undefined {
	if (map?.kind !== "map") return undefined;
	const entry = entryOf(map, name);
	if (!entry) return addEntry(map, name, text);
	return entry.merged || !isWithin(entry.value, map) ? undefined : setValue(entry, text);
}

/** Adds an item to a list, as YAML that is JSON too. */
export function add(list: SeqNode | undefined, value: Data): Edit | undefined {
	return list && addItem(list, JSON.stringify(value));
}

export function remove(map: MapNode | undefined, name: string): Edit | undefined {
	const entry = entryOf(map, name);
	return map && entry && removeEntry(map, entry);
}

/** A new file beside the site's own. */
export function beside(...objects: readonly Data[]): Fault {
	return { edits: [], files: { "mutant.yaml": objects.map((object) => printYaml(object, PLAIN)).join("---\n") } };
}

/** Why nothing may be said about Pods that are not there. */
export function absenceDoubt({ snapshot, unit, service }: Mutant): string | undefined {
	if (mayLackWorkloads(unit)) return `a unit that is not complete (${unit.kind})`;
	if (service && linksOf(unit).selection(service).uncertain.length > 0) return "Pods that may be selected";
	return service && mayMatchIn(nearUnits(snapshot, unit), service) ? "Pods in a folder beside it" : undefined;
}
