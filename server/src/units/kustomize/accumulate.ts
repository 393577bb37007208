import type { SourceFile } from "../../text/file.ts";
import type { Place } from "../../text/source.ts";
import { entryOf, type MapNode, type Node } from "../../yaml/nodes.ts";
import { resolvePath } from "../folder.ts";
import type { Files } from "../rendered.ts";
import { type Accumulated, attempt, type Build, type State } from "./build.ts";
import { withCharts } from "./chartGenerator.ts";
import type { ChartRenderer } from "./charts.ts";
import { EMPTY, mergedConfig } from "./config.ts";
import { configOf } from "./configurations.ts";
import { type Documents, objectsOf, rootOf } from "./documents.ts";
import { KUSTOMIZATION } from "./fields.ts";
import { withGenerated } from "./generate.ts";
import { fileAt, isRemote, missing, remoteOrAbsolute } from "./paths.ts";
import { validated, withPluginsGenerated } from "./plugins.ts";
import { type Problem, Refusal } from "./problem.ts";
import { idOf, keyOf, label, type Resource, resourceOf } from "./resource.ts";
import { itemsAt, type ShapeFault, shaped, textIn } from "./shape.ts";
import { transformed } from "./transform.ts";
import { withoutRepeats, withVariables } from "./variables.ts";

type Surroundings = Pick<Build, "above" | "charts" | "chartNamespace" | "schema">;

/** What the root comes to, before names are made final. */
export function accumulateRoot(
	files: Files,
	folder: string,
	written: SourceFile | MapNode,
	charts: ChartRenderer | undefined,
	edit: (spec: MapNode) => MapNode,
) {
	const problems: Problem[] = [];
	const [uri, said] = "parts" in written ? [written.uri, specOf(written, problems)] : [written.source.uri, written];
	const spec = edit(said);
	const build = { above: [], charts, chartNamespace: "", schema: undefined, files, folder, uri, spec, problems };
	return { accumulated: { ...accumulated(build, NOTHING), problems }, spec };
}

const NOTHING: Accumulated = { resources: [], config: EMPTY, variables: [], schema: undefined, problems: [] };

const NAMES = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/** The kustomization's file of a folder. */
export function kustomizationIn(files: Files, folder: string): SourceFile | Refusal {
	const found = NAMES.flatMap((name) => files.file(`${folder}/${name}`) ?? []);
	if (found[1])
		return new Refusal(
			"invalid",
			`There are several kustomizations in this folder: ${found.map(({ uri }) => uri.slice(folder.length + 1)).join(", ")}`,
			found[1].parts[0] && { source: found[1].parts[0].source, start: 0, end: 0 },
		);
	return found[0] ?? new Refusal("not-found", "There is no kustomization in this folder");
}

/** What a base comes to, which is the same for all that use it. */
function accumulateBase(files: Files, folder: string, surroundings: Surroundings): Accumulated {
	const { charts, chartNamespace, schema } = surroundings;
	const key = `kustomization ${folder} ${charts ? `charts ${chartNamespace}` : ""} ${schema?.uri ?? ""}`;
	return files.kept(key, (own) => {
		const file = kustomizationIn(own, folder);
		return file instanceof Refusal ? NOTHING : accumulateFolder(own, folder, file, surroundings, NOTHING);
	});
}

/** What a folder comes to; for a component `onto` is what its parent has so far. */
function accumulateFolder(files: Files, folder: string, file: SourceFile, surroundings: Surroundings, onto: State): Accumulated {
	const problems: Problem[] = [];
	const spec = specOf(file, problems);
	return { ...accumulated({ ...surroundings, files, folder, uri: file.uri, spec, problems }, onto), problems };
}

/** What a kustomization says, with the fields' names as they are known. */
function specOf(file: SourceFile, problems: Problem[]): MapNode {
	const [first] = file.parts;
	const source = first?.source ?? { uri: file.uri, text: "" };
	const { raw, faults } = rootOf(source);
	const wrong: ShapeFault[] = [...faults];
	const spec = raw && shaped(raw, KUSTOMIZATION, "", wrong);
	for (const { message, at, name, known } of wrong) {
		problems.push({ kind: "invalid", message, uri: file.uri, at, ...(name === undefined ? {} : { name }), ...(known ? { known } : {}) });
	}
	if (spec?.kind === "map") {
		if (wrong.length === 0) checkHeader(file, spec, problems);
		return spec;
	}
	if (wrong.length === 0) problems.push({ kind: "empty", message: "This kustomization is empty", uri: file.uri, at: undefined });
	return { kind: "map", source, start: 0, end: 0, entries: [], flow: false };
}

const VERSIONS: { readonly [kind: string]: string } = {
	Kustomization: "kustomize.config.k8s.io/v1beta1",
	Component: "kustomize.config.k8s.io/v1alpha1",
};

function checkHeader(file: SourceFile, spec: MapNode, problems: Problem[]): void {
	const kind = textIn(spec, "kind") || "Kustomization";
	const [version, wanted] = [textIn(spec, "apiVersion"), VERSIONS[kind]];
	const refuse = (message: string, name: string) =>
		problems.push({ kind: "invalid", message, uri: file.uri, at: entryOf(spec, name)?.value ?? spec });
	if (!wanted) refuse(`The kind of a kustomization is Kustomization or Component, not ${kind}`, "kind");
	else if (version !== "" && version !== wanted) refuse(`The apiVersion of a ${kind} is ${wanted}, not ${version}`, "apiVersion");
	const says = spec.entries.some(({ name, value }) => name !== "kind" && name !== "apiVersion" && !isBlank(value));
	if (!says) problems.push({ kind: "empty", message: "This kustomization is empty", uri: file.uri, at: spec });
}

/** What Go's zero values are. */
function isBlank(node: Node): boolean {
	if (node.kind !== "scalar") return false;
	return node.value === null || node.value === "" || node.value === false;
}

function accumulated(build: Build, onto: State): State {
	const { spec } = build;
	// There is one for all: that of the root, or else the first one that is met.
	let state = { ...onto, schema: onto.schema ?? build.schema ?? attempt(build, undefined, () => schemaFile(build)) };
	for (const path of [...itemsAt(spec, "resources"), ...itemsAt(spec, "bases")]) {
		state = attempt(build, state, () => joined(build, state, resourcesAt({ ...build, schema: state.schema }, path), path));
	}
	state = { ...state, config: attempt(build, state.config, () => mergedConfig(state.config, configOf(build), spec)) };
	const find = (path: Node) => resourcesAt(build, path);
	state = { ...state, resources: withPluginsGenerated(build, withCharts(build, withGenerated(build, state.resources)), find) };
	for (const path of itemsAt(spec, "components"))
		state = attempt(build, state, () => component({ ...build, schema: state.schema }, path, state));
	const resources = transformed({ ...build, schema: state.schema }, state.config, state.resources, find);
	return withVariables(build, { ...state, resources: validated(build, resources, find) });
}

/** The one version of Kubernetes whose merge keys kustomize has. */
const SCHEMA_VERSION = "v1.21.2";

function schemaFile(build: Build): SourceFile | undefined {
	const version = entryOf(entryOf(build.spec, "openapi")?.value, "version")?.value;
	if (version?.kind === "scalar" && version.text !== "" && version.text !== SCHEMA_VERSION) {
		throw new Refusal("invalid", `kustomize has no OpenAPI schema of version ${version.text}, only of ${SCHEMA_VERSION}`, version);
	}
	const path = entryOf(entryOf(build.spec, "openapi")?.value, "path")?.value;
	return path?.kind === "scalar" && path.text !== "" ? fileAt(build.files, build.folder, path.text, path) : undefined;
}

/** Objects from a file, or from a folder with a kustomization. */
function resourcesAt(build: Build, path: Node): State {
	const text = path.kind === "scalar" ? path.text : "";
	const uri = resolvePath(build.folder, text);
	if (uri === undefined) throw remoteOrAbsolute(text, path);
	const file = build.files.file(uri);
	if (file) return { ...NOTHING, resources: resourcesOf(build, objectsOf(file), uri) };
	return folderResources(build, uri, text, path, "Kustomization");
}

export function resourcesOf(build: Build, { objects, faults }: Documents, uri: string): readonly Resource[] {
	for (const { message, at } of faults) build.problems.push({ kind: "invalid-document", message, uri, at });
	return objects.map((root) => resourceOf(root, uri));
}

/** The kustomizations of a circle, from where it begins to there again, as they are seen from the folder that holds all of them. */
function circleOf(above: readonly string[], folder: string): string {
	const folders = [...above.slice(above.indexOf(folder)), folder];
	const [first = ""] = folders;
	const shared = first.split("/").findIndex((part, index) => folders.some((each) => each.split("/")[index] !== part));
	const from = shared < 0 ? first.split("/").length - 1 : Math.max(0, shared);
	const names = folders.map((each) => each.split("/").slice(from).join("/") || ".");
	return names.join(" -> ");
}

function folderResources(
	build: Build,
	folder: string,
	text: string,
	at: Place,
	kind: "Kustomization" | "Component",
	onto?: State,
): Accumulated {
	const above = [...build.above, build.folder];
	if (above.includes(folder))
		throw new Refusal("invalid", `This leads back to where it comes from: ${circleOf(above, folder)}`, at, { name: text });
	const file = kustomizationIn(build.files, folder);
	if (file instanceof Refusal) throw noKustomization(build.files, folder, text, at, file);
	const written = textIn(specOf(file, []), "kind");
	if ((written === "Component") !== (kind === "Component")) {
		const message = kind === "Component" ? `${text} is no component` : `${text} is a component, which belongs below components`;
		throw new Refusal("component", message, at, { name: text });
	}
	const chartNamespace = textIn(build.spec, "namespace") || build.chartNamespace;
	const surroundings = { above, charts: build.charts, chartNamespace, schema: build.schema };
	const result = onto ? accumulateFolder(build.files, folder, file, surroundings, onto) : accumulateBase(build.files, folder, surroundings);
	build.problems.push(...result.problems);
	return result;
}

function noKustomization(files: Files, folder: string, text: string, at: Place, found: Refusal): Refusal {
	if (found.kind !== "not-found") return found;
	const isThere = files.folder(folder) !== undefined || files.folders(folder).length > 0;
	if (isThere) return new Refusal("not-found", `There is no kustomization in ${text}`, at, { name: text });
	return isRemote(text) ? remoteOrAbsolute(text, at) : missing(files, folder, text, at);
}

function component(build: Build, path: Node, state: State): State {
	const text = path.kind === "scalar" ? path.text : "";
	const folder = resolvePath(build.folder, text);
	if (folder === undefined) throw remoteOrAbsolute(text, path);
	const result = folderResources(build, folder, text, path, "Component", state);
	// What a component leaves is taken up anew, as a base is.
	return { ...result, config: mergedConfig(EMPTY, result.config, path) };
}

/** Takes in what another kustomization came to. */
function joined(build: Build, state: State, { resources, config, variables, schema }: State, at: Place): State {
	return {
		resources: withAll(build, state.resources, resources, at),
		config: mergedConfig(state.config, config, at),
		variables: withoutRepeats(build, state.variables, variables),
		schema: state.schema ?? schema,
	};
}

/** Adds objects. One that is there already is refused, and left out. */
export function withAll(build: Build, resources: readonly Resource[], more: readonly Resource[], at: Place): readonly Resource[] {
	if (more.length === 0) return resources;
	const known = keysOf(resources);
	const fresh = more.filter((resource) => {
		const id = idOf(resource);
		const key = keyOf(id);
		if (!known.has(key)) return known.add(key);
		build.problems.push({ kind: "same-object", message: `${label(id)} is there twice`, uri: build.uri, at });
		return false;
	});
	const all = resources.concat(fresh);
	keys.delete(resources);
	keys.set(all, known);
	return all;
}

/** The keys of objects that were joined, handed on to the list that they are joined in next: a kustomization may name thousands of files. */
const keys = new WeakMap<readonly Resource[], Set<string>>();

function keysOf(resources: readonly Resource[]): Set<string> {
	return keys.get(resources) ?? new Set(resources.map((resource) => keyOf(idOf(resource))));
}
