import { folderOf } from "./folder.ts";
import type { Unit } from "./unit.ts";

/** How units are told apart that a file belongs to: their names, folders relative to the deepest one that holds the file and them all. */
export function unitNames(uri: string, units: readonly Unit[], among: readonly Unit[]): readonly string[] {
	const folders = [folderOf(uri), ...among.filter(isCalledByFolder).map(({ path }) => path)];
	const parts = folders.map((folder) => folder.split("/"));
	const [first = []] = parts;
	let shared = 0;
	while (shared < first.length && parts.every((other) => other[shared] === first[shared])) shared++;
	const variants = among.filter(({ renderings }) => renderings.some(({ root }) => root.variant !== undefined));
	if (variants.length === among.length && new Set(among.map(({ path }) => path)).size === 1) return units.map(variantOf);
	return units.map((unit) => (isCalledByFolder(unit) ? unit.path.split("/").slice(shared).join("/") || unit.path : unit.name));
}

function variantOf(unit: Unit): string {
	return isCalledByFolder(unit) ? unit.renderings[0]?.root.variant || "values.yaml" : unit.name;
}

/** Others have a name that somebody gave them. */
export function isCalledByFolder({ kind, deployer }: Unit): boolean {
	return kind !== "configured" && kind !== "stdin" && !deployer;
}
