import type { Field } from "../model/field.ts";
import { type Manifest, readManifest } from "../model/manifest.ts";
import { type KubeObject, nameOf, namespaceOf } from "../model/object.ts";
import type { ConfigurationFile } from "../settings/configurationFile.ts";
import type { CustomWorkload } from "../settings/settings.ts";
import type { SourceFile } from "../text/file.ts";
import type { Folder } from "./folder.ts";
import type { ImageBuilds } from "./imageBuilds.ts";
import type { Gap, Unit } from "./unit.ts";

/** How the files of a folder are deployed, as far as the files around it tell. */
export interface Role {
	readonly kind: "plain" | "kustomize" | "chart" | "stdin";
	/** Files of the folder that are no manifests of their own, or belong to other units. */
	readonly excluded: ReadonlySet<string>;
	/** Whether a kustomization of the folder patches what it deploys. */
	readonly patched: boolean;
	/** Custom resources that hold a Pod template. */
	readonly workloads: readonly CustomWorkload[];
	/** The images that are built in the workspace around it. */
	readonly images: ImageBuilds;
	/** The configuration file that stands in the folder. */
	readonly configuration: ConfigurationFile | undefined;
}

/** The unit of one folder: every manifest in it but the excluded ones and templates, which are gaps. */
export function plainUnit(folder: Folder, role: Role): Unit {
	const { manifests, gaps } = readFolder(folder, role);
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
		images: role.images,
		configuration: role.configuration,
	};
}

/** What a folder gives to a unit. */
export function readFolder(folder: Folder, role: Role): { readonly manifests: readonly Manifest[]; readonly gaps: readonly Gap[] } {
	const gaps: Gap[] = folder.skipped.map(({ uri, reason }) => ({ uri, reason, at: undefined }));
	const manifests: Manifest[] = [];
	for (const file of folder.files.values()) {
		if (role.excluded.has(file.uri)) continue;
		const read = readFile(file, role);
		if (read) manifests.push(...read);
		else gaps.push({ uri: file.uri, reason: "a template, not a manifest", at: undefined });
	}
	for (const { parsed, source } of manifests) {
		const problem = parsed?.problems[0];
		if (problem) gaps.push({ uri: source.uri, reason: problem.message, at: { source, start: problem.start, end: problem.end } });
	}
	if (role.kind === "kustomize") gaps.push({ uri: folder.path, reason: "kustomization: not rendered yet", at: undefined });
	return { manifests, gaps };
}

/**
 * The documents of a file; `undefined` for a template: a line that begins with `{{` or `{%` makes one, and so does `{{` anywhere
 * in what does not parse, or `${` where it does not.
 */
function readFile(file: SourceFile, role: Role): readonly Manifest[] | undefined {
	const mayBeTemplate = role.kind !== "stdin" && /[{$]\{|\{%/.test(file.text);
	if (mayBeTemplate && /^[ \t]*\{[{%]/m.test(file.text)) return undefined;
	const read = file.parts.map((part) => readManifest(part.source, role.workloads));
	if (!mayBeTemplate || !read.some(isBroken)) return read;
	return /\{[{%]/.test(file.text) || read.some(isBrokenByPlaceholder) ? undefined : read;
}

function isBroken({ parsed }: Manifest): boolean {
	return parsed !== undefined && parsed.problems.length > 0;
}

/** `{ port: ${PORT} }` is YAML once it is filled in. */
function isBrokenByPlaceholder({ parsed, source: { text } }: Manifest): boolean {
	const first = parsed?.problems[0];
	if (!first) return false;
	const lineStart = text.lastIndexOf("\n", first.start - 1) + 1;
	const next = text.indexOf("\n", first.start);
	return text.slice(lineStart, next < 0 ? text.length : next).includes("${");
}

/** Two files are alternatives when both define one object: same kind, namespace and name, as far as these are known or spelled alike. */
function alternatives(objects: readonly KubeObject[]): Unit["areAlternatives"] {
	const files = new Map<string, Set<string>>();
	for (const object of objects) {
		const name = nameOf(object) ?? spelling(object.metadata.name);
		// Files often bring their namespace along: that makes no alternatives of them.
		if (name === undefined || object.kind === "Namespace") continue;
		const namespace = namespaceOf(object) ?? spelling(object.metadata.namespace) ?? "default";
		const identity = `${groupOf(object)}/${object.kind}/${namespace}/${name}`;
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

/** A placeholder as written: files that are filled in alike define the same object. */
function spelling(field: Field<string> | undefined): string | undefined {
	return field?.state === "placeholder" && field.node.kind === "scalar" ? field.node.text : undefined;
}

/** The group of a custom kind; Kubernetes' own kinds have moved between groups and are one kind in all of them. */
function groupOf({ apiVersion }: KubeObject): string {
	const [group = ""] = apiVersion.split("/");
	return group.includes(".") ? group : "";
}
