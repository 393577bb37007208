import type { Place, Source } from "../../text/source.ts";
import type { Node, ScalarNode } from "../../yaml/nodes.ts";
import { splitStream } from "../../yaml/stream.ts";
import { type Fault, type Root, rootOf } from "./documents.ts";

const whole = new WeakMap<ScalarNode, readonly Root[]>();
const trimmed = new WeakMap<ScalarNode, readonly Root[]>();

/**
 * The documents of a text that stands in a kustomization, `trimmed` without the space around it. Their nodes stand where their
 * characters do, in the kustomization.
 */
export function inlineRoots(scalar: ScalarNode, isTrimmed = false): readonly Root[] {
	const known = isTrimmed ? trimmed : whole;
	let found = known.get(scalar);
	if (!found) {
		const text = isTrimmed ? scalar.text.trimEnd() : scalar.text;
		found = splitStream(text).map(({ start, end }) => {
			const source: Source = { uri: scalar.source.uri, text: text.slice(start, end) };
			const place = placeIn(scalar, start);
			const { node, raw, faults, repeats } = rootOf(source);
			const placed = (all: readonly Fault[]) => all.map((fault) => ({ ...fault, at: place(fault.at) }));
			const own = node && moved(node, place);
			return {
				source,
				node: own,
				raw: raw === node ? own : raw && moved(raw, place),
				faults: placed(faults),
				repeats: placed(repeats),
			};
		});
		known.set(scalar, found);
	}
	return found;
}

function moved(node: Node, place: (at: Place) => Place): Node {
	const at = place(node);
	if (node.kind === "scalar") return { ...node, ...at };
	if (node.kind === "seq") return { ...node, ...at, items: node.items.map((item) => moved(item, place)) };
	const entries = node.entries.map((entry) => ({
		...entry,
		key: moved(entry.key, place) as ScalarNode,
		value: moved(entry.value, place),
	}));
	return { ...node, ...at, entries };
}

/** From a document's characters to those of the text that holds it; the whole of it where they do not stand there one for one. */
function placeIn(scalar: ScalarNode, documentStart: number): (at: Place) => Place {
	const { source, start, end } = scalar;
	const offsets = lineOffsets(scalar);
	if (!offsets) return () => ({ source, start, end });
	const outer = (offset: number) => {
		let line = 0;
		while (line + 1 < offsets.length && (offsets[line + 1]?.inner ?? 0) <= offset) line++;
		const at = offsets[line];
		return at ? Math.min(at.outer + (offset - at.inner), end) : start;
	};
	return (at) => {
		const from = outer(documentStart + at.start);
		// An end stands on the line of the last character, not at the beginning of the next one.
		const to = at.end > at.start ? outer(documentStart + at.end - 1) + 1 : from;
		return { source, start: from, end: Math.max(from, Math.min(to, end)) };
	};
}

interface LineOffset {
	readonly inner: number;
	readonly outer: number;
}

/** Where the lines of a text begin, in it and in what is written. */
function lineOffsets(scalar: ScalarNode): readonly LineOffset[] | undefined {
	const { source, start, end, text, style } = scalar;
	const written = source.text.slice(start, end);
	if (style !== "block") {
		const quote = style === "plain" ? 0 : 1;
		return written.slice(quote, written.length - quote) === text ? [{ inner: 0, outer: start + quote }] : undefined;
	}
	const lines = text.split("\n");
	const found: LineOffset[] = [];
	let inner = 0;
	let outer = start + written.indexOf("\n") + 1;
	for (const [index, line] of lines.entries()) {
		const next = source.text.indexOf("\n", outer);
		const whole = source.text.slice(outer, next < 0 ? source.text.length : next).replace(/\r$/, "");
		if (index === lines.length - 1 && line === "") break;
		if (line === "" ? whole.trim() !== "" : !whole.endsWith(line)) return undefined;
		found.push({ inner, outer: outer + whole.length - line.length });
		inner += line.length + 1;
		outer = next < 0 ? source.text.length : next + 1;
	}
	return found;
}
