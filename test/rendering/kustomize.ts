import { isHarmless, type Problem } from "../../server/src/units/kustomize/problem.ts";
import { type RenderedKustomization, renderKustomization } from "../../server/src/units/kustomize/render.ts";
import type { Rendered } from "../../server/src/units/rendered.ts";
import type { Renderer } from "./renderer.ts";

export const kustomizeRenderer: Renderer = {
	kind: "kustomize",
	render: (files, folder) => renderKustomization(files, folder),
	edited: (folder) => `${folder}/kustomization.yaml`,
	refusalOf: (rendered) => {
		const [first] = problemsOf(rendered).filter((problem) => !isHarmless(problem));
		return first && (CLASSES[first.kind] ?? [first.kind]);
	},
};

function problemsOf(rendered: Rendered): readonly Problem[] {
	return (rendered as RenderedKustomization).problems;
}

/** What the recorded answers call these. They call "other" what no other class fits, whatever its reason. */
const CLASSES: { readonly [kind in Problem["kind"]]?: readonly string[] } = {
	"not-found": ["missing file"],
	outside: ["missing file"],
	remote: ["remote"],
	plugin: ["plugin"],
	helm: ["helm in kustomize"],
	empty: ["kustomization empty"],
	invalid: ["not a kustomization", "other"],
	"invalid-document": ["rendered or source YAML invalid"],
	"same-object": ["same object twice"],
	component: ["component or not"],
	"no-target": ["other"],
};
