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
import { byKind } from "./order.ts";
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
	namePrefix: byKind(NAMES),
	nameSuffix: byKind(NAMES),
	namespace: byKind(NAMESPACES),
	commonLabels: byKind(LABELS),
	labels: [],
	templateLabels: byKind(TEMPLATE_LABELS),
	volumeClaimTemplateLabels: byKind(VOLUME_CLAIM_LABELS),
	commonAnnotations: byKind(ANNOTATIONS),
	varReference: byKind(VARIABLES),
	images: byKind(IMAGES),
	replicas: byKind(REPLICAS),
	nameReference: byKind(REFERENCES),
};

const SPEC_LISTS = [
	...(["namePrefix", "nameSuffix", "namespace", "commonLabels", "labels", "templateLabels"] as const),
	...(["volumeClaimTemplateLabels", "commonAnnotations", "varReference", "images", "replicas"] as const),
] as const;

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

const merged = new WeakMap<Config, WeakMap<Config, Config>>();

/** Both, in the order of their kinds; of what both have, the first one's. Two that differ in whether something is made are refused. */
export function mergedConfig(config: Config, more: Config, at: Place): Config {
	if (config === more || more === EMPTY) return config;
	const known = merged.get(config) ?? new WeakMap<Config, Config>();
	merged.set(config, known);
	let both = known.get(more);
	if (!both) {
		both = bothOf(config, more, at);
		known.set(more, both);
	}
	return both;
}

function bothOf(config: Config, more: Config, at: Place): Config {
	const references = mergedReferences(config.nameReference, more.nameReference, at);
	const nameReference = references === config.nameReference ? references : byKind(references);
	const both = { ...config, nameReference };
	let same = nameReference === config.nameReference;
	for (const name of SPEC_LISTS) {
		both[name] = mergedSpecs(config[name], more[name], at);
		if (both[name] === config[name]) continue;
		both[name] = byKind(both[name]);
		same = false;
	}
	return same ? config : both;
}

/** Source: FsSlice.MergeAll() of kustomize: one that is there for a part of the kinds that the other means counts as the same. */
export function mergedSpecs(specs: readonly FieldSpec[], more: readonly FieldSpec[], at: Place): readonly FieldSpec[] {
	if (specs === more) return specs;
	let result = specs;
	for (const spec of more) {
		const same = result.find((each) => samePath(each, spec) && covers(spec, each));
		if (!same) result = [...result, spec];
		else if (same.create !== spec.create) {
			throw new Refusal("invalid", `The field ${spec.path.join("/")} is configured both with create and without`, at);
		}
	}
	return result;
}

function samePath({ path }: FieldSpec, { path: other }: FieldSpec): boolean {
	return path === other || (path.length === other.length && path.every((part, index) => part === other[index]));
}

function covers(general: FieldSpec, { group = "", version = "", kind = "" }: FieldSpec): boolean {
	const fits = (wanted: string | undefined, value: string) => !wanted || wanted === value;
	return fits(general.group, group) && fits(general.version, version) && fits(general.kind, kind);
}

function mergedReferences(references: readonly NameReference[], more: readonly NameReference[], at: Place): readonly NameReference[] {
	if (references === more) return references;
	let result = references;
	for (const reference of more) {
		const index = result.findIndex((each) => sameKinds(each, reference));
		const same = result[index];
		if (!same) {
			result = [...result, reference];
			continue;
		}
		const referrers = mergedSpecs(same.referrers, reference.referrers, at);
		if (referrers !== same.referrers) result = result.with(index, { ...same, referrers });
	}
	return result;
}

function sameKinds(a: NameReference, b: NameReference): boolean {
	return (a.group ?? "") === (b.group ?? "") && (a.version ?? "") === (b.version ?? "") && (a.kind ?? "") === (b.kind ?? "");
}
