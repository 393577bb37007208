import { asText, type Manifest, readManifest, readRendered } from "../model/manifest.ts";
import type { Owner } from "../model/object.ts";
import { isRendered } from "../model/object.ts";
import type { CustomWorkload } from "../settings/settings.ts";
import type { Source } from "../text/source.ts";
import type { Node } from "../yaml/nodes.ts";
import type { Piece } from "./piece.ts";
import type { Rendering } from "./rendering.ts";

/** What a rendering brings into a unit. Immutable. */
export interface RenderedPart {
	readonly rendering: Rendering;
	/** Custom resources that hold a Pod template. */
	readonly workloads: readonly CustomWorkload[];
	/** Objects, gaps, and the texts that they come from. */
	readonly pieces: readonly Piece[];
	/** Where each piece stands among them. */
	readonly order: ReadonlyMap<Piece["owner"], number>;
}

const parts = new WeakMap<Rendering, RenderedPart>();

/** `manifests` tells which of the files hold manifests, whose text is checked as what it is. */
export function renderedPart(rendering: Rendering, workloads: readonly CustomWorkload[], manifests: ReadonlySet<string>): RenderedPart {
	const known = parts.get(rendering);
	if (known?.workloads === workloads) return known;
	const pieces = [...piecesOf(rendering, workloads, manifests)];
	const part = { rendering, workloads, pieces, order: new Map(pieces.map(({ owner }, at) => [owner, at])) };
	parts.set(rendering, part);
	return part;
}

function* piecesOf(
	{ root, objects, gaps, files }: Rendering,
	workloads: readonly CustomWorkload[],
	manifests: ReadonlySet<string>,
): Iterable<Piece> {
	for (const gap of gaps) yield { owner: `${root.id} ${gap.uri}`, manifest: undefined, gap };
	for (const [uri, { parts: documents }] of files) {
		for (const { source } of documents) {
			const manifest = manifests.has(uri) || root.manifests?.has(uri) ? asText(readManifest(source, workloads)) : undefined;
			yield { owner: source, manifest, gap: undefined, text: source };
		}
	}
	for (const object of objects) yield { owner: object, manifest: readRendered(object, workloads), gap: undefined };
}

const sources = new WeakMap<Owner, ReadonlySet<Source>>();

/** The texts in which something of a document stands: of a rendered object often several. */
export function sourcesOf({ owner }: Pick<Manifest, "owner">): ReadonlySet<Source> {
	let found = sources.get(owner);
	if (!found) {
		const all = new Set<Source>();
		if (isRendered(owner)) {
			collect(owner.root, all);
			if (owner.printed?.trailing) all.add(owner.printed.trailing.source);
		} else all.add(owner);
		found = all;
		sources.set(owner, found);
	}
	return found;
}

function collect(node: Node, into: Set<Source>): void {
	into.add(node.source);
	if (node.kind === "seq") for (const item of node.items) collect(item, into);
	if (node.kind === "map") {
		for (const { key, value } of node.entries) {
			into.add(key.source);
			collect(value, into);
		}
	}
}
