import type { Files } from "../units/rendered.ts";
import type { Rendering } from "../units/rendering.ts";
import type { Unit } from "../units/unit.ts";
import { type MapNode, valueAt } from "../yaml/nodes.ts";
import { parseSource } from "../yaml/parse.ts";
import { openFile } from "../yaml/stream.ts";
import { writeSortedYaml } from "../yaml/write.ts";
import { deployedIn, objectsOf } from "./deployed.ts";

/** What a tool is run with so that it deploys what a unit does. All paths are names of files and folders. */
export type ToolRun =
	| { readonly tool: "kustomize"; readonly folder: string }
	| {
			readonly tool: "helm";
			readonly folder: string;
			readonly values: readonly string[];
			readonly release: string;
			readonly namespace: string;
			readonly kubeVersion: string;
	  };

/** How a tool is run for a unit, or in words why it is not. */
export function toolRunOf(unit: Unit, files: Files, tool: ToolRun["tool"]): ToolRun | string {
	const [rendering, ...others] = unit.renderings;
	const isOf = tool === "helm" ? "chart" : "kustomize";
	if (!rendering || others.length > 0 || rendering.root.kind !== isOf) return `${tool} does not deploy this file by itself`;
	return tool === "helm" ? helmRun(rendering, files) : kustomizeRun(rendering);
}

function helmRun({ root }: Rendering, files: Files): ToolRun | string {
	const { values = [], release, kubeVersion = "" } = root.chart?.(files) ?? {};
	const named = values.flatMap((each) => ("file" in each ? [each.file] : []));
	if (root.variant === undefined || !release || named.length < values.length) return "its values do not stand in values files alone";
	return {
		tool: "helm",
		folder: root.path,
		values: named,
		release: release.name,
		namespace: release.namespace,
		kubeVersion: `v${kubeVersion}.0`,
	};
}

/** What is not there locally, kustomize would look for in the network. */
function kustomizeRun({ root, gaps }: Rendering): ToolRun | string {
	const [gap] = gaps;
	if (root.id !== `kustomize:${root.path}`) return "a tool changes it before it is deployed";
	return gap ? `kustomize could fetch what is not here: ${gap.reason}` : { tool: "kustomize", folder: root.path };
}

/** What a unit deploys, in an order and a style that do not depend on how it came about. */
export function comparableText(unit: Unit): string {
	return textOf(deployedIn(unit).map(({ root }) => root));
}

/** The same of what a tool has printed. */
export function comparableOutput(printed: string): string {
	return textOf(openFile("", printed).parts.flatMap(({ source }) => objectsOf(parseSource(source).root)));
}

function textOf(objects: readonly MapNode[]): string {
	const all = objects.map((root) => ({ name: nameOf(root), text: writeSortedYaml(root) }));
	return all
		.sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)))
		.map(({ text }) => `---\n${text}`)
		.join("");
}

function nameOf(root: MapNode): string {
	const paths = [["kind"], ["apiVersion"], ["metadata", "namespace"], ["metadata", "name"]] as const;
	return paths
		.map((path) => {
			const node = valueAt(root, ...path);
			return node?.kind === "scalar" ? node.text : "";
		})
		.join(" ");
}
