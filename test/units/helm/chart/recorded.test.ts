import assert from "node:assert/strict";
import { test } from "node:test";
import { printedBy } from "../../../../server/src/units/helm/chart/manifests.ts";
import { renderChart } from "../../../../server/src/units/helm/chart/render.ts";
import { memoryFiles } from "../../../support/unitFiles.ts";
import { type RecordedChart, recordedCharts } from "./recordedCharts.ts";

const CHART = "/ws/chart";

for (const chart of recordedCharts()) {
	test(`Helm's answer for ${chart.name.replaceAll("-", " ")}`, () => {
		const rendered = renderChart(filesOf(chart), CHART, optionsOf(chart));
		const [first] = rendered.gaps;
		if (!chart.answer.startsWith("Error: ")) {
			assert.equal(first?.reason, undefined);
			assert.equal(printedBy(rendered.documents), chart.answer);
		} else {
			assert.ok(first, `Helm refuses it: ${chart.answer}`);
			const reason = first.reason.split(/: (?:.*(?:YAML|JSON))|;/)[0] ?? first.reason;
			assert.ok(chart.answer.includes(reason), `${first.reason}\ninstead of\n${chart.answer}`);
		}
	});
}

/** Paths may lead out of the chart, to a chart beside it. */
function filesOf({ files }: RecordedChart) {
	const contents = [...files].map(([name, text]) => [name.startsWith("../") ? name.slice("../".length) : `chart/${name}`, text] as const);
	return memoryFiles("/ws", Object.fromEntries(contents));
}

function optionsOf({ args }: RecordedChart) {
	const after = (option: string) => args.flatMap((each, index) => (args[index - 1] === option ? [each] : []));
	const [kubeVersion] = after("--kube-version");
	const values = after("--values").map((name) => ({ file: `${CHART}/${name}` }));
	return kubeVersion === undefined ? { values } : { values, kubeVersion };
}
