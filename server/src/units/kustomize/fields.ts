import type { Shape } from "./shape.ts";

const KINDS = { group: "text", version: "text", kind: "text" } as const;
const ID = { ...KINDS, name: "text", namespace: "text" } as const;
const SELECTOR = { ...ID, annotationSelector: "text", labelSelector: "text" } as const;
const META = { name: "text", namespace: "text", labels: "texts", annotations: "texts" } as const;

/** A place in objects of a kind that something is to be done with. */
export const FIELD_SPEC = { ...KINDS, path: "text", create: "flag" } as const;

const PATCH = {
	path: "text",
	patch: "text",
	target: SELECTOR,
	options: { allowNameChange: "flag", allowKindChange: "flag" },
} as const;
const IMAGE = { name: "text", newName: "text", tagSuffix: "text", newTag: "text", digest: "text" } as const;
const GENERATOR_OPTIONS = { labels: "texts", annotations: "texts", disableNameSuffixHash: "flag", immutable: "flag" } as const;
const GENERATOR = {
	namespace: "text",
	name: "text",
	behavior: "text",
	literals: ["text"],
	files: ["text"],
	envs: ["text"],
	env: "text",
	options: GENERATOR_OPTIONS,
} as const;
const FIELD_OPTIONS = { delimiter: "text", index: "count", encoding: "text", create: "flag" } as const;

export const REPLACEMENT = {
	source: { ...ID, fieldPath: "text", options: FIELD_OPTIONS },
	targets: [{ select: SELECTOR, reject: [SELECTOR], fieldPaths: ["text"], options: FIELD_OPTIONS }],
	sourceValue: "text",
} as const satisfies Shape;

const HELM_CHART = {
	name: "text",
	version: "text",
	repo: "text",
	releaseName: "text",
	namespace: "text",
	additionalValuesFiles: ["text"],
	valuesFile: "text",
	valuesInline: "anything",
	valuesMerge: "text",
	includeCRDs: "flag",
	skipHooks: "flag",
	apiVersions: ["text"],
	kubeVersion: "text",
	nameTemplate: "text",
	skipTests: "flag",
	debug: "flag",
	devel: "flag",
} as const;

/** Every field that a kustomization has. Source: types.Kustomization of kustomize 5.8. */
export const KUSTOMIZATION: Shape = {
	apiVersion: "text",
	kind: "text",
	metadata: META,
	openapi: "texts",
	namePrefix: "text",
	nameSuffix: "text",
	namespace: "text",
	commonLabels: "texts",
	labels: [
		{ pairs: "texts", includeSelectors: "flag", includeTemplates: "flag", includeVolumeClaimTemplates: "flag", fields: [FIELD_SPEC] },
	],
	commonAnnotations: "texts",
	patchesStrategicMerge: ["text"],
	patchesJson6902: [PATCH],
	patches: [PATCH],
	images: [IMAGE],
	imageTags: [IMAGE],
	replacements: [{ ...REPLACEMENT, path: "text" }],
	replicas: [{ name: "text", count: "count" }],
	vars: [{ name: "text", objref: { apiVersion: "text", ...ID }, fieldref: { fieldPath: "text" } }],
	sortOptions: { order: "text", legacySortOptions: { orderFirst: ["text"], orderLast: ["text"] } },
	resources: ["text"],
	components: ["text"],
	crds: ["text"],
	bases: ["text"],
	configMapGenerator: [GENERATOR],
	secretGenerator: [{ ...GENERATOR, type: "text" }],
	helmGlobals: { chartHome: "text", configHome: "text" },
	helmCharts: [HELM_CHART],
	helmChartInflationGenerator: ["anything"],
	generatorOptions: GENERATOR_OPTIONS,
	configurations: ["text"],
	generators: ["text"],
	transformers: ["text"],
	validators: ["text"],
	buildMetadata: ["text"],
};
