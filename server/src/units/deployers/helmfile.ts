import { entryOf, type Node, valueAt } from "../../yaml/nodes.ts";
import { folderOf, resolvePath } from "../folder.ts";
import type { GivenValues } from "../helm/chart/given.ts";
import type { Gap } from "../piece.ts";
import type { Files } from "../rendered.ts";
import { chartSource } from "./charts.ts";
import type { Deployment } from "./deployment.ts";
import { isSaid, listAt, literalAt, placeholderIn, scalarAt } from "./literal.ts";

/** What the releases of a Helmfile deploy of charts that lie here, each by itself. */
export function readHelmfile(files: Files, uri: string, root: Node): readonly Deployment[] {
	return listAt(root, "releases").flatMap((release) => releaseOf(files, uri, root, release) ?? []);
}

/** Fields that change what Helm prints or what it is given in ways that are not looked at. */
const OTHERS = [
	"secrets",
	"setTemplate",
	"valuesTemplate",
	"setString",
	"inherit",
	"strategicMergePatches",
	"jsonPatches",
	"transformers",
	"postRenderer",
	"postRendererArgs",
	"dependencies",
	"condition",
	"installedTemplate",
];

function releaseOf(files: Files, uri: string, root: Node, release: Node): Deployment | undefined {
	const folder = folderOf(uri);
	const [name, chart] = [scalarAt(release, "name"), literalAt(release, "chart")];
	const path = chart === undefined ? undefined : resolvePath(folder, chart);
	const installed = entryOf(release, "installed")?.value;
	if (!name || path === undefined || !files.folder(path)?.files.has(`${path}/Chart.yaml`)) return undefined;
	if (installed?.kind === "scalar" && installed.value !== true) return undefined;
	const unknown: Gap[] = [];
	const doubt: Doubt = (at) => unknown.push({ uri, reason: "what is filled in or done here is not known", at, alters: true });
	for (const at of [...OTHERS.map((field) => valueAt(release, field)), placeholderIn(release)]) if (at && isSaid(at)) doubt(at);
	const namespace = scalarAt(root, "namespace") ?? scalarAt(release, "namespace");
	const isOptional = literalAt(release, "missingFileHandler") !== undefined && literalAt(release, "missingFileHandler") !== "Error";
	const source = chartSource({
		path,
		release: { name: name.text, namespace: namespace?.text ?? "default" },
		values: [
			...listAt(release, "values").flatMap((each) => valuesIn(folder, each, isOptional, doubt)),
			...listAt(release, "set").flatMap((each) => setIn(each, doubt)),
		],
		namespace,
		kubeVersion: literalAt(release, "kubeVersion") ?? literalAt(root, "kubeVersion"),
		unknown,
	});
	const id = `helmfile ${uri} ${namespace?.text ?? ""}/${name.text}`;
	return { id, name: `Helmfile release ${name.text}`, uri, at: name, reads: [], sources: [source], gaps: [] };
}

type Doubt = (at: Node) => void;

/** A file or a map; one that is made of a template is not read. */
function valuesIn(folder: string, each: Node, isOptional: boolean, doubt: Doubt): readonly GivenValues[] {
	if (each.kind === "map") return [{ node: each }];
	const file = literalAt(each);
	const uri = file === undefined || /[*?]|\.gotmpl$/.test(file) ? undefined : resolvePath(folder, file);
	if (uri === undefined) doubt(each);
	return uri === undefined ? [] : [{ file: uri, optional: isOptional }];
}

function setIn(each: Node, doubt: Doubt): readonly GivenValues[] {
	const [name, value] = [scalarAt(each, "name"), scalarAt(each, "value")];
	if (name && value && !/^\{.*\}$/s.test(value.text)) return [{ set: { name: name.text, value, asText: false } }];
	doubt(each);
	return [];
}
