import { configurationOf } from "../units/configurations.ts";
import { folderOf } from "../units/folder.ts";
import { localUsers } from "../units/helm/chart/local.ts";
import type { Root } from "../units/rendering.ts";
import { CHART_FILE } from "../units/role.ts";
import { chartRoot, type Release, type Variant } from "../units/root.ts";
import type { Snapshot } from "./snapshot.ts";
import { worldOf } from "./world.ts";

/** The charts in which a folder lies. */
export function chartsAbove({ charts }: Snapshot, path: string): readonly string[] {
	if (charts.length === 0) return charts;
	let known = chartSets.get(charts);
	if (!known) {
		known = new Set(charts);
		chartSets.set(charts, known);
	}
	const found: string[] = [];
	for (let at = path; at !== ""; at = folderOf(at)) if (known.has(at)) found.push(at);
	return found;
}

/** The charts in which a folder lies, and those that use one of them by its path: a library chart is nothing without them. */
export function chartsAround(snapshot: Snapshot, path: string): readonly string[] {
	const above = chartsAbove(snapshot, path);
	if (above.length === 0) return above;
	const using = above.flatMap((chart) => chartUsers(snapshot).get(chart) ?? []);
	if (using.length === 0) return above;
	return [...new Set([...above.filter((chart) => !isLibraryChart(snapshot, chart)), ...using])];
}

function chartUsers(snapshot: Snapshot): ReadonlyMap<string, readonly string[]> {
	const { charts } = snapshot;
	let key = chartKeys.get(charts);
	if (key === undefined) {
		key = `users of ${charts.join("\n")}`;
		chartKeys.set(charts, key);
	}
	return snapshot.renders.keep(worldOf(snapshot), key, (files) => localUsers(files, charts)).kept.value;
}

/** What names the users of charts among everything that is kept. */
const chartKeys = new WeakMap<readonly string[], string>();

function isLibraryChart({ folders }: Snapshot, path: string): boolean {
	return LIBRARY.test(folders.get(path)?.files.get(`${path}/${CHART_FILE}`)?.text ?? "");
}

/** In any case of letters, as Helm has it. */
const LIBRARY = /^type:\s*["']?library\b/im;

const chartSets = new WeakMap<readonly string[], ReadonlySet<string>>();

/** A chart with some values files, for the newest Kubernetes that is set. */
export function chartAt({ configurations, load }: Snapshot, path: string, variant: Variant, release?: Release, namespace?: string): Root {
	const { cluster, rendering } = configurationOf(configurations, path).settings;
	return chartRoot(load, path, variant, { kubeVersion: `1.${cluster.version.to}`, limits: rendering, release, namespace });
}
