import { isNull, type Node, valueAt } from "../../../yaml/nodes.ts";
import { resolvePath } from "../../folder.ts";
import type { Files } from "../../rendered.ts";
import { firstDocument } from "./chartFile.ts";

/** The folders of the charts that each chart names by a path (`file://../common`), turned round: who uses the chart of a folder. */
export function localUsers(files: Files, charts: readonly string[]): ReadonlyMap<string, readonly string[]> {
	const users = new Map<string, string[]>();
	for (const chart of charts) {
		for (const used of new Set(["Chart.yaml", "requirements.yaml"].flatMap((name) => localIn(files, chart, name)))) {
			const known = users.get(used);
			if (known) known.push(chart);
			else users.set(used, [chart]);
		}
	}
	return users;
}

function localIn(files: Files, chart: string, name: string): readonly string[] {
	const file = files.file(`${chart}/${name}`);
	const listed = file?.text.includes("file://") ? valueAt(firstDocument(file).root, "dependencies") : undefined;
	return listed?.kind === "seq" ? listed.items.flatMap((item) => pathOf(chart, valueAt(item, "repository"))) : [];
}

function pathOf(chart: string, repository: Node | undefined): readonly string[] {
	if (isNull(repository) || repository?.kind !== "scalar" || !repository.text.startsWith("file://")) return [];
	const path = resolvePath(chart, repository.text.slice("file://".length));
	return path === undefined ? [] : [path];
}
