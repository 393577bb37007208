import type { Place } from "../../text/source.ts";
import type { FieldSpec } from "./fieldSpec.ts";
import {
	ANNOTATIONS,
	IMAGES,
	LABELS,
	NAMES,
	NAMESPACES,
	REPLICAS,
	TEMPLATE_LABELS,
	VARIABLES,
	VOLUME_CLAIM_LABELS,
} from "./fieldTables.ts";
import { Refusal } from "./problem.ts";
import { type NameReference, REFERENCES } from "./referenceTable.ts";

/** The places that kustomize's transformers work on. */
export interface Config {
	readonly namePrefix: readonly FieldSpec[];
	readonly nameSuffix: readonly FieldSpec[];
	readonly namespace: readonly FieldSpec[];
	readonly commonLabels: readonly FieldSpec[];
	readonly labels: readonly FieldSpec[];
	readonly templateLabels: readonly FieldSpec[];
	readonly volumeClaimTemplateLabels: readonly FieldSpec[];
	readonly commonAnnotations: readonly FieldSpec[];
	readonly varReference: readonly FieldSpec[];
	readonly images: readonly FieldSpec[];
	readonly replicas: readonly FieldSpec[];
	readonly nameReference: readonly NameReference[];
}

export const BUILT_IN: Config = {
	namePrefix: NAMES,
	nameSuffix: NAMES,
	namespace: NAMESPACES,
	commonLabels: LABELS,
	labels: [],
	templateLabels: TEMPLATE_LABELS,
	volumeClaimTemplateLabels: VOLUME_CLAIM_LABELS,
	commonAnnotations: ANNOTATIONS,
	varReference: VARIABLES,
	images: IMAGES,
	replicas: REPLICAS,
	nameReference: REFERENCES,
};

export const EMPTY: Config = {
	namePrefix: [],
	nameSuffix: [],
	namespace: [],
	commonLabels: [],
	labels: [],
	templateLabels: [],
	volumeClaimTemplateLabels: [],
	commonAnnotations: [],
	varReference: [],
	images: [],
	replicas: [],
	nameReference: [],
};

/** Both; of what both have, the first one's. Two that differ in whether something is made are refused. */
export function mergedConfig(config: Config, more: Config, at: Place): Config {
	if (config === more || more === EMPTY) return config;
	if (config === EMPTY) return more;
	return {
		namePrefix: mergedSpecs(config.namePrefix, more.namePrefix, at),
		nameSuffix: mergedSpecs(config.nameSuffix, more.nameSuffix, at),
		namespace: mergedSpecs(config.namespace, more.namespace, at),
		commonLabels: mergedSpecs(config.commonLabels, more.commonLabels, at),
		labels: mergedSpecs(config.labels, more.labels, at),
		templateLabels: mergedSpecs(config.templateLabels, more.templateLabels, at),
		volumeClaimTemplateLabels: mergedSpecs(config.volumeClaimTemplateLabels, more.volumeClaimTemplateLabels, at),
		commonAnnotations: mergedSpecs(config.commonAnnotations, more.commonAnnotations, at),
		varReference: mergedSpecs(config.varReference, more.varReference, at),
		images: mergedSpecs(config.images, more.images, at),
		replicas: mergedSpecs(config.replicas, more.replicas, at),
		nameReference: mergedReferences(config.nameReference, more.nameReference, at),
	};
}

/** Source: FsSlice.MergeAll() of kustomize: one that is there for a part of the kinds that the other means counts as the same. */
export function mergedSpecs(specs: readonly FieldSpec[], more: readonly FieldSpec[], at: Place): readonly FieldSpec[] {
	if (specs === more) return specs;
	const result = [...specs];
	for (const spec of more) {
		const same = result.find((each) => covers(spec, each) && each.path.join("/") === spec.path.join("/"));
		if (!same) result.push(spec);
		else if (same.create !== spec.create) {
			throw new Refusal("invalid", `The field ${spec.path.join("/")} is configured both with create and without`, at);
		}
	}
	return result;
}

function covers(general: FieldSpec, { group = "", version = "", kind = "" }: FieldSpec): boolean {
	const fits = (wanted: string | undefined, value: string) => !wanted || wanted === value;
	return fits(general.group, group) && fits(general.version, version) && fits(general.kind, kind);
}

function mergedReferences(references: readonly NameReference[], more: readonly NameReference[], at: Place): readonly NameReference[] {
	if (references === more) return references;
	const result = [...references];
	for (const reference of more) {
		const index = result.findIndex((each) => sameKinds(each, reference));
		const same = result[index];
		if (same) result[index] = { ...same, referrers: mergedSpecs(same.referrers, reference.referrers, at) };
		else result.push(reference);
	}
	return result;
}

function sameKinds(a: NameReference, b: NameReference): boolean {
	return (a.group ?? "") === (b.group ?? "") && (a.version ?? "") === (b.version ?? "") && (a.kind ?? "") === (b.kind ?? "");
}
