import type { Place } from "../../text/source.ts";
import { entryOf, type MapNode, type Node } from "../../yaml/nodes.ts";
import { parseSource } from "../../yaml/parse.ts";
import { isKustomizationFile } from "../kustomization.ts";
import type { Gap } from "../piece.ts";
import type { Files, Rendered } from "../rendered.ts";
import { accumulateRoot, kustomizationIn } from "./accumulate.ts";
import { problemOf } from "./build.ts";
import type { ChartRenderer } from "./charts.ts";
import { finished } from "./finish.ts";
import { checkOrder } from "./order.ts";
import { isHarmless, type Problem, Refusal } from "./problem.ts";
import type { Resource } from "./resource.ts";

/** What a root kustomization is deployed as. */
export interface RenderedKustomization extends Rendered {
	/** Why `kustomize build` would refuse it or not do what is written, and what nobody can tell without running or fetching something. */
	readonly problems: readonly Problem[];
}

/**
 * Renders the kustomization in a folder as `kustomize build` with its load restrictor off does, but fetches and runs nothing.
 * Where that refuses the whole, the part at fault is left out and the rest is here, with a gap. Nodes stand where a person would
 * change them: what nobody touched in the base, what a patch says in the patch, what a kustomization sets at its entry. `edit` has the
 * kustomization say something else than what is written, as tools do before they build it; `made` is what they take where there is none.
 */
export function renderKustomization(
	files: Files,
	folder: string,
	charts?: ChartRenderer,
	edit: (spec: MapNode) => MapNode = (spec) => spec,
	made?: MapNode,
): RenderedKustomization {
	const found = kustomizationIn(files, folder);
	const file = found instanceof Refusal && found.kind === "not-found" && made ? made : found;
	if (file instanceof Refusal) return result([], [problemOf(file, folder)]);
	const uri = "parts" in file ? file.uri : file.source.uri;
	try {
		const { accumulated, spec } = accumulateRoot(files, folder, file, charts, edit);
		const problems = [...accumulated.problems];
		const order = entryOf(spec, "sortOptions")?.value;
		if (order) noteOrder(order, uri, problems);
		return result(finished(accumulated, spec, folder, problems), problems);
	} catch (error) {
		if (!(error instanceof RangeError)) throw error;
		return result([], [{ kind: "unsupported", message: "This is nested too deeply to be rendered", uri, at: undefined }]);
	}
}

function noteOrder(order: Node, uri: string, problems: Problem[]): void {
	try {
		checkOrder(order);
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		problems.push(problemOf(error, uri));
	}
}

function result(resources: readonly Resource[], problems: readonly Problem[]): RenderedKustomization {
	return { objects: resources.map(objectOf), gaps: problems.filter((problem) => !isHarmless(problem)).map(gapOf), problems };
}

function objectOf({ root, uri, unknown }: Resource) {
	return { root, uri, unknown };
}

function gapOf({ kind, message, uri, at }: Problem): Gap {
	const gap = { reason: message, uri, at };
	return kind === "invalid-document" || (at && LACKING.has(fieldAround(at) ?? "")) ? gap : { ...gap, alters: true };
}

/** Fields that bring objects and change none. */
const LACKING: ReadonlySet<string> = new Set([
	"resources",
	"bases",
	"generators",
	"configMapGenerator",
	"secretGenerator",
	"helmCharts",
	"helmChartInflationGenerator",
	"crds",
	"openapi",
	"validators",
]);

/** The field of a kustomization in which a place lies; of one that is no YAML nobody knows where a field ends. */
function fieldAround(at: Place): string | undefined {
	if (!isKustomizationFile(at.source.uri)) return undefined;
	const { root, broken } = parseSource(at.source);
	const entries = !broken && root?.kind === "map" ? root.entries : [];
	return entries.findLast(({ key }) => key.start <= at.start)?.name;
}
