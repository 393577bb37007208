import { type Manifest, readManifest } from "../model/manifest.ts";
import { type KubeObject, nameOf, namespaceOf } from "../model/object.ts";
import type { SourceFile } from "../text/file.ts";
import type { Folder } from "./folder.ts";
import type { Gap, Unit } from "./unit.ts";

/** How the files of a folder are deployed, as far as the files around it tell. */
export interface Role {
	readonly kind: "plain" | "kustomize" | "chart" | "stdin";
	/** Files of the folder that are no manifests of their own. */
	readonly excluded: ReadonlySet<string>;
	/** Whether a kustomization of the folder patches what it deploys. */
	readonly patched: boolean;
}

/** The unit of one folder: every manifest in it but the excluded ones and templates, which are gaps. */
export function plainUnit(folder: Folder, role: Role): Unit {
	const gaps: Gap[] = folder.skipped.map(({ uri, reason }) => ({ uri, reason, at: undefined }));
	const manifests: Manifest[] = [];
	for (const file of folder.files.values()) {
		if (role.excluded.has(file.uri)) continue;
		const read = file.parts.map((part) => readManifest(part.source));
		if (role.kind !== "stdin" && isTemplate(file, read)) gaps.push({ uri: file.uri, reason: "a template, not a manifest", at: undefined });
		else manifests.push(...read);
	}
	for (const { parsed, source } of manifests) {
		const problem = parsed?.problems[0];
		if (problem) gaps.push({ uri: source.uri, reason: problem.message, at: { source, start: problem.start, end: problem.end } });
	}
	if (role.kind === "kustomize") gaps.push({ uri: folder.path, reason: "kustomization: not rendered yet", at: undefined });
	const objects = manifests.flatMap((manifest) => manifest.objects);
	return {
		id: `${role.kind}:${folder.path}`,
		name: folder.path,
		kind: role.kind,
		path: folder.path,
		manifests,
		objects,
		complete: gaps.length === 0,
		gaps,
		patched: role.patched,
		areAlternatives: alternatives(objects),
	};
}

/** A line that begins with `{{` or `{%` makes a template, and so does `{{` anywhere in what does not parse. */
function isTemplate(file: SourceFile, manifests: readonly Manifest[]): boolean {
	if (!file.text.includes("{{") && !file.text.includes("{%")) return false;
	return /^[ \t]*\{[{%]/m.test(file.text) || manifests.some((manifest) => manifest.parsed && manifest.parsed.problems.length > 0);
}

/** Two files are alternatives when both define one object: same kind, namespace and name. */
function alternatives(objects: readonly KubeObject[]): Unit["areAlternatives"] {
	const files = new Map<string, Set<string>>();
	for (const object of objects) {
		const name = nameOf(object);
		if (name === undefined) continue;
		const identity = `${object.kind}/${namespaceOf(object) ?? "default"}/${name}`;
		const holders = files.get(identity);
		if (holders) holders.add(object.source.uri);
		else files.set(identity, new Set([object.source.uri]));
	}
	const shared = new Map<string, Set<string>>();
	for (const [identity, uris] of files) {
		if (uris.size < 2) continue;
		for (const uri of uris) shared.set(uri, (shared.get(uri) ?? new Set()).add(identity));
	}
	return (a, b) => {
		const one = shared.get(a);
		const other = shared.get(b);
		if (!one || !other || a === b) return false;
		for (const identity of one) if (other.has(identity)) return true;
		return false;
	};
}
