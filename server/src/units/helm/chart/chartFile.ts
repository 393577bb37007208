import type { SourceFile } from "../../../text/file.ts";
import { partAt } from "../../../text/file.ts";
import { type Place, place, type Source } from "../../../text/source.ts";
import { firstProblem } from "../../../yaml/explain.ts";
import type { Node } from "../../../yaml/nodes.ts";
import { parseSource } from "../../../yaml/parse.ts";

/** A file of a chart. */
export interface ChartFile {
	/** Its path relative to the chart. */
	readonly name: string;
	readonly uri: string;
	/** Absent where it is no text. */
	readonly file: SourceFile | undefined;
	/** What it holds where it is no text; `undefined` where nobody read it. */
	readonly bytes: () => Uint8Array | undefined;
}

/** Between the URI of a packed chart and the path of a file in it. */
export const PACKED = ".tgz!/";

/** A place in a file, by offsets of the file. */
export function placeInFile(file: SourceFile, start: number, end: number): Place {
	const part = partAt(file, start);
	if (!part) return place({ uri: file.uri, text: file.text }, start, end);
	const from = start - part.start;
	return place(part.source, from, Math.max(from, Math.min(end - part.start, part.source.text.length)));
}

const wholes = new WeakMap<SourceFile, Source>();
const files = new WeakMap<Source, SourceFile>();

/** The text of a whole file as one `Source`, which is what a template is parsed from. `placeOutside` leads back to its documents. */
export function wholeOf(file: SourceFile): Source {
	const [only, second] = file.parts;
	if (only && !second) return only.source;
	let whole = wholes.get(file);
	if (!whole) {
		whole = { uri: file.uri, text: file.text };
		wholes.set(file, whole);
		files.set(whole, file);
	}
	return whole;
}

/** A place in the text of a whole file as one in the document of the file that it stands in; any other place as it is. */
export function placeOutside(at: Place): Place {
	const file = files.get(at.source);
	return file ? placeInFile(file, at.start, at.end) : at;
}

/** What YAML makes of a file's first document, as `sigs.k8s.io/yaml` reads it: what follows is not looked at. */
export interface FirstDocument {
	readonly source: Source | undefined;
	readonly root: Node | undefined;
	/** Why it is none. */
	readonly problem: { readonly message: string; readonly at: Place } | undefined;
}

/** Comments before a `---` are no document of their own. */
export function firstDocument(file: SourceFile): FirstDocument {
	const part = file.parts.find(({ source }) => !/^(?:\s*(?:#[^\n]*)?(?:\n|$))*$/.test(source.text));
	if (!part) return { source: undefined, root: undefined, problem: undefined };
	const parsed = parseSource(part.source);
	const { root, source } = parsed;
	const problem = firstProblem(parsed);
	if (problem) return { source, root: undefined, problem: { message: problem.message, at: place(source, problem.start, problem.end) } };
	return { source, root, problem: undefined };
}
