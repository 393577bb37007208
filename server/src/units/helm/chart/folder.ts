import { openFile } from "../../../yaml/stream.ts";
import type { Files } from "../../rendered.ts";
import type { Archive } from "./archive.ts";
import type { ChartFile } from "./chartFile.ts";
import type { Ignores } from "./ignore.ts";

/** A chart that holds more is not read. */
const MAX_FILES = 10_000;

/** The files of a chart's folder in the order in which Helm walks it, without those that `.helmignore` names; a text where there are too many. */
export function filesOfFolder(files: Files, folder: string, ignores: Ignores): readonly ChartFile[] | string {
	const found: ChartFile[] = [];
	const waiting = [folder];
	for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
		const path = at;
		const nameOf = (uri: string) => uri.slice(folder.length + 1);
		for (const uri of urisIn(files, path)) {
			if (!ignores(nameOf(uri), false)) found.push(chartFile(files, uri, nameOf(uri)));
		}
		if (found.length > MAX_FILES) return `The chart's folder holds more than ${MAX_FILES} files`;
		for (const inside of [...files.folders(path)].sort().reverse()) if (!ignores(nameOf(inside), true)) waiting.push(inside);
	}
	return found;
}

function urisIn(files: Files, path: string): readonly string[] {
	const folder = files.folder(path);
	if (!folder) return [];
	const skipped = folder.skipped.map(({ uri }) => uri).filter((uri) => uri.startsWith(`${path}/`) && !uri.endsWith("/"));
	return [...new Set([...folder.files.keys(), ...skipped])].sort();
}

function chartFile(files: Files, uri: string, name: string): ChartFile {
	return { name, uri, file: files.file(uri), bytes: () => files.bytes(uri) };
}

type Unpacked = Exclude<Archive, string>;

const unpacked = new WeakMap<Unpacked, Map<string, readonly ChartFile[]>>();
const UTF8 = new TextDecoder("utf-8", { fatal: true });

/** The files of a packed chart. Their URIs are the archive's with the path inside behind it, as in `common-2.tgz!/values.yaml`. */
export function filesOfArchive(archive: Unpacked, uri: string): readonly ChartFile[] {
	const known = unpacked.get(archive) ?? new Map<string, readonly ChartFile[]>();
	unpacked.set(archive, known);
	const files = known.get(uri) ?? [...archive].map(([name, bytes]) => packedFile(`${uri}!/${name}`, name, bytes));
	known.set(uri, files);
	return files;
}

function packedFile(uri: string, name: string, bytes: Uint8Array): ChartFile {
	const text = textOf(bytes);
	return { name, uri, file: text === undefined ? undefined : openFile(uri, text), bytes: () => bytes };
}

function textOf(bytes: Uint8Array): string | undefined {
	if (bytes.includes(0)) return undefined;
	try {
		return UTF8.decode(bytes);
	} catch {
		return undefined;
	}
}

/** Files below a folder of a chart, by their paths relative to it. */
export function below(files: readonly ChartFile[], folder: string): readonly ChartFile[] {
	return files.flatMap((file) => (file.name.startsWith(`${folder}/`) ? [{ ...file, name: file.name.slice(folder.length + 1) }] : []));
}
