import type { Source, Span } from "../text/source.ts";
import { readKey, readPlain, readTagged } from "./dialect.ts";
import { areDistinct, type Entry, effectiveEntries, type MapNode, type Node, type ScalarNode, type SeqNode } from "./nodes.ts";

/** Something that keeps a document, or a part of it, from being read. */
export interface Problem extends Span {
	readonly message: string;
}

/** A key and its value as written. */
export interface Pair {
	readonly key: Node;
	readonly value: Node;
}

/**
 * Makes the nodes of one document in the order of its text, and knows what Kubernetes refuses although it is YAML.
 * Source: decode.go of go.yaml.in/yaml/v2 and yamlToJSONTarget() of sigs.k8s.io/yaml.
 */
export class Builder {
	readonly problems: Problem[] = [];
	/** Entries that a later one of the same map overrides. */
	readonly duplicates: Entry[] = [];
	/** Nodes that an alias stands for, too. */
	readonly shared = new Set<Node>();
	/** The document unfolds to far more than is written. */
	bomb = false;
	private readonly source: Source;
	private readonly mergeKeys = new Set<Node>();
	private readonly anchors = new Map<string, Anchor>();
	/** Values that are read when aliases are unfolded, and those of them that come from aliases. */
	private read = 1;
	private unfolded = 0;

	constructor(source: Source) {
		this.source = source;
	}

	/** How many nodes were made. */
	get size(): number {
		return this.read - this.unfolded;
	}

	refuse(at: Span, message: string): void {
		this.problems.push({ start: at.start, end: at.end, message });
	}

	/** Where a place ends without the blanks and line breaks at its end. */
	trimmed(start: number, end: number): number {
		return start + this.source.text.slice(start, end).trimEnd().length;
	}

	/** Announces an anchor whose node follows; `anchored` with the result says what the node is. */
	anchor(name: string): Anchor {
		const anchor = { node: undefined, weight: this.read };
		this.anchors.set(name, anchor);
		return anchor;
	}

	anchored(anchor: Anchor, node: Node): void {
		anchor.node = node;
		anchor.weight = this.read - anchor.weight;
	}

	/** An alias is the node of its anchor, at the anchor's place; one that stands inside its own anchor has no reading. */
	alias(name: string, at: Span): Node {
		const anchor = this.anchors.get(name);
		if (anchor?.node) {
			this.unfold(anchor.weight);
			this.shared.add(anchor.node);
			return anchor.node;
		}
		this.refuse(at, anchor ? `The value of anchor ${name} contains itself` : `There is no anchor ${name} above`);
		return this.absent(at.start);
	}

	/** Source: allowedAliasRatio() of decode.go: 99 % of a small document may come from aliases, 10 % of a large one. */
	private unfold(weight: number): void {
		this.read += 1 + weight;
		this.unfolded += weight;
		const size = Math.min(Math.max((this.read - 400_000) / 3_600_000, 0), 1);
		this.bomb ||= this.unfolded > 100 && this.read > 1000 && this.unfolded / this.read > 0.99 - 0.89 * size;
	}

	/** A value that is not written: a plain null of no width. */
	absent(offset: number): ScalarNode {
		this.read++;
		return { kind: "scalar", source: this.source, start: offset, end: offset, value: null, text: "", style: "plain" };
	}

	scalar(start: number, end: number, text: string, style: ScalarNode["style"], tag?: string): ScalarNode {
		this.read++;
		const value = tag !== undefined ? readTagged(text, tag) : style === "plain" ? readPlain(text) : text;
		const node = { kind: "scalar", source: this.source, start, end, value: value ?? null, text, style } as const;
		if (value === undefined) this.refuse(node, `${text} does not fit its tag`);
		if (text === "<<" && (tag === undefined ? style === "plain" : tag === "!" || tag === MERGE_TAG)) this.mergeKeys.add(node);
		return node;
	}

	list(start: number, end: number, items: readonly Node[], flow: boolean): SeqNode {
		this.read++;
		for (const item of items) this.checkValue(item);
		return { kind: "seq", source: this.source, start, end, items: items.slice(), flow };
	}

	map(start: number, end: number, pairs: readonly Pair[], flow: boolean): MapNode {
		this.read++;
		const entries: Entry[] = [];
		for (const { key, value } of pairs) {
			if (this.mergeKeys.size > 0 && this.mergeKeys.has(key)) entries.push(...this.merged(key, value));
			else {
				const entry = this.written(key, value);
				if (entry) entries.push(entry);
			}
		}
		if (!areDistinct(entries)) this.noteDuplicates(entries);
		// A copy has no room for more, which a list that grew has.
		return { kind: "map", source: this.source, start, end, entries: entries.slice(), flow };
	}

	private noteDuplicates(entries: readonly Entry[]): void {
		const seen = new Map<string, Entry>();
		for (const entry of entries) {
			const earlier = seen.get(entry.name);
			if (earlier && !earlier.merged) this.duplicates.push(earlier);
			seen.set(entry.name, entry);
		}
	}

	private written(key: Node, value: Node): Entry | undefined {
		this.checkValue(value);
		const name = key.kind === "scalar" ? readKey(key.value, key.text) : undefined;
		if (name !== undefined && key.kind === "scalar") return { name, key, value, merged: false };
		this.refuse(
			key,
			key.kind === "scalar" ? "A key of a map cannot be null" : `A key of a map cannot be a ${key.kind === "map" ? "map" : "list"}`,
		);
		return undefined;
	}

	/** JSON has no infinity and no NaN. */
	checkValue(node: Node): void {
		if (node.kind === "scalar" && typeof node.value === "number" && !Number.isFinite(node.value)) {
			this.refuse(node, `Kubernetes has no number ${node.text}`);
		}
	}

	/**
	 * Entries that a merge key brings, which override what stands before it and not what stands behind. Of several merged maps
	 * the first one with a key wins, so it comes last.
	 */
	private merged(key: Node, value: Node): readonly Entry[] {
		if (this.bomb) return [];
		// An alias stands for a map here, never for a list of maps.
		const items = value.kind === "seq" && value.start > key.start ? value.items : [value];
		const maps = items.filter((item) => item.kind === "map");
		if (maps.length < items.length) {
			this.refuse(key, "A merge key wants a map or a list of maps");
			return [];
		}
		const entries = maps.reverse().flatMap((map) => effectiveEntries(map));
		const last = maps.length > 1 ? [...new Map(entries.map((entry) => [entry.name, entry])).values()] : entries;
		return last.map((entry) => (entry.merged ? entry : { ...entry, merged: true }));
	}
}

const MERGE_TAG = "tag:yaml.org,2002:merge";

interface Anchor {
	node: Node | undefined;
	/** Before its node is read what was read then; afterwards how many values the node unfolds to. */
	weight: number;
}
