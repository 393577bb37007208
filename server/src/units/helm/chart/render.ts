import type { Place } from "../../../text/source.ts";
import { folderOf } from "../../folder.ts";
import type { Files } from "../../rendered.ts";
import type { Limits } from "../template/problem.ts";
import type { Dict, Value } from "../template/values.ts";
import { API_VERSIONS, type Cluster, DEFAULT_KUBE_VERSION, kubeVersionOf } from "./cluster.ts";
import { coalesceValues } from "./coalesce.ts";
import { type Release, type Template, templatesOf } from "./context.ts";
import { crdsOf } from "./crds.ts";
import { processDependencies } from "./dependencies.ts";
import { type ChartGap, ChartProblem, type RenderedChart } from "./gap.ts";
import { type GivenProblem, type GivenValues, readGiven } from "./given.ts";
import { type Chart, loadFolder } from "./load.ts";
import type { Dependency } from "./metadata.ts";
import { type Completed, withMissing } from "./missing.ts";
import { printTemplates } from "./print.ts";
import { firstViolation } from "./schema.ts";
import { type ChartNode, chartTree, isLibrary } from "./tree.ts";
import { isInRange } from "./versions.ts";

export interface ChartOptions {
	/** Laid over the chart's own values, the last winning. */
	readonly values?: readonly GivenValues[];
	/** What stands in the place of the chart's own values, the last winning; with none these stay. */
	readonly instead?: readonly GivenValues[];
	readonly release?: Release;
	/** `1.36` or `v1.36.2`; what Helm takes where it is absent or no version. */
	readonly kubeVersion?: string;
	/** API versions that the cluster serves beside those that Helm knows. */
	readonly apiVersions?: readonly string[];
	/** Has what stands in `crds/` printed, too. */
	readonly includeCrds?: boolean;
	readonly limits?: Limits;
}

/**
 * What `helm template` of Helm 3 prints for the chart of a folder. What Helm refuses as a whole has a gap, the first one with Helm's own
 * reason, and the objects that the rest of its templates give.
 */
export function renderChart(files: Files, folder: string, options: ChartOptions = {}): RenderedChart {
	const top = { uri: `${folder}/Chart.yaml`, at: undefined };
	try {
		const loaded = files.kept(`chart ${folder}`, (own) => loadFolder(own, folder));
		if ("reason" in loaded) return refused({ class: "invalid chart", ...loaded });
		return render(files, withMissing(files, folder, loaded), options);
	} catch (error) {
		// The stack is spent by what is nested too deeply.
		if (error instanceof RangeError) return refused({ class: "budget", reason: "The chart is nested too deeply", ...top });
		throw error;
	}
}

/** What is executed where a chart is rendered, in Helm's order; nothing where Helm refuses the chart before that. */
export function templatesFor(files: Files, folder: string, options: ChartOptions): readonly Template[] {
	const loaded = files.kept(`chart ${folder}`, (own) => loadFolder(own, folder));
	const given = readGiven(files, options.values ?? []);
	if ("reason" in loaded || "reason" in given) return [];
	const completed = withInstead(files, withMissing(files, folder, loaded), options);
	if ("reason" in completed) return [];
	const root = chartTree(completed.chart);
	const { values } = valuesOf(root, given);
	return values ? templatesOf(root, values, options.release ?? RELEASE, clusterOf(options)) : [];
}

function clusterOf({ kubeVersion, apiVersions = [] }: ChartOptions): Cluster {
	return { version: kubeVersionOf(kubeVersion ?? "") ?? DEFAULT_KUBE_VERSION, apiVersions: [...API_VERSIONS, ...apiVersions] };
}

/** What Helm calls a release that has no name, and where it goes. */
const RELEASE: Release = { name: "release-name", namespace: "default" };

/** A chart with what stands in the place of its own values. */
function withInstead(files: Files, completed: Completed, { instead = [] }: ChartOptions): Completed | GivenProblem {
	if (instead.length === 0) return completed;
	const values = readGiven(files, instead);
	return "reason" in values ? values : { ...completed, chart: { ...completed.chart, values } };
}

function render(files: Files, loaded: Completed, options: ChartOptions): RenderedChart {
	const completed = withInstead(files, loaded, options);
	const given = "reason" in completed ? completed : readGiven(files, options.values ?? []);
	if ("reason" in completed || "reason" in given) {
		const { reason, uri, at } = given as GivenProblem;
		return refused({ class: "invalid values", reason, uri, at });
	}
	const { chart, missing } = completed;
	const root = chartTree(chart);
	if (isLibrary(root)) return refused({ class: "library chart", reason: "library charts are not installable", ...topOf(chart) });
	const cluster = clusterOf(options);
	const { values, problem } = valuesOf(root, given);
	const refusals = problem ?? [...schemaGaps(root, values), ...versionGap(chart, cluster.version)];
	const gaps = [...missingGap(chart, missing, root), ...refusals];
	if (!values) return { documents: [], objects: [], gaps };
	const printed = printTemplates(templatesOf(root, values, options.release ?? RELEASE, cluster), options.limits);
	// Without a chart that is wanted, templates fail that are not to blame.
	const others = gaps.some(({ harmless }) => harmless === false) ? [] : printed.gaps;
	const crds = options.includeCrds ? crdsOf(root) : [];
	return { ...printed, objects: [...crds, ...printed.objects], gaps: [...gaps, ...others] };
}

function valuesOf(root: ChartNode, given: Dict): { readonly values?: Dict; readonly problem?: readonly ChartGap[] } {
	try {
		processDependencies(root, given);
		return { values: coalesceValues(root, given, false) };
	} catch (error) {
		if (!(error instanceof ChartProblem)) throw error;
		return { problem: [{ class: error.class, reason: error.message, ...topOf(root.chart) }] };
	}
}

function refused(gap: ChartGap): RenderedChart {
	return { documents: [], objects: [], gaps: [gap] };
}

/** A place for what concerns a chart as a whole: its name. */
function topOf({ uri, metadata }: Chart): { readonly uri: string; readonly at: Place | undefined } {
	return { uri, at: metadata.texts.name.runs?.[0]?.origin?.at };
}

function missingGap(chart: Chart, missing: readonly Dependency[], root: ChartNode): readonly ChartGap[] {
	const [first] = missing;
	if (!first) return [];
	const names = missing.map(({ name }) => name.value).join(", ");
	const reason = `found in Chart.yaml, but missing in charts/ directory: ${names}; \`helm dependency build\` fetches it`;
	const harmless = !root.dependencies.some((node) => node.chart.isStandIn);
	const unbuilt = folderOf(chart.uri);
	return [{ class: "missing dependency", reason, uri: first.at.source.uri || chart.uri, at: first.at, harmless, unbuilt }];
}

/** Source: ValidateAgainstSchema() of pkg/chartutil/jsonschema.go. */
function schemaGaps(node: ChartNode, values: Value | undefined): readonly ChartGap[] {
	if (values?.kind !== "map") return [];
	const { schema } = node.chart;
	const found = schema?.file && firstViolation(schema.file.text, values);
	const below = node.dependencies.flatMap((child) => schemaGaps(child, values.entries.get(child.name.value)));
	if (!schema || !found) return below;
	const name = found.pointer.slice(1).replaceAll("/", ".");
	const reason = `values don't meet the specifications of the schema(s) in the following chart(s); ${node.name.value}: ${name || "values"}: ${found.reason}`;
	return [{ class: "invalid values", reason, uri: found.at?.source.uri ?? schema.uri, at: found.at }, ...below];
}

function versionGap(chart: Chart, version: string): readonly ChartGap[] {
	const { kubeVersion } = chart.metadata.texts;
	if (kubeVersion.value === "" || isInRange(kubeVersion.value, version)) return [];
	const reason = `chart requires kubeVersion: ${kubeVersion.value} which is incompatible with Kubernetes ${version}`;
	return [{ class: "kube version", reason, uri: chart.uri, at: kubeVersion.runs?.[0]?.origin?.at }];
}
