import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { Files } from "../../server/src/units/rendered.ts";
import { filesOfTree, memoryFiles, once, type Tree } from "../support/unitFiles.ts";
import type { RecordedUnit } from "./recorded.ts";

/** The files of a corpus as the unit's answer was made with: `linked` folders stand where they were copied to. */
export function filesOf(corpus: string, unit: RecordedUnit): Files {
	const top = `${corpus}/${unit.repo}`;
	if (unit.files) return memoryFiles(top, unit.files);
	const links = (unit.linked ?? []).map(({ to, from }) => ({ to: `${top}/${unit.path}/${to}`, from: `${corpus}/${from}` }));
	return filesOfTree(top, diskTree(links));
}

function diskTree(links: readonly { readonly to: string; readonly from: string }[]): Tree {
	const real = (uri: string) => {
		const link = links.findLast(({ to }) => uri === to || uri.startsWith(`${to}/`));
		return link ? link.from + uri.slice(link.to.length) : uri;
	};
	const read = (uri: string) => {
		const at = real(uri);
		return statSync(at, { throwIfNoEntry: false })?.isFile() ? readFileSync(at) : undefined;
	};
	const list = once((at: string) => {
		const own = entriesOf(real(at));
		const linked = links.flatMap(({ to }) => (to.startsWith(`${at}/`) ? [to.slice(0, endOfPart(to, at.length + 1))] : []));
		if (!own && linked.length === 0) return undefined;
		const named = (wanted: "file" | "folder") => (own ?? []).flatMap(([name, kind]) => (kind === wanted ? [`${at}/${name}`] : []));
		const folders = new Set([...named("folder"), ...linked]);
		return { files: named("file").sort(), folders: [...folders].sort() };
	});
	return { read, list };
}

function endOfPart(uri: string, from: number): number {
	const slash = uri.indexOf("/", from);
	return slash < 0 ? uri.length : slash;
}

function entriesOf(at: string): readonly (readonly [string, "file" | "folder" | "other"])[] | undefined {
	if (!statSync(at, { throwIfNoEntry: false })?.isDirectory()) return undefined;
	return readdirSync(at).map((name) => {
		const stat = statSync(path.join(at, name), { throwIfNoEntry: false });
		return [name, stat?.isFile() ? "file" : stat?.isDirectory() ? "folder" : "other"] as const;
	});
}
