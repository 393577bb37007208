import { resolvePath } from "../../folder.ts";
import type { Files } from "../../rendered.ts";
import { valueOfNode } from "../template/nodes.ts";
import type { Dict } from "../template/values.ts";
import { readArchive } from "./archive.ts";
import { type ChartFile, firstDocument } from "./chartFile.ts";
import { below, filesOfArchive, filesOfFolder } from "./folder.ts";
import { readIgnores } from "./ignore.ts";
import { type Dependency, type Metadata, type Refusal, readMetadata } from "./metadata.ts";

/** A chart as it lies there, with the charts in its `charts/`. Immutable. */
export interface Chart {
	/** Of its Chart.yaml. */
	readonly uri: string;
	readonly metadata: Metadata;
	/** What values.yaml holds; `undefined` where there is none. Nobody may change it. */
	readonly values: Dict | undefined;
	readonly templates: readonly ChartFile[];
	/** What `.Files` gives. */
	readonly files: readonly ChartFile[];
	readonly schema: ChartFile | undefined;
	readonly dependencies: readonly Chart[];
	/** Nothing is known of it but that it is wanted, so it fits whatever is asked for. */
	readonly isStandIn?: boolean;
}

/** Why Helm does not load a chart, or why we cannot. */
export interface LoadRefusal extends Refusal {
	readonly uri: string;
}

/** Loads the chart of a folder. Source: pkg/chart/loader of Helm 3. */
export function loadFolder(files: Files, folder: string): Chart | LoadRefusal {
	const ignoreFile = `${folder}/.helmignore`;
	const ignores = readIgnores(files.file(ignoreFile)?.text);
	if (typeof ignores === "string") return { reason: ignores, uri: ignoreFile, at: undefined };
	const found = filesOfFolder(files, folder, ignores);
	if (typeof found === "string") return { reason: found, uri: `${folder}/Chart.yaml`, at: undefined };
	return loadFiles(found, `${folder}/Chart.yaml`);
}

/** Loads the chart that a dependency names by its path (`file://../common`); `undefined` where it names none that may be looked at. */
export function loadLocal(files: Files, folder: string, { repository }: Dependency): Chart | LoadRefusal | undefined {
	const path = repository.value.startsWith("file://") ? repository.value.slice("file://".length) : undefined;
	const at = path === undefined ? undefined : resolvePath(folder, path);
	return at !== undefined && files.isInReach(at) && files.folder(at) ? loadFolder(files, at) : undefined;
}

function loadFiles(files: readonly ChartFile[], uri: string): Chart | LoadRefusal {
	const named = new Map(files.map((file) => [file.name, file]));
	const metadata = loadMetadata(named, uri);
	if ("reason" in metadata) return metadata;
	const values = loadValues(named.get("values.yaml"));
	if (values && "reason" in values) return values;
	const dependencies: Chart[] = [];
	for (const name of new Set(files.flatMap((file) => /^charts\/([^/]+)/.exec(file.name)?.[1] ?? []))) {
		if (/^[_.]/.test(name) || name.endsWith(".prov")) continue;
		const chart = loadSubchart(files, name, uri);
		if ("reason" in chart) {
			return { ...chart, reason: `error unpacking subchart ${name} in ${metadata.texts.name.value}: ${chart.reason}` };
		}
		dependencies.push(chart);
	}
	const isOld = metadata.texts.apiVersion.value === "v1";
	return {
		uri: named.get("Chart.yaml")?.uri ?? uri,
		metadata,
		values,
		templates: files.filter(({ name }) => name.startsWith("templates/")),
		files: files.filter(({ name }) => isForTemplates(name, isOld)),
		schema: named.get("values.schema.json"),
		dependencies,
	};
}

const NOT_FOR_TEMPLATES = new Set(["Chart.yaml", "Chart.lock", "values.yaml", "values.schema.json"]);

function isForTemplates(name: string, isOld: boolean): boolean {
	if (name.startsWith("charts/")) return name.endsWith(".prov");
	if (/^requirements\.(yaml|lock)$/.test(name)) return isOld;
	return !name.startsWith("templates/") && !NOT_FOR_TEMPLATES.has(name);
}

function loadMetadata(named: ReadonlyMap<string, ChartFile>, uri: string): Metadata | LoadRefusal {
	const roots = [];
	for (const name of ["Chart.yaml", "requirements.yaml"]) {
		const found = named.get(name);
		if (!found?.file) continue;
		const { root, problem } = firstDocument(found.file);
		if (problem) return { reason: `cannot load ${name}: ${problem.message}`, uri: found.uri, at: problem.at };
		roots.push({ root, file: name });
	}
	if (!named.get("Chart.yaml")?.file) return { reason: "Chart.yaml file is missing", uri, at: undefined };
	const metadata = readMetadata(roots);
	return "reason" in metadata ? { ...metadata, uri: metadata.at?.source.uri ?? uri } : metadata;
}

function loadValues(found: ChartFile | undefined): Dict | LoadRefusal | undefined {
	if (!found?.file) return undefined;
	const { root, problem } = firstDocument(found.file);
	const { uri } = found;
	if (problem) return { reason: `cannot load values.yaml: ${problem.message}`, uri, at: problem.at };
	const value = valueOfNode(root);
	if (value.kind === "nil") return undefined;
	if (value.kind === "map") return value;
	const reason = "cannot load values.yaml: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal this into a map";
	return { reason, uri, at: root };
}

function loadSubchart(files: readonly ChartFile[], name: string, uri: string): Chart | LoadRefusal {
	if (!name.endsWith(".tgz"))
		return loadFiles(below(files, `charts/${name}`), `${uri.slice(0, uri.lastIndexOf("/"))}/charts/${name}/Chart.yaml`);
	const packed = files.find((file) => file.name === `charts/${name}`);
	const bytes = packed?.bytes();
	if (!packed || !bytes) return { reason: "The packed chart could not be read", uri: packed?.uri ?? uri, at: undefined };
	return loadPacked(bytes, packed.uri);
}

/** Loads a packed chart. What is wrong in it is wrong with the archive. */
export function loadPacked(bytes: Uint8Array, uri: string): Chart | LoadRefusal {
	const archive = readArchive(bytes);
	if (typeof archive === "string") return { reason: archive, uri, at: undefined };
	const chart = loadFiles(filesOfArchive(archive, uri), `${uri}!/Chart.yaml`);
	return "reason" in chart ? { ...chart, uri, at: undefined } : chart;
}
