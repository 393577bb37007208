import type { ChartGap, RenderedChart } from "./helm/chart/gap.ts";
import type { Problem } from "./kustomize/problem.ts";
import type { Outcome } from "./rendering.ts";

/** A template that fails takes others along, so nobody knows what is deployed; a chart that is missing only lacks. */
export function chartOutcome({ objects, gaps }: RenderedChart): Outcome {
	const failed = gaps.filter((gap) => FAILURES.has(gap.class)).slice(0, 1);
	const problems = failed.map(({ reason, uri, at }): Problem => ({ kind: "chart", message: reason.replace(/[.\s]+$/, ""), uri, at }));
	return { objects, gaps: gaps.filter(({ harmless }) => !harmless), problems };
}

/** What is at fault in the chart itself; others are of its surroundings, or of ours. */
const FAILURES: ReadonlySet<ChartGap["class"]> = new Set([
	"invalid chart",
	"invalid values",
	"template syntax",
	"missing template",
	"required or fail",
	"nil or type error",
	"rendered YAML invalid",
]);
