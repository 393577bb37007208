import type { PrintedText } from "../../../model/object.ts";
import type { Place, Span } from "../../../text/source.ts";
import { effectiveEntries, isNull, type Node, valueAt } from "../../../yaml/nodes.ts";
import { type Parsed, parseSource } from "../../../yaml/parse.ts";
import type { RenderedObject } from "../../rendered.ts";
import type { Mystery } from "../template/origin.ts";
import { slice, type Text } from "../template/text.ts";
import { splitOutput } from "./documents.ts";
import { Locator } from "./locate.ts";
import { markedIn } from "./marked.ts";
import { areHooks, compareKinds } from "./order.ts";
import { relocate } from "./relocate.ts";

/** What one template printed. */
export interface Printed {
	/** As Helm names the template. */
	readonly name: string;
	readonly uri: string;
	readonly output: Text;
	/** The template's beginning: where stands what comes from nowhere. */
	readonly at: Place;
}

/** A document that Helm does not accept, or of which nobody knows before it is deployed what it is, with the reason. */
export interface BadDocument {
	readonly class: "rendered YAML invalid" | "undecided";
	readonly reason: string;
	readonly uri: string;
	readonly at: Place;
}

/** A document of the output that Helm would hand on. */
export interface PrintedDocument {
	/** Of the template, as Helm names it. */
	readonly template: string;
	readonly text: string;
	readonly kind: string;
	readonly isHook: boolean;
	/** Absent where it holds nothing but comments. */
	readonly object: RenderedObject | undefined;
}

/** What `helm template` prints. Source: cmd/helm/template.go. */
export function printedBy(documents: readonly PrintedDocument[]): string {
	const print = (wanted: boolean) =>
		documents.flatMap(({ isHook, template, text }) => (isHook === wanted ? [`---\n# Source: ${template}\n${text}\n`] : [])).join("");
	return `${print(false).trim()}\n${print(true)}`;
}

export interface Manifests {
	readonly documents: readonly PrintedDocument[];
	readonly objects: readonly RenderedObject[];
	readonly bad: readonly BadDocument[];
}

/**
 * The objects that templates printed, in the order in which Helm prints them: sorted by kind, hooks behind all others.
 * Source: SortManifests() of pkg/releaseutil/manifest_sorter.go.
 */
export function readManifests(printed: readonly Printed[]): Manifests {
	const bad: BadDocument[] = [];
	const found: PrintedDocument[] = [];
	for (const each of [...printed].sort((a, b) => (a.name < b.name ? -1 : 1))) {
		for (const document of documentsOf(each)) {
			if ("reason" in document) bad.push(document);
			else found.push(document);
		}
	}
	const documents = found.sort((a, b) => Number(a.isHook) - Number(b.isHook) || compareKinds(a.kind, b.kind));
	return { documents, objects: documents.flatMap(({ object }) => (object ? itemsOf(object) : [])), bad };
}

function* documentsOf({ name, uri, output, at }: Printed): Generator<PrintedDocument | BadDocument> {
	const locator = new Locator(output, at);
	for (const document of splitOutput(output.value)) {
		const text = output.value.slice(document.start, document.end);
		// A line break before it makes the separator YAML's own, which Kubernetes reads before YAML does.
		const added = text.startsWith("---") ? "\n" : "";
		const start = document.start - added.length;
		const parsed = parseSource({ uri, text: added + text });
		const { root, problems } = parsed;
		const mistake = problems[0] ? { reason: `error converting YAML to JSON: ${problems[0].message}`, at: problems[0] } : mistakeIn(root);
		if (mistake) {
			const offset = start + mistake.at.start;
			const found = locator.scalar({ start: offset, end: offset + 1 }).at;
			const why = locator.mysteryIn(document);
			const reason = why ? WHETHER[why] : `YAML parse error on ${name}: ${mistake.reason}`;
			yield { class: why ? "undecided" : "rendered YAML invalid", reason, uri: found.source.uri, at: found };
			continue;
		}
		const hook = textOf(valueAt(root, "metadata", "annotations", "helm.sh/hook"));
		if (hook !== undefined && !areHooks(hook)) continue;
		const moved = root?.kind === "map" ? relocate(root, locator, start) : undefined;
		if (moved?.unknown.some((pointer) => OBJECT.test(pointer))) {
			const found = locator.container(document).at;
			yield { class: "undecided", reason: WHETHER[locator.mysteryIn(document) ?? "random"], uri: found.source.uri, at: found };
		}
		const marked = moved?.unknown.length ? markedIn(slice(output, document.start, document.end), moved.unknown) : undefined;
		const object =
			moved?.root.kind === "map"
				? { root: moved.root, uri, unknown: moved.unknown, ...(marked && { marked }), printed: printedText(parsed, locator, start) }
				: undefined;
		yield { template: name, text, kind: textOf(valueAt(root, "kind")) ?? "", isHook: hook !== undefined, object };
	}
}

/** Of what stands behind the end of a document Helm says nothing, and of a key that stands twice it takes the last. */
function printedText({ source, duplicates, trailing }: Parsed, locator: Locator, shift: number): PrintedText {
	const line = trailing && /^[^\r\n]*/.exec(source.text.slice(trailing.start, trailing.end))?.[0].trimEnd();
	const start = (trailing?.start ?? 0) + shift;
	return { hasDuplicates: duplicates.length > 0, trailing: line ? locator.scalar({ start, end: start + line.length }).at : undefined };
}

/** Pointers to objects as wholes, of which nobody knows whether they are deployed, or with what fields. */
const OBJECT = /^(\/items\/\d+)*$/;

const WHETHER: Readonly<Record<Mystery, string>> = {
	random: "what it deploys depends on a random value",
	certificate: "what it deploys depends on a certificate that is made when it is deployed",
	date: "what it deploys depends on the time when it is deployed",
	message: "what it deploys depends on the text of a message",
	hash: "what it deploys depends on a hash that is made when it is deployed",
};

/** What Helm reads of every document must be of the right type; numbers and booleans are taken for texts. */
function mistakeIn(root: Node | undefined): { readonly reason: string; readonly at: Span } | undefined {
	if (!root || isNull(root)) return undefined;
	const unmarshal = "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal";
	if (root.kind !== "map") return { reason: `${unmarshal} ${typeName(root)} into Go value of type releaseutil.SimpleHead`, at: root };
	const field = (path: string, node: Node | undefined, wanted: "string" | "map") => {
		if (!node || isNull(node) || node.kind === (wanted === "map" ? "map" : "scalar")) return undefined;
		return { reason: `${unmarshal} ${typeName(node)} into Go struct field ${path} of type ${wanted}`, at: node };
	};
	const metadata = valueAt(root, "metadata");
	const annotations = valueAt(metadata, "annotations");
	const values = annotations?.kind === "map" ? effectiveEntries(annotations) : [];
	return (
		field("SimpleHead.apiVersion", valueAt(root, "apiVersion"), "string") ??
		field("SimpleHead.kind", valueAt(root, "kind"), "string") ??
		field("SimpleHead.metadata", metadata, "map") ??
		field(".metadata.name", valueAt(metadata, "name"), "string") ??
		field(".metadata.annotations", annotations, "map") ??
		values.map(({ value }) => field(".metadata.annotations", value, "string")).find((found) => found !== undefined)
	);
}

function typeName(node: Node): string {
	return node.kind === "map" ? "object" : node.kind === "seq" ? "array" : typeof node.value === "boolean" ? "bool" : typeof node.value;
}

function textOf(node: Node | undefined): string | undefined {
	return node?.kind === "scalar" && node.value !== null ? String(node.value) : undefined;
}

/** A List is not deployed itself, but what it holds. */
function itemsOf(object: RenderedObject): readonly RenderedObject[] {
	const items = valueAt(object.root, "items");
	if (object.unknown.includes("")) return [];
	if (textOf(valueAt(object.root, "kind")) !== "List" || items?.kind !== "seq") return [object];
	return items.items.flatMap((root, index) => {
		if (root.kind !== "map") return [];
		const prefix = `/items/${index}`;
		const isInside = (each: string) => each === prefix || each.startsWith(`${prefix}/`);
		const unknown = object.unknown.filter(isInside).map((each) => each.slice(prefix.length));
		const marked = [...(object.marked ?? [])].flatMap(([each, text]) =>
			isInside(each) ? [[each.slice(prefix.length), text] as const] : [],
		);
		const { printed } = object;
		return itemsOf({
			root,
			uri: object.uri,
			unknown,
			marked: new Map(marked),
			...(printed && { printed: index === 0 ? printed : { ...printed, trailing: undefined } }),
		});
	});
}
