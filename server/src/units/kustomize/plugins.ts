import { entryOf, type MapNode, type Node } from "../../yaml/nodes.ts";
import { attempt, type Build, type State, type Transformer } from "./build.ts";
import { chartResources } from "./chartGenerator.ts";
import { objectsIn } from "./documents.ts";
import { absorbed, generated } from "./generate.ts";
import { withImage } from "./images.ts";
import { inlineRoots } from "./inline.ts";
import { fieldSpecsIn, withEntries } from "./labels.ts";
import { renamed } from "./names.ts";
import { namespaced } from "./namespace.ts";
import { jsonPatchSteps, mergePatchSteps, patchSteps } from "./patches.ts";
import { Refusal } from "./problem.ts";
import { replacementsIn, replacing } from "./replacements.ts";
import { withReplicas } from "./replicas.ts";
import { idOf, label, type Resource } from "./resource.ts";
import { isSet, itemsAt } from "./shape.ts";
import { valueAdded } from "./valueAdd.ts";

/** How the objects of a path are found. */
export type Resources = (path: Node) => State;

/** What stands below `generators`: only what kustomize has built in is run here. */
export function withPluginsGenerated(build: Build, resources: readonly Resource[], find: Resources): readonly Resource[] {
	return configurations(build, "generators", find).reduce(
		(all, { root }) => attempt(build, all, () => more(build, root).reduce((each, made) => absorbed(each, made, root), all)),
		resources,
	);
}

/** What stands below `transformers`. */
export function transformersOf(build: Build, field: "transformers", find: Resources): readonly Transformer[] {
	return configurations(build, field, find).flatMap(({ root }) => attempt(build, [], () => steps(build, root)));
}

/** What stands below `validators` may change nothing. */
export function validated(build: Build, resources: readonly Resource[], find: Resources): readonly Resource[] {
	for (const { root } of configurations(build, "validators", find)) {
		attempt(build, undefined, () => {
			const result = steps(build, root).reduce((all, step) => step(all), resources);
			const isSame = result.length === resources.length && result.every((each, index) => each.root === resources[index]?.root);
			if (!isSame) throw new Refusal("invalid", `${label(idOf({ root }))} changes what it is to validate`, root);
		});
	}
	return resources;
}

/** Objects that configure plugins: written in the kustomization, or in files and folders. */
function configurations(build: Build, field: string, find: Resources): readonly Resource[] {
	return itemsAt(build.spec, field).flatMap((item) => {
		const inline = item.kind === "scalar" ? inlineRoots(item).map(objectsIn) : [];
		const isInline = inline.every(({ faults }) => faults.length === 0) && inline.some(({ objects }) => objects.length > 0);
		if (!isInline) return attempt(build, [], () => find(item).resources);
		return inline.flatMap(({ objects }) => objects.map((root) => ({ root }) as Resource));
	});
}

function builtInKind(root: MapNode): string {
	const id = idOf({ root });
	if (id.group === "" && id.version === "builtin") return id.kind;
	throw new Refusal("plugin", `${label(id)} needs a plugin, which is not run`, root, { name: id.kind });
}

function more(build: Build, root: MapNode): readonly Resource[] {
	const kind = builtInKind(root);
	switch (kind) {
		case "ConfigMapGenerator":
		case "SecretGenerator":
			return [generated(build, withName(root), kind === "ConfigMapGenerator" ? "ConfigMap" : "Secret", undefined)];
		case "HelmChartInflationGenerator":
			return chartResources(build, root, root);
		default:
			throw new Refusal("unsupported", `The generator ${kind} is not run here`, root, { name: kind });
	}
}

/** The arguments' own name and namespace win over those of the configuration. */
function withName(root: MapNode): MapNode {
	const metadata = entryOf(root, "metadata")?.value;
	const added = ["name", "namespace"].flatMap((name) => (entryOf(root, name) ? [] : (entryOf(metadata, name) ?? [])));
	return { ...root, entries: [...root.entries, ...added] };
}

function steps(build: Build, root: MapNode): readonly Transformer[] {
	const kind = builtInKind(root);
	const step = TRANSFORMERS.get(kind);
	if (!step) throw new Refusal("unsupported", `The transformer ${kind} is not run here`, root, { name: kind });
	return step(build, root);
}

const TRANSFORMERS: ReadonlyMap<string, (build: Build, root: MapNode) => readonly Transformer[]> = new Map([
	["NamespaceTransformer", namespaceSteps],
	["PrefixTransformer", (_, root) => nameSteps(root, "prefix")],
	["SuffixTransformer", (_, root) => nameSteps(root, "suffix")],
	["LabelTransformer", (_, root) => entrySteps(root, "labels")],
	["AnnotationsTransformer", (_, root) => entrySteps(root, "annotations")],
	["PatchTransformer", patchSteps],
	["PatchStrategicMergeTransformer", (build, root) => mergePatchSteps(build, [...itemsAt(root, "paths"), ...given(root, "patches")])],
	["PatchJson6902Transformer", (build, root) => jsonPatchSteps(build, renamedField(root, "jsonOp", "patch"))],
	[
		"ReplicaCountTransformer",
		(_, root) => given(root, "replica").map((item) => (all) => withReplicas(all, item, fieldSpecsIn(root, "fieldSpecs"))),
	],
	[
		"ImageTagTransformer",
		(_, root) => given(root, "imageTag").map((item) => (all) => withImage(all, item, fieldSpecsIn(root, "fieldSpecs"))),
	],
	[
		"ReplacementTransformer",
		(build, root) =>
			itemsAt(root, "replacements")
				.flatMap((item) => replacementsIn(build, item))
				.map(replacing),
	],
	["ValueAddTransformer", valueAdded],
]);

function given(root: MapNode, name: string): readonly Node[] {
	const value = entryOf(root, name)?.value;
	return value ? [value] : [];
}

function renamedField(root: MapNode, from: string, to: string): MapNode {
	return { ...root, entries: root.entries.map((entry) => (entry.name === from ? { ...entry, name: to } : entry)) };
}

function namespaceSteps(build: Build, root: MapNode): readonly Transformer[] {
	const namespace = entryOf(entryOf(root, "metadata")?.value, "namespace")?.value;
	if (namespace?.kind !== "scalar" || namespace.text === "") return [];
	const mode = entryOf(root, "setRoleBindingSubjects")?.value;
	const written = mode?.kind === "scalar" ? mode.text : "";
	const subjects = written === "" ? "defaultOnly" : written;
	if (subjects !== "defaultOnly" && subjects !== "allServiceAccounts" && subjects !== "none") {
		throw new Refusal("invalid", `setRoleBindingSubjects is ${subjects}, which is none of defaultOnly, allServiceAccounts and none`, mode);
	}
	const options = { namespace, specs: fieldSpecsIn(root, "fieldSpecs"), unsetOnly: isSet(root, "unsetOnly"), subjects } as const;
	return [(resources) => namespaced(build, resources, options)];
}

function nameSteps(root: MapNode, where: "prefix" | "suffix"): readonly Transformer[] {
	const text = entryOf(root, where)?.value;
	if (!entryOf(root, "fieldSpecs")) throw new Refusal("invalid", "This transformer needs fieldSpecs", root);
	if (text?.kind !== "scalar" || text.text === "") return [];
	return [(resources) => renamed(resources, text, where, fieldSpecsIn(root, "fieldSpecs"))];
}

function entrySteps(root: MapNode, field: "labels" | "annotations"): readonly Transformer[] {
	const pairs = entryOf(root, field)?.value;
	return pairs?.kind === "map" ? [(resources) => withEntries(resources, pairs, fieldSpecsIn(root, "fieldSpecs"))] : [];
}
