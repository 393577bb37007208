import { valueAt } from "../../../yaml/nodes.ts";
import type { Files } from "../../rendered.ts";
import { text } from "../template/text.ts";
import { firstDocument } from "./chartFile.ts";
import { type Chart, loadLocal, loadPacked } from "./load.ts";
import type { Dependency } from "./metadata.ts";
import { isInRange } from "./versions.ts";

/** A chart with what it depends on; where something is missing, an empty chart stands in for it. */
export interface Completed {
	readonly chart: Chart;
	readonly missing: readonly Dependency[];
}

/**
 * Looks for the listed dependencies that are not in `charts/`: those that are named by a path, and packed ones that no listing of the
 * folder showed. Only the top chart's are looked for, as Helm does.
 */
export function withMissing(files: Files, folder: string, chart: Chart): Completed {
	const known = new Set(chart.dependencies.map(({ metadata }) => metadata.texts.name.value));
	const found: Chart[] = [];
	const missing: Dependency[] = [];
	for (const dependency of chart.metadata.dependencies ?? []) {
		const name = dependency.name.value;
		if (known.has(name)) continue;
		known.add(name);
		const other = packed(files, folder, dependency) ?? local(files, folder, dependency);
		if (!other) missing.push(dependency);
		found.push(other ?? emptyChart(chart, dependency));
	}
	return { chart: found.length === 0 ? chart : { ...chart, dependencies: [...chart.dependencies, ...found] }, missing };
}

/** The archive that `helm dependency build` writes, of the version that is locked. */
function packed(files: Files, folder: string, { name }: Dependency): Chart | undefined {
	for (const lock of ["Chart.lock", "requirements.lock"]) {
		const file = files.file(`${folder}/${lock}`);
		const listed = file && valueAt(firstDocument(file).root, "dependencies");
		for (const item of listed?.kind === "seq" ? listed.items : []) {
			const [own, version] = ["name", "version"].map((key) => {
				const node = valueAt(item, key);
				return node?.kind === "scalar" ? node.text : undefined;
			});
			// What is no name of a file would lead out of the folder.
			if (own !== name.value || version === undefined || /[\\/]/.test(own + version)) continue;
			const uri = `${folder}/charts/${own}-${version}.tgz`;
			const bytes = files.bytes(uri);
			const chart = bytes && loadPacked(bytes, uri);
			if (chart && !("reason" in chart)) return chart;
		}
	}
	return undefined;
}

function local(files: Files, folder: string, dependency: Dependency): Chart | undefined {
	const chart = loadLocal(files, folder, dependency);
	if (!chart || "reason" in chart) return undefined;
	const { name, version } = chart.metadata.texts;
	return name.value === dependency.name.value && isInRange(dependency.version.value, version.value) ? chart : undefined;
}

function emptyChart(parent: Chart, { name, version }: Dependency): Chart {
	const none = text("");
	const texts = { ...parent.metadata.texts, name, version, appVersion: none, kubeVersion: none, type: none };
	return {
		uri: parent.uri,
		isStandIn: true,
		metadata: { texts, sources: [], keywords: [], maintainers: [], deprecated: false, annotations: new Map(), dependencies: undefined },
		values: undefined,
		templates: [],
		files: [],
		schema: undefined,
		dependencies: [],
	};
}
