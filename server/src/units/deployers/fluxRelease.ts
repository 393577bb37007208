import { entryOf, type Node, type ScalarNode, valueAt } from "../../yaml/nodes.ts";
import { resolvePath } from "../folder.ts";
import type { GivenValues } from "../helm/chart/given.ts";
import { inlineRoots } from "../kustomize/inline.ts";
import { renderOnto } from "../kustomize/onto.ts";
import type { Gap } from "../piece.ts";
import type { Files } from "../rendered.ts";
import type { Outcome } from "../rendering.ts";
import { chartSource } from "./charts.ts";
import { configMapNear, generatedFrom } from "./configMaps.ts";
import type { Deployment } from "./deployment.ts";
import { type FluxObject, type FluxWorld, fluxPath } from "./flux.ts";
import { isTrue, listAt, literalAt, placeholderIn, scalarAt } from "./literal.ts";
import type { FindFolder, FoundFolder, RepositoryPath } from "./repository.ts";

/** The chart of a HelmRelease, where it lies in a repository. */
export function pathOfRelease(object: FluxObject, world: FluxWorld): RepositoryPath | undefined {
	const chart = valueAt(object.root, "spec", "chart", "spec");
	const path = literalAt(chart, "chart");
	return path === undefined ? undefined : fluxPath(object, valueAt(chart, "sourceRef"), path, world);
}

/** What a HelmRelease of Flux deploys. Source: ChartValuesFromReferences() and the actions of helm-controller. */
export function readFluxRelease(files: Files, object: FluxObject, world: FluxWorld, find: FindFolder): Deployment | undefined {
	const { uri, root } = object;
	const name = scalarAt(root, "metadata", "name");
	const place = pathOfRelease(object, world);
	const found = place && find(place);
	if (!name || !found || !files.folder(found.folder)?.files.has(`${found.folder}/Chart.yaml`)) return undefined;
	const unknown: Gap[] = [];
	const doubt = (at: Node, reason: string) => unknown.push({ uri, reason, at, alters: true });
	const hidden = placeholderIn(valueAt(root, "spec"));
	if (hidden) doubt(hidden, "what is filled in here is not known");
	const spec = valueAt(root, "spec");
	const target = scalarAt(spec, "targetNamespace");
	const namespace = target ?? scalarAt(root, "metadata", "namespace");
	const values = valueAt(spec, "values");
	const source = chartSource({
		path: found.folder,
		release: { name: releaseName(spec, target, name), namespace: namespace?.text ?? "default" },
		instead: valuesFiles(spec, found),
		values: [
			...listAt(spec, "valuesFrom").flatMap((from) => valuesFrom(files, uri, from, doubt)),
			...(values?.kind === "map" ? [{ node: values }] : []),
		],
		namespace,
		unknown,
		finish: (outcome, own) => postRendered(own, found.folder, uri, outcome, listAt(spec, "postRenderers")),
	});
	const id = `flux ${uri} HelmRelease ${literalAt(root, "metadata", "namespace") ?? ""}/${name.text}`;
	return { id, name: `HelmRelease ${name.text}`, uri, at: name, reads: [], sources: [source], gaps: [] };
}

/** Source: GetReleaseName() of helm-controller's API. */
function releaseName(spec: Node | undefined, target: ScalarNode | undefined, { text: name }: ScalarNode): string {
	return literalAt(spec, "releaseName") || (target ? `${target.text}-${name}` : name);
}

/** These stand in the place of the chart's own values.yaml. They are relative to the repository. Source: the chart builder of source-controller. */
function valuesFiles(spec: Node | undefined, { root }: FoundFolder): readonly GivenValues[] {
	const chart = valueAt(spec, "chart", "spec");
	const optional = isTrue(chart, "ignoreMissingValuesFiles");
	const files = [...listAt(chart, "valuesFiles"), ...[scalarAt(chart, "valuesFile")].flatMap((file) => file ?? [])];
	return files.flatMap((file) => {
		const uri = resolvePath(root, literalAt(file) ?? "");
		return uri === undefined ? [] : [{ file: uri, optional }];
	});
}

/** Values of a ConfigMap that is written near by or made there; what a Secret holds is not known. */
function valuesFrom(files: Files, uri: string, from: Node, doubt: (at: Node, reason: string) => void): readonly GivenValues[] {
	const name = literalAt(from, "name");
	const key = literalAt(from, "valuesKey") || "values.yaml";
	const path = scalarAt(from, "targetPath");
	if (name !== undefined && literalAt(from, "kind") === "ConfigMap") {
		const made = path ? undefined : generatedFrom(files, uri, name, key);
		if (made !== undefined) return [{ file: made }];
		const value = configMapNear(files, uri, name)?.get(key);
		if (value && path) return [{ set: { name: path.text, value, asText: false } }];
		const [document] = value ? inlineRoots(value) : [];
		if (document?.raw && document.faults.length === 0) return [{ node: document.raw }];
	}
	doubt(from, "the values that stand there are not known");
	return [];
}

function postRendered(files: Files, folder: string, uri: string, outcome: Outcome, renderers: readonly Node[]): Outcome {
	const gaps = [...outcome.gaps];
	let { objects } = outcome;
	for (const renderer of renderers) {
		const kustomize = entryOf(renderer, "kustomize")?.value;
		if (kustomize?.kind !== "map") continue;
		const known = kustomize.entries.filter(({ name }) => name === "patches" || name === "images");
		const others = kustomize.entries.filter(({ name, value }) => name.startsWith("patches") && name !== "patches" && value.kind === "seq");
		const rendered = renderOnto(files, folder, uri, objects, { ...kustomize, entries: known });
		objects = rendered.objects;
		gaps.push(
			...rendered.gaps,
			...others.map(({ key }) => ({ uri, reason: "patches of an old version are not read", at: key, alters: true })),
		);
	}
	return { ...outcome, objects, gaps };
}
