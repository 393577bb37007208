import type { SourceFile } from "../text/file.ts";
import { effectiveEntries, entryOf, type Node, valueAt } from "../yaml/nodes.ts";
import { parseSource } from "../yaml/parse.ts";
import type { BuildOptions, ExposingFile } from "./dockerfile.ts";
import { baseName, type Folder, folderOf, resolvePath } from "./folder.ts";
import type { LoadRenderers } from "./renderers.ts";

/** An image that a Dockerfile of the workspace builds. */
export interface BuiltImage extends ExposingFile {
	/** The Dockerfile. */
	readonly uri: string;
}

/** The images that are built in the workspace, by their names without tags. */
export type ImageBuilds = ReadonlyMap<string, BuiltImage>;

export const NOTHING_BUILT: ImageBuilds = new Map();

const DOCKERFILE = /^((Docker|Container)file([._-].*)?|.*\.dockerfile)$/i;
const COMPOSE = /^(docker-)?compose([._-].*)?\.ya?ml$/;
const SKAFFOLD = /^skaffold([._-].*)?\.ya?ml$/;
const BAKE = /^docker-bake([._-].*)?\.(json|hcl)$/;

/** Whether a file of that name says how images are built, and is no manifest. */
export function isBuildFile(name: string): boolean {
	return isDockerfile(name) || [COMPOSE, SKAFFOLD, BAKE].some((pattern) => pattern.test(name));
}

export function isDockerfile(name: string): boolean {
	return DOCKERFILE.test(name) && !/\.(ya?ml|json|md|txt|dockerignore)$/i.test(name);
}

/** The files of a folder that say how images are built. */
export function buildFilesOf(folder: Folder | undefined): readonly SourceFile[] {
	return folder ? [...folder.files.values()].filter(({ uri }) => isBuildFile(baseName(uri))) : [];
}

/** Reads which image is built by which Dockerfile. A name that is built in several ways is left out unless they expose the same. */
export function readImageBuilds(folders: ReadonlyMap<string, Folder>, load: LoadRenderers): ImageBuilds {
	const found = new Map<string, BuiltImage | undefined>();
	for (const build of [...folders.values()].flatMap(buildFilesOf).flatMap(buildsIn)) {
		const uri = resolvePath(build.context, build.dockerfile);
		const file = uri === undefined ? undefined : folders.get(folderOf(uri))?.files.get(uri);
		const read = file && load().readDockerfile(file, build);
		const image = read && file && { ...read, uri: file.uri };
		const name = nameWithoutTag(build.image);
		const known = found.get(name);
		found.set(name, found.has(name) && !sameExposed(known, image) ? undefined : image);
	}
	return new Map([...found].flatMap(([name, image]) => (image ? [[name, image] as const] : [])));
}

/** Whether the same is known of both. */
export function sameBuilds(a: ImageBuilds, b: ImageBuilds): boolean {
	return a.size === b.size && [...a].every(([name, image]) => image.uri === b.get(name)?.uri && sameExposed(image, b.get(name)));
}

function sameExposed(a: BuiltImage | undefined, b: BuiltImage | undefined): boolean {
	return a?.base === b?.base && a?.ports.join() === b?.ports.join();
}

export function nameWithoutTag(image: string): string {
	return image.replace(/@.*$/, "").replace(/:[^/:]*$/, "");
}

interface Build extends BuildOptions {
	readonly image: string;
	readonly context: string;
	readonly dockerfile: string;
}

function buildsIn(file: SourceFile): readonly Build[] {
	const name = baseName(file.uri);
	const folder = folderOf(file.uri);
	if (/\.hcl$/.test(name)) return bakeTargets(file.text).flatMap((target) => buildOfBake(folder, target));
	if (isDockerfile(name)) return [];
	const roots = file.parts.map(({ source }) => parseSource(source).root);
	if (COMPOSE.test(name))
		return roots.flatMap((root) => valuesIn(valueAt(root, "services")).flatMap((node) => buildOfCompose(folder, node)));
	if (SKAFFOLD.test(name))
		return roots.flatMap((root) => itemsIn(valueAt(root, "build", "artifacts")).flatMap((node) => buildOfSkaffold(folder, node)));
	return roots.flatMap((root) => valuesIn(valueAt(root, "target")).flatMap((node) => buildOfBake(folder, literalsIn(node))));
}

/** Source: the Compose Specification, `build`. */
function buildOfCompose(folder: string, service: Node): readonly Build[] {
	const image = text(service, "image");
	const build = entryOf(service, "build")?.value;
	if (image === undefined || !build) return [];
	const context = resolvePath(folder, build.kind === "scalar" ? build.text : (text(build, "context") ?? "."));
	if (context === undefined) return [];
	const hasArguments = entryOf(build, "args") !== undefined;
	return [{ image, context, dockerfile: text(build, "dockerfile") ?? "Dockerfile", target: text(build, "target"), hasArguments }];
}

/** Source: skaffold.yaml, `build.artifacts`; an artifact without a builder is built by Docker. */
function buildOfSkaffold(folder: string, artifact: Node): readonly Build[] {
	const image = text(artifact, "image");
	const other = ["bazel", "jib", "ko", "buildpacks", "custom", "kaniko"].some((builder) => entryOf(artifact, builder));
	const context = resolvePath(folder, text(artifact, "context") ?? ".");
	if (image === undefined || other || context === undefined) return [];
	const docker = entryOf(artifact, "docker")?.value;
	const hasArguments = entryOf(docker, "buildArgs") !== undefined;
	return [{ image, context, dockerfile: text(docker, "dockerfile") ?? "Dockerfile", target: text(docker, "target"), hasArguments }];
}

/** What a target of a bake file says in literals. */
interface BakeTarget {
	readonly tags: readonly string[];
	readonly context: string | undefined;
	readonly dockerfile: string | undefined;
	readonly target: string | undefined;
	readonly hasArguments: boolean;
	/** Fields come from another target. */
	readonly inherits: boolean;
}

function buildOfBake(
	folder: string,
	{ tags, context = ".", dockerfile = "Dockerfile", inherits, ...options }: BakeTarget,
): readonly Build[] {
	const path = resolvePath(folder, context);
	if (path === undefined || inherits || `${context}${dockerfile}`.includes("$")) return [];
	return tags.map((image) => ({ image, context: path, dockerfile, ...options }));
}

function literalsIn(node: Node): BakeTarget {
	return {
		tags: itemsIn(entryOf(node, "tags")?.value).flatMap((tag) => (tag.kind === "scalar" ? [tag.text] : [])),
		context: text(node, "context"),
		dockerfile: text(node, "dockerfile"),
		target: text(node, "target"),
		hasArguments: entryOf(node, "args") !== undefined,
		inherits: entryOf(node, "inherits") !== undefined,
	};
}

/** Blocks `target "name" { ... }` with their fields at the beginning of a line; expressions are left out. */
function bakeTargets(hcl: string): readonly BakeTarget[] {
	return [...hcl.matchAll(/^target\s+"[^"\n]*"\s*\{([\s\S]*?)^\}/gm)].map(([, body = ""]) => {
		const field = (name: string): string | undefined => new RegExp(`^\\s*${name}\\s*=\\s*"([^"\\n]*)"\\s*$`, "m").exec(body)?.[1];
		const list = /^\s*tags\s*=\s*\[([^\]]*)\]/m.exec(body)?.[1] ?? "";
		return {
			tags: [...list.matchAll(/"([^"\n]*)"/g)].flatMap(([, tag = ""]) => (tag.includes("$") ? [] : [tag])),
			context: field("context"),
			dockerfile: field("dockerfile"),
			target: field("target"),
			hasArguments: /^\s*args\b/m.test(body),
			inherits: /^\s*inherits\b/m.test(body),
		};
	});
}

function valuesIn(node: Node | undefined): readonly Node[] {
	return node?.kind === "map" ? effectiveEntries(node).map(({ value }) => value) : [];
}

function itemsIn(node: Node | undefined): readonly Node[] {
	return node?.kind === "seq" ? node.items : [];
}

function text(node: Node | undefined, name: string): string | undefined {
	const value = entryOf(node, name)?.value;
	return value?.kind === "scalar" && value.text !== "" ? value.text : undefined;
}
