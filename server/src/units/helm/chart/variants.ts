import { folderOf } from "../../folder.ts";
import type { Files } from "../../rendered.ts";

/** Values with which a chart is meant to be deployed, too. */
export interface ChartVariant {
	/** As it is shown: the path of the values file relative to the chart; "" for the chart's own values alone. */
	readonly name: string;
	/** Absent for the chart's own values alone. */
	readonly uri: string | undefined;
}

const IN_CHART = /^values[-.].+\.ya?ml$/;
const IN_CI = /-values\.ya?ml$/;

/**
 * The variants of a chart: its own values, then `values-*.yaml` and `values.*.yaml` beside them, then `ci/*-values.yaml`, which
 * chart-testing installs it with.
 */
export function variantsOf(files: Files, folder: string): readonly ChartVariant[] {
	const named = (path: string, pattern: RegExp) =>
		[...(files.folder(path)?.files.keys() ?? [])]
			.filter((uri) => folderOf(uri) === path && pattern.test(uri.slice(path.length + 1)))
			.sort();
	const uris = [...named(folder, IN_CHART), ...named(`${folder}/ci`, IN_CI)];
	return [{ name: "", uri: undefined }, ...uris.map((uri) => ({ name: uri.slice(folder.length + 1), uri }))];
}
