import { firstDocument } from "../../server/src/units/helm/chart/chartFile.ts";
import type { RenderedChart } from "../../server/src/units/helm/chart/gap.ts";
import type { GivenValues } from "../../server/src/units/helm/chart/given.ts";
import { renderChart } from "../../server/src/units/helm/chart/render.ts";
import { openFile } from "../../server/src/yaml/stream.ts";
import type { RecordedUnit } from "./recorded.ts";
import type { Renderer } from "./renderer.ts";

/** The Kubernetes that the answers were recorded for. */
const KUBE_VERSION = "1.36.0";

export const chartRenderer: Renderer = {
	kind: "chart",
	render: (files, folder, unit) => renderChart(files, folder, { values: givenOf(folder, unit), kubeVersion: KUBE_VERSION }),
	edited: (folder) => `${folder}/values.yaml`,
	refusalOf: (rendered) => {
		const [first] = (rendered as RenderedChart).gaps;
		return first && [first.class];
	},
};

function givenOf(folder: string, { values, inline }: RecordedUnit): readonly GivenValues[] {
	const file = values === undefined ? [] : [{ file: `${folder}/${values}` }];
	const node = inline === undefined ? undefined : firstDocument(openFile("inline.json", inline)).root;
	return node ? [...file, { node }] : file;
}
