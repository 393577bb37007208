import { mayLackWorkloads, mayMatchIn } from "../../server/src/links/absence.ts";
import { linksOf } from "../../server/src/links/links.ts";
import { Near } from "../../server/src/links/near.ts";
import { isWithin } from "../../server/src/model/fieldEdits.ts";
import type { Container } from "../../server/src/model/podTemplate.ts";
import type { ServicePort } from "../../server/src/model/service.ts";
import type { Workload } from "../../server/src/model/workload.ts";
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
	readonly isFaulty?: (mutant: Mutant, site: Site) => boolean;
	/** Rules that come before in the order of who speaks, and say the same in another way. */
	readonly orElse?: readonly string[];
}

/** One edit, several, or none; `undefined` among them where the site has no place for one. */
export type Change = Edit | undefined | readonly (Edit | undefined)[];

/** A fault of all edits; none where one of them has no place. Of two at one place the first comes to stand first. */
export function edits(...all: readonly (Edit | undefined)[]): Fault | undefined {
	return all.length > 0 && all.every((edit) => edit !== undefined) ? { edits: all as readonly Edit[] } : undefined;
}

/** A fault in a Service. */
export function spec(rule: string, fault: string, change: (site: Site) => Change, more: Partial<Mutator> = {}): Mutator {
	return { rule, fault, put: (site) => changed(change(site)), ...more };
}

/** A fault in the first entry of a Service's ports. */
export function port(rule: string, fault: string, change: (entry: ServicePort, site: Site) => Change): Mutator {
	return spec(rule, fault, (site) => (site.service.ports[0] ? change(site.service.ports[0], site) : undefined));
}

/** A fault in a workload. */
export function workload(rule: string, fault: string, change: (workload: Workload, site: Site) => Change): Mutator {
	return spec(rule, fault, (site) => change(site.workload, site));
}

/** A fault in the first container, which declares a port. */
export function container(
	rule: string,
	fault: string,
	change: (container: Container, site: Site) => Change,
	more: Partial<Mutator> = {},
): Mutator {
	return spec(
		rule,
		fault,
		(site) => {
			const [first] = site.workload.template.containers;
			return first && first.ports.length > 0 ? change(first, site) : undefined;
		},
		more,
	);
}

export function changed(change: Change): Fault | undefined {
	return change === undefined || "source" in change ? edits(change) : edits(...change);
}

/** Gives a field a value, as YAML that is JSON too; a field that is absent is added. */
export function set(map: Node | undefined, name: string, value: Data): Edit | undefined {
	return write(map, name, JSON.stringify(value));
}

/** Gives a field a text as it is. */
export function write(map: Node | undefined, name: string, text: string): Edit | undefined {
	if (map?.kind !== "map") return undefined;
	const entry = entryOf(map, name);
	if (!entry) return addEntry(map, /^[\w-]+$/.test(name) ? name : JSON.stringify(name), text);
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
	return service && mayMatchIn(new Near(snapshot, unit), service) ? "Pods in a folder beside it" : undefined;
}
