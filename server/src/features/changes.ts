import { type Place, type Span, textAt } from "../text/source.ts";
import type { Unit } from "../units/unit.ts";
import { effectiveEntries, type MapNode, type Node, type ScalarNode, type Via, valueAt } from "../yaml/nodes.ts";
import { deployedIn } from "./deployed.ts";

/** A value of an object as it is deployed, that is written in one place and stood in another before, or nowhere. */
export interface Change {
	readonly object: MapNode;
	/** `spec.ports[0].port`; an item that has a name is called by it. */
	readonly field: string;
	/** As it is written where it came from; absent where nothing was. */
	readonly from: string | undefined;
	readonly to: string;
	/** What makes it what it is. */
	readonly by: Place;
}

/** The values of a unit that something makes what they are: a patch, a line of a kustomization. */
export function changesBy(unit: Unit, isMeant: (at: Place) => boolean): readonly Change[] {
	return changes(unit, (node) => {
		const own = isMeant(node);
		const through = own ? undefined : node.via?.find((via) => via.how !== "base" && isMeant(via));
		if (!own && !through) return undefined;
		const base = node.via?.find(({ how }) => how === "base");
		return { from: base ?? (own ? undefined : node), by: through ?? node };
	});
}

/** What becomes of a value that something else overrides or changes. */
export function changesOf(unit: Unit, isMeant: (at: Place) => boolean): readonly Change[] {
	return changes(unit, (node) => {
		const from: Place | undefined = node.via?.find((via) => via.how === "base" && isMeant(via));
		if (from) return { from, by: node };
		const through: Via | undefined = isMeant(node) ? node.via?.find(({ how }) => how === "kustomization") : undefined;
		return through && { from: node, by: through };
	});
}

/** `Deployment web` */
export function labelOf(object: MapNode): string {
	return `${textOf(valueAt(object, "kind"))} ${textOf(valueAt(object, "metadata", "name"))}`;
}

export function isInside(span: Span, { start, end }: Span): boolean {
	return span.start <= start && end <= span.end;
}

type How = Pick<Change, "by"> & { readonly from: Place | undefined };

function changes(unit: Unit, howOf: (node: ScalarNode) => How | undefined): readonly Change[] {
	const found: Change[] = [];
	for (const { root } of deployedIn(unit)) {
		const walk = (node: Node, field: string): void => {
			if (node.kind === "map") {
				for (const { name, value } of effectiveEntries(node)) walk(value, field === "" ? name : `${field}.${name}`);
			} else if (node.kind === "seq") {
				for (const [index, item] of node.items.entries()) walk(item, `${field}[${textOf(valueAt(item, "name")) || index}]`);
			} else {
				const how = howOf(node);
				const from = how?.from && unquoted(textAt(how.from));
				if (how && from !== node.text) found.push({ object: root, field, from, to: node.text, by: how.by });
			}
		};
		walk(root, "");
	}
	return found;
}

function unquoted(text: string): string {
	return /^(["'])[^\\]*\1$/.test(text) ? text.slice(1, -1) : text;
}

function textOf(node: Node | undefined): string {
	return node?.kind === "scalar" ? node.text : "";
}
