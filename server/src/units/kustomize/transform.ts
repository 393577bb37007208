import { entryOf } from "../../yaml/nodes.ts";
import { attempt, type Build, type Transformer } from "./build.ts";
import type { Config } from "./config.ts";
import { imagesOf } from "./images.ts";
import { annotationsOf, labelsOf } from "./labels.ts";
import { renamed } from "./names.ts";
import { namespaced } from "./namespace.ts";
import { jsonPatchesOf, mergePatchesOf, patchesOf } from "./patches.ts";
import { type Resources, transformersOf } from "./plugins.ts";
import { replacementsOf } from "./replacements.ts";
import { replicasOf } from "./replicas.ts";
import type { Resource } from "./resource.ts";

/** What a kustomization does to the objects that it has, in kustomize's order. Source: configureBuiltinTransformers() of its kusttarget. */
export function transformed(build: Build, config: Config, resources: readonly Resource[], find: Resources): readonly Resource[] {
	const steps = [
		...mergePatchesOf(build),
		...patchesOf(build),
		...namespaceOf(build, config),
		...namesOf(build, config),
		...labelsOf(build, config),
		...annotationsOf(build, config),
		...jsonPatchesOf(build),
		...replicasOf(build, config),
		...imagesOf(build, config),
		...replacementsOf(build),
		...transformersOf(build, "transformers", find),
	];
	return steps.reduce((all, step) => attempt(build, all, () => step(all)), resources);
}

function namespaceOf(build: Build, config: Config): readonly Transformer[] {
	const namespace = entryOf(build.spec, "namespace")?.value;
	if (namespace?.kind !== "scalar" || !namespace.value) return [];
	const options = { namespace, specs: config.namespace, unsetOnly: false, subjects: "defaultOnly" } as const;
	return [(resources) => namespaced(build, resources, options)];
}

function namesOf(build: Build, config: Config): readonly Transformer[] {
	return (["prefix", "suffix"] as const).flatMap((where) => {
		const text = entryOf(build.spec, where === "prefix" ? "namePrefix" : "nameSuffix")?.value;
		if (text?.kind !== "scalar" || !text.value) return [];
		return [
			(resources: readonly Resource[]) => renamed(resources, text, where, where === "prefix" ? config.namePrefix : config.nameSuffix),
		];
	});
}
