import type { PrintedText } from "../model/object.ts";
import type { SourceFile } from "../text/file.ts";
import type { MapNode } from "../yaml/nodes.ts";
import type { Folder } from "./folder.ts";
import type { Gap } from "./piece.ts";

/** What a root kustomization or a chart is deployed as. */
export interface Rendered {
	/** In the order in which the tool prints them. */
	readonly objects: readonly RenderedObject[];
	/** What could not be rendered, with its reason. With none, every object that is deployed is here. */
	readonly gaps: readonly Gap[];
}

export interface RenderedObject {
	/** Each node stands where a person would change it, whatever file that is; `via` has what it came through. */
	readonly root: MapNode;
	/** The manifest or the template that the object comes from. */
	readonly uri: string;
	/** What is not known before it is deployed (random, a certificate, a date): JSON pointers (RFC 6901). */
	readonly unknown: readonly string[];
	/** What is shown in the place of some of them, by their pointers: the text with `<random>` and the like where nobody knows it. */
	readonly marked?: ReadonlyMap<string, string>;
	/** Of what a template of a chart printed. */
	readonly printed?: PrintedText;
}

/** The files that a renderer may look at, and nothing else. It must ask here each time, so that it is known what a result depends on. */
export interface Files {
	/** The text of a file; `undefined` where there is none or it could not be read. */
	readonly file: (uri: string) => SourceFile | undefined;
	/** Bytes of a file that is no text (a packed chart). */
	readonly bytes: (uri: string) => Uint8Array | undefined;
	/** The files that stand directly in a folder; `undefined` where there is none. */
	readonly folder: (path: string) => Folder | undefined;
	/** The folders that stand directly in a folder, by their paths. */
	readonly folders: (path: string) => readonly string[];
	/** Whether there is a file, also one that is not read. "cannot-tell" where nobody looked. */
	readonly has: (uri: string) => boolean | "cannot-tell";
	/**
	 * What `compute` makes of the files that it asks for, worked out once for as long as these stay what they are: what several roots
	 * share (a base, a parsed template). `key` names it among everything that is kept.
	 */
	readonly kept: <T>(key: string, compute: (files: Files) => T) => T;
	/** Whether a path is inside of what is open or was named: a search goes no further. */
	readonly isInside: (path: string) => boolean;
	/** Whether a path that is named may be looked at, so that what is missing there is missing. */
	readonly isInReach: (path: string) => boolean;
}
