import { type SourceFile, sourceFile } from "../text/file.ts";
import type { Span } from "../text/source.ts";

/**
 * Cuts a stream into the documents that the API machinery sees: at every line that begins with `---`, wherever it stands.
 * A document keeps its separator line at its beginning. The spans cover the whole text, in order.
 * Source: splitYAMLDocument of k8s.io/apimachinery/pkg/util/yaml/decoder.go.
 */
export function splitStream(text: string): readonly Span[] {
	const spans: Span[] = [];
	let start = 0;
	for (let next = nextSeparator(text, 1); next >= 0; next = nextSeparator(text, next + 1)) {
		spans.push({ start, end: next });
		start = next;
	}
	spans.push({ start, end: text.length });
	return spans;
}

/** Opens a text as a file of documents; those that `previous` holds unchanged keep their identity. */
export function openFile(uri: string, text: string, previous?: SourceFile): SourceFile {
	return sourceFile(uri, text, splitStream(text), previous);
}

function nextSeparator(text: string, from: number): number {
	const found = text.indexOf("\n---", from - 1);
	return found < 0 ? -1 : found + 1;
}
