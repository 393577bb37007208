import type { ConfigurationFile } from "../settings/configurationFile.ts";
import type { SettingProblem } from "../settings/shape.ts";
import { readPath } from "../settings/values.ts";
import { nearest } from "../text/nearest.ts";
import { type Node, type ScalarNode, valueAt } from "../yaml/nodes.ts";
import { parseSource } from "../yaml/parse.ts";
import { baseName, folderOf } from "./folder.ts";
import type { Files } from "./rendered.ts";
import { CHART_FILE } from "./role.ts";

/** What the units of a configuration name and is certainly not there: what is unknown, left out or cannot be read is not said. */
export function unfoundIn(files: Files, { uri, source, settings }: ConfigurationFile): readonly SettingProblem[] {
	if (!settings || settings.units.length === 0) return [];
	const look: Look = { files, folder: folderOf(uri) };
	return itemsOf(valueAt(parseSource(source).root, "units")).flatMap((unit) => [
		...textsOf(valueAt(unit, "paths")).flatMap((node) => ofPath(look, node)),
		...textsOf(valueAt(unit, "kustomize")).flatMap((node) => ofRoot(look, node, KUSTOMIZATION)),
		...textsOf(valueAt(unit, "helm")).flatMap((node) => ofChart(look, node, textsOf(valueAt(unit, "values")))),
	]);
}

interface Look {
	readonly files: Files;
	/** The folder that paths are relative to. */
	readonly folder: string;
}

/** What makes a root of a folder. */
interface RootKind {
	readonly noun: string;
	readonly names: readonly string[];
}

const KUSTOMIZATION: RootKind = { noun: "kustomization", names: ["kustomization.yaml", "kustomization.yml", "Kustomization"] };
const CHART: RootKind = { noun: "chart", names: [CHART_FILE] };

function itemsOf(node: Node | undefined): readonly Node[] {
	return node?.kind === "seq" ? node.items : [];
}

function textsOf(node: Node | undefined): readonly ScalarNode[] {
	return (node?.kind === "seq" ? node.items : [node]).flatMap((each) => (each?.kind === "scalar" && each.text !== "" ? [each] : []));
}

/** `undefined` for a text that is no path, which is said elsewhere. */
function pathIn(folder: string, text: string): string | undefined {
	const path = readPath(text);
	return path === undefined ? undefined : path === "" ? folder : `${folder}/${path}`;
}

function ofPath(look: Look, at: ScalarNode): readonly SettingProblem[] {
	const path = pathIn(look.folder, at.text);
	return path === undefined || mayBe(look.files, path) ? [] : [problem(look, at, path, `There is no file or folder ${at.text}`)];
}

function ofRoot(look: Look, at: ScalarNode, kind: RootKind): readonly SettingProblem[] {
	const path = pathIn(look.folder, at.text);
	if (path === undefined || kind.names.some((name) => look.files.has(`${path}/${name}`) !== false)) return [];
	if (look.files.has(path) === true) {
		// A packed chart is no folder, and may be meant all the same.
		if (!kind.names.includes(baseName(path))) return [];
		const meant = at.text.slice(0, at.text.lastIndexOf("/")) || ".";
		return [{ at, message: `${at.text} is a file, and the folder of a ${kind.noun} is wanted: ${meant}`, meant }];
	}
	const isFolder = mayBe(look.files, path);
	return [problem(look, at, path, isFolder ? `There is no ${kind.noun} in ${at.text}` : `There is no folder ${at.text}`)];
}

/** Values files stand in the chart or beside the configuration. */
function ofChart(look: Look, at: ScalarNode, values: readonly ScalarNode[]): readonly SettingProblem[] {
	const chart = pathIn(look.folder, at.text);
	const [fault] = ofRoot(look, at, CHART);
	if (fault || chart === undefined) return fault ? [fault] : [];
	return values.flatMap((file) => {
		const places = [chart, look.folder].flatMap((folder) => pathIn(folder, file.text) ?? []);
		if (places.length === 0 || places.some((place) => look.files.has(place) !== false)) return [];
		const message = `There is no values file ${file.text}, in ${at.text} or beside this configuration`;
		const [near] = places.flatMap((place) => meantBy(look.files, place, file.text) ?? []);
		return [near === undefined ? { at: file, message } : { at: file, message: `${message}; did you mean ${near}?`, meant: near }];
	});
}

function mayBe(files: Files, path: string): boolean {
	return files.has(path) !== false || files.has(`${path}/`) !== false;
}

function problem({ files }: Look, at: ScalarNode, path: string, message: string): SettingProblem {
	const meant = meantBy(files, path, at.text);
	return meant === undefined ? { at, message } : { at, message: `${message}; did you mean ${meant}?`, meant };
}

/** The path as it is written, with its last name as that of something that stands there. */
function meantBy(files: Files, path: string, text: string): string | undefined {
	const folder = folderOf(path);
	const beside = [...(files.folder(folder)?.files.keys() ?? []), ...files.folders(folder)].map(baseName);
	const name = nearest(baseName(path), beside);
	return name === undefined || name === baseName(path) ? undefined : `${text.slice(0, text.lastIndexOf(baseName(path)))}${name}`;
}
