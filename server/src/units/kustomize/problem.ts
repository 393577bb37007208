import type { Place } from "../../text/source.ts";
import type { MapNode, SeqNode } from "../../yaml/nodes.ts";

/** What keeps a kustomization from being built, or is lost in it without a word. */
export interface Problem {
	readonly kind: ProblemKind;
	/** In present tense, with the concrete names. */
	readonly message: string;
	/** The file that it is about, in which `at` stands where there is a place. */
	readonly uri: string;
	readonly at: Place | undefined;
	/** What it speaks about, where a rule wants to look for a near name: a path, a field, an object's name. */
	readonly name?: string;
	/** What could have been meant: the fields that are known, the objects that there are. */
	readonly known?: readonly string[];
	/** What certainly was meant. */
	readonly meant?: string;
	/** The whole of which `at` is the part that is wrong. */
	readonly whole?: Place;
	readonly related?: readonly { readonly at: Place; readonly message: string }[];
	/** Of an entry of a list of ports. */
	readonly ports?: PortPatch;
}

/** An entry of a patch for a list of ports. */
export interface PortPatch {
	readonly item: MapNode;
	/** The list of the patch that it stands in. */
	readonly list: SeqNode | undefined;
	/** The field that has the number. */
	readonly key: string;
	/** The entries that it was to change: those of the same number, or all that the patch does not name. */
	readonly there: readonly MapNode[];
}

export type ProblemKind =
	/** A file or folder that a kustomization names is not there. */
	| "not-found"
	/** It may be there, but nobody can tell: outside of what is open, or not readable. */
	| "outside"
	/** It would be fetched from elsewhere. */
	| "remote"
	/** It needs a program: a plugin, a function, Helm. */
	| "plugin"
	| "helm"
	/** `kustomize build` refuses the whole for what a kustomization or one of its files says. */
	| "invalid"
	/** A document is no YAML, or no object that kustomize takes. */
	| "invalid-document"
	| "empty"
	/** One object comes from two places. */
	| "same-object"
	/** A component among the resources, or the other way round. */
	| "component"
	/** A patch, a JSON path, a replica count or a replacement that finds nothing: refused. */
	| "no-target"
	/** What kustomize can do and this renderer cannot. */
	| "unsupported"
	/** A chart that fails. */
	| "chart"
	/** A patch whose target matches nothing: passed over in silence. */
	| "unused-target"
	/** An entry of a list of ports that changes nothing because `protocol` is written on one side only. */
	| "lost-port"
	/** An entry of a list of ports that becomes a second one beside those that are there. */
	| "added-port";

/** Kinds that leave the result complete. */
const HARMLESS: ReadonlySet<ProblemKind> = new Set(["unused-target", "lost-port", "added-port"]);

export function isHarmless({ kind }: Problem): boolean {
	return HARMLESS.has(kind);
}

type Details = Pick<Problem, "name" | "known" | "meant" | "related">;

/** What `kustomize build` stops at; thrown by a step, and caught by whoever runs the steps, who leaves that one out. */
export class Refusal extends Error {
	readonly kind: ProblemKind;
	readonly at: Place | undefined;
	readonly details: Details;

	constructor(kind: ProblemKind, message: string, at?: Place, details: Details = {}) {
		super(message);
		this.kind = kind;
		this.at = at;
		this.details = details;
	}
}
