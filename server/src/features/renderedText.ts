import type { Place } from "../text/source.ts";
import type { Unit } from "../units/unit.ts";
import { effectiveEntries, type Node } from "../yaml/nodes.ts";
import { parseSource } from "../yaml/parse.ts";
import { writeYaml } from "../yaml/write.ts";
import { deployedIn } from "./deployed.ts";

/** What a unit deploys as one text, and where each key and value of it comes from, in the order of the text. */
export interface RenderedText {
	readonly text: string;
	readonly links: readonly RenderedLink[];
}

/** Characters of the text, and those that they come from. */
export interface RenderedLink {
	readonly start: number;
	readonly end: number;
	readonly from: Place;
	/** What they came through: the action of a template that prints a value. */
	readonly through: readonly Place[];
}

const cache = new WeakMap<Unit, RenderedText>();

/** Each document says in a comment which file it comes from, by the name that `nameOf` gives it. */
export function renderedText(unit: Unit, nameOf: (uri: string) => string): RenderedText {
	let found = cache.get(unit);
	if (!found) {
		found = write(unit, nameOf);
		cache.set(unit, found);
	}
	return found;
}

function write(unit: Unit, nameOf: (uri: string) => string): RenderedText {
	const links: RenderedLink[] = [];
	let text = "";
	for (const { root, uri } of deployedIn(unit)) {
		text += `---\n# Source: ${nameOf(uri)}\n`;
		const yaml = writeYaml(root);
		const written = parseSource({ uri: "", text: yaml }).root;
		if (written) link(written, root, text.length, links);
		text += yaml;
	}
	return { text, links };
}

/** The two hold the same in the same order. */
function link(written: Node, from: Node, offset: number, links: RenderedLink[]): void {
	const add = (at: Place, place: Node) =>
		links.push({ start: offset + at.start, end: offset + at.end, from: place, through: place.via ?? [] });
	if (written.kind === "scalar") add(written, from);
	else if (written.kind === "seq" && from.kind === "seq") {
		for (const [index, item] of written.items.entries()) {
			const other = from.items[index];
			if (other) link(item, other, offset, links);
		}
	} else if (written.kind === "map" && from.kind === "map") {
		const others = new Map(effectiveEntries(from).map((entry) => [entry.name, entry]));
		for (const { name, key, value } of written.entries) {
			const other = others.get(name);
			if (!other) continue;
			add(key, other.key);
			link(value, other.value, offset, links);
		}
	}
}

/** Where the characters at an offset of the text come from. */
export function originAt({ links }: RenderedText, offset: number): Place | undefined {
	return links.find(({ start, end }) => start <= offset && offset <= end)?.from;
}

/** Where something of the text comes from a place: the smallest that holds it, else the first that stands behind it in the same document. */
export function offsetFor({ links }: RenderedText, at: Place): number | undefined {
	const same = links.flatMap(({ start, from, through }) =>
		[from, ...through].flatMap((place) => (place.source === at.source ? [{ start, place }] : [])),
	);
	const around = same.filter(({ place }) => place.start <= at.start && at.start <= place.end);
	const [smallest] = around.sort((a, b) => a.place.end - a.place.start - (b.place.end - b.place.start));
	const [next] = same.filter(({ place }) => place.start >= at.start).sort((a, b) => a.place.start - b.place.start);
	return (smallest ?? next ?? same[0])?.start;
}
