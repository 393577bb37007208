import { attempt, type Build } from "./build.ts";
import { mergePatchesOf, patchesOf } from "./patches.ts";
import type { Resource } from "./resource.ts";

/** What a kustomization does to the objects that it has, in kustomize's order. Source: configureBuiltinTransformers() of its kusttarget. */
export function transformed(build: Build, resources: readonly Resource[]): readonly Resource[] {
	const steps = [...mergePatchesOf(build), ...patchesOf(build)];
	return steps.reduce((all, step) => attempt(build, all, () => step(all)), resources);
}
