import type { SourceFile } from "../text/file.ts";
import { folderOf, resolvePath } from "../units/folder.ts";
import { effectiveEntries, type Node, type ScalarNode } from "../yaml/nodes.ts";
import { parseSource } from "../yaml/parse.ts";

/** A path that a kustomization names, and what file or folder that is. */
export interface NamedPath {
	readonly scalar: ScalarNode;
	readonly target: string;
}

/** Every path of a kustomization that leads to something local. */
export function pathsIn(file: SourceFile): readonly NamedPath[] {
	const folder = folderOf(file.uri);
	const [part] = file.parts;
	return scalarsAt(part && parseSource(part.source).root, FIELDS).flatMap((scalar) => {
		// A generator's file may have a key of its own.
		const path = scalar.text.replace(/^[^=/]*=/, "");
		const target = path.includes("\n") ? undefined : resolvePath(folder, path);
		return target === undefined ? [] : [{ scalar, target }];
	});
}

/** Fields that hold a path or a list of them, or a map or a list of maps with such. */
type Fields = { readonly [name: string]: "paths" | Fields };

const GENERATOR: Fields = { files: "paths", envs: "paths", env: "paths" };
const CHART: Fields = { valuesFile: "paths", additionalValuesFiles: "paths", values: "paths" };
const FIELDS: Fields = {
	...Object.fromEntries(
		["resources", "bases", "components", "crds", "configurations", "generators", "transformers", "validators", "patchesStrategicMerge"].map(
			(name) => [name, "paths"] as const,
		),
	),
	patches: { path: "paths" },
	patchesJson6902: { path: "paths" },
	replacements: { path: "paths" },
	openapi: { path: "paths" },
	configMapGenerator: GENERATOR,
	secretGenerator: GENERATOR,
	helmCharts: CHART,
	helmChartInflationGenerator: CHART,
};

function scalarsAt(node: Node | undefined, fields: "paths" | Fields): readonly ScalarNode[] {
	if (!node) return [];
	if (node.kind === "seq") return node.items.flatMap((item) => scalarsAt(item, fields));
	if (fields === "paths") return node.kind === "scalar" ? [node] : [];
	if (node.kind === "scalar") return [];
	return effectiveEntries(node).flatMap(({ name, value }) => {
		const inner = Object.hasOwn(fields, name) ? fields[name] : undefined;
		return inner ? scalarsAt(value, inner) : [];
	});
}
