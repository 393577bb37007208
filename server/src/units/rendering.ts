import { type KubeObject, readObject } from "../model/object.ts";
import type { SourceFile } from "../text/file.ts";
import { type Place, samePlace } from "../text/source.ts";
import type { Node } from "../yaml/nodes.ts";
import { folderOf } from "./folder.ts";
import type { ChartOptions } from "./helm/chart/render.ts";
import type { Problem } from "./kustomize/problem.ts";
import type { Gap } from "./piece.ts";
import type { Files, Rendered, RenderedObject } from "./rendered.ts";
import { type Kept, type Renders, readsOf, type World } from "./renders.ts";

/** What is rendered as a whole. */
export interface Root {
	/** Unique among all that is rendered. */
	readonly id: string;
	readonly kind: "plain" | "kustomize" | "chart";
	/** The folder that it stands in. */
	readonly path: string;
	/** What it is rendered with where there are several ways; "" for its own values. */
	readonly variant?: string;
	/** How a chart is rendered. */
	readonly chart?: (files: Files) => ChartOptions;
	/** Whether a file of the folder is the one that makes a root of it. */
	readonly isMain: (uri: string) => boolean;
	/** Files that hold manifests, beside those that kustomizations say so of. */
	readonly manifests?: ReadonlySet<string>;
	readonly render: (files: Files) => Outcome;
}

/** What a root comes to, with what is wrong in it, which rules say. */
export interface Outcome extends Rendered {
	readonly problems?: readonly Problem[];
}

/** A root as it is deployed at one moment. The same object for as long as nothing that it was made from changes. */
export interface Rendering {
	readonly root: Root;
	/** The file that makes a root of its folder; `undefined` where it is gone. */
	readonly main: string | undefined;
	/** One that did not change is the same object as before. */
	readonly objects: readonly RenderedObject[];
	readonly gaps: readonly Gap[];
	readonly problems: readonly Problem[];
	/** The texts that it was made from. */
	readonly files: ReadonlyMap<string, SourceFile>;
	/** Files, and folders with a slash at the end, that were asked for and of which it is not known whether they are there. */
	readonly wanted: readonly string[];
}

const renderings = new WeakMap<Kept<Outcome>, Rendering>();

/** What a root is rendered to, again only where something that it looked at has changed. Never throws. */
export function renderingOf(renders: Renders, world: World, root: Root): Rendering {
	const { kept, before } = renders.keep(world, root.id, (files) => rendered(root, files));
	let found = renderings.get(kept);
	if (!found) {
		renders.rendered++;
		const old = before && renderings.get(before);
		const objects = old ? sameWhereEqual(old.objects, kept.value.objects) : kept.value.objects;
		const { gaps, problems = [] } = kept.value;
		const { files, wanted } = readsOf(kept);
		const main = [...files.keys()].find((uri) => folderOf(uri) === root.path && root.isMain(uri));
		found = { root, main, objects, gaps, problems, files, wanted };
		renderings.set(kept, found);
	}
	return found;
}

/** A fault of a renderer is a gap, and takes nothing else along. */
function rendered(root: Root, files: Files): Outcome {
	try {
		return root.render(files);
	} catch (error) {
		const reason = `it cannot be rendered: ${error instanceof Error ? error.message : String(error)}`;
		return { objects: [], gaps: [{ uri: root.path, reason, at: undefined }] };
	}
}

/** The new objects, and in the place of one that is as it was before the old one. */
function sameWhereEqual(before: readonly RenderedObject[], now: readonly RenderedObject[]): readonly RenderedObject[] {
	const known = new Map<string, RenderedObject[]>();
	for (const object of before) {
		const key = keyOf(object);
		const alike = known.get(key);
		if (alike) alike.push(object);
		else known.set(key, [object]);
	}
	return now.map((object) => {
		const alike = known.get(keyOf(object)) ?? [];
		const at = alike.findIndex((old) => isEqual(old, object));
		return alike.splice(at, at < 0 ? 0 : 1)[0] ?? object;
	});
}

function keyOf({ root }: RenderedObject): string {
	const { kind, metadata }: KubeObject = readObject(root, false);
	return `${kind}/${metadata.namespace?.value ?? ""}/${metadata.name?.value ?? ""}`;
}

function isEqual(a: RenderedObject, b: RenderedObject): boolean {
	return (
		a.uri === b.uri &&
		a.unknown.join("\n") === b.unknown.join("\n") &&
		isSameTrailing(a.printed?.trailing, b.printed?.trailing) &&
		isSameNode(a.root, b.root)
	);
}

function isSameTrailing(a: Place | undefined, b: Place | undefined): boolean {
	return a === b || (a !== undefined && b !== undefined && samePlace(a, b));
}

/** Whether two nodes hold the same and stand at the same places, in texts that did not change. */
function isSameNode(a: Node, b: Node): boolean {
	if (a === b) return true;
	if (a.kind !== b.kind || a.source !== b.source || a.start !== b.start || a.end !== b.end || !isSameWay(a, b)) return false;
	if (a.kind === "scalar") return b.kind === "scalar" && Object.is(a.value, b.value) && a.text === b.text && a.style === b.style;
	if (a.kind === "seq")
		return b.kind === "seq" && a.items.length === b.items.length && a.items.every((item, at) => isSameNodeAt(item, b.items[at]));
	return (
		b.kind === "map" &&
		a.entries.length === b.entries.length &&
		a.entries.every((entry, at) => {
			const other = b.entries[at];
			return other?.name === entry.name && isSameNode(entry.key, other.key) && isSameNode(entry.value, other.value);
		})
	);
}

function isSameNodeAt(a: Node, b: Node | undefined): boolean {
	return b !== undefined && isSameNode(a, b);
}

function isSameWay({ via: a = [] }: Node, { via: b = [] }: Node): boolean {
	return (
		a.length === b.length &&
		a.every((one, at) => {
			const other = b[at];
			return other?.source === one.source && other.start === one.start && other.end === one.end && other.how === one.how;
		})
	);
}
