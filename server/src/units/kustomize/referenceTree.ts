import type { NameReference } from "./referenceTable.ts";
import { type Id, isOfKind, type Kinds } from "./resource.ts";

/** The places of a kind that name other objects, as a tree of their paths. */
export interface Branch {
	readonly children: Map<string, Branch>;
	/** What the value here may name. */
	readonly targets: Target[];
}

export interface Target {
	readonly kinds: Kinds;
	/** The kind of what is named stands beside the name. */
	readonly isRole: boolean;
}

const trees = new WeakMap<readonly NameReference[], Map<string, Branch | undefined>>();

/** The places of an object by the kind that it had first; `undefined` where it names nothing. */
export function branchFor(references: readonly NameReference[], first: Id): Branch | undefined {
	let known = trees.get(references);
	if (!known) {
		known = new Map();
		trees.set(references, known);
	}
	const key = [first.group, first.version, first.kind].join(" ");
	if (!known.has(key)) known.set(key, branchOf(references, first));
	return known.get(key);
}

function branchOf(references: readonly NameReference[], id: Id): Branch | undefined {
	const root: Branch = { children: new Map(), targets: [] };
	for (const { referrers, ...kinds } of references) {
		for (const { path, ...referrer } of referrers) {
			if (!isOfKind(id, referrer)) continue;
			leaf(root, path).targets.push({ kinds, isRole: path.slice(-2).join("/") === "roleRef/name" });
		}
	}
	return root.children.size > 0 ? root : undefined;
}

function leaf(root: Branch, path: readonly string[]): Branch {
	return path.reduce((branch, part) => {
		const name = part.endsWith("[]") ? part.slice(0, -2) : part;
		const next = branch.children.get(name) ?? { children: new Map(), targets: [] };
		branch.children.set(name, next);
		return next;
	}, root);
}
