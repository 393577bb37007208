import { parseSource } from "../../../yaml/parse.ts";
import type { RenderedObject } from "../../rendered.ts";
import type { ChartNode } from "./tree.ts";

/** What stands in `crds/` of a chart and of its subcharts, which is no template. Source: CRDObjects() of pkg/chart/chart.go. */
export function crdsOf({ chart, dependencies }: ChartNode): readonly RenderedObject[] {
	const files = chart.files.filter(({ name }) => name.startsWith("crds/") && /\.(ya?ml|json)$/.test(name));
	const own = files.flatMap(({ file, uri }) =>
		(file?.parts ?? []).flatMap(({ source }): readonly RenderedObject[] => {
			const { root } = parseSource(source);
			return root?.kind === "map" ? [{ root, uri, unknown: [] }] : [];
		}),
	);
	return [...own, ...dependencies.flatMap(crdsOf)];
}
