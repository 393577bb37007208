import { targetPortOf } from "../../server/src/model/service.ts";
import { textAt } from "../../server/src/text/source.ts";
import { setValue } from "../../server/src/yaml/edit.ts";
import { entryOf, type MapNode, type ScalarNode, valueAt } from "../../server/src/yaml/nodes.ts";
import { parseSource } from "../../server/src/yaml/parse.ts";
import type { Data } from "../support/styles.ts";
import { add, type Change, type Mutator, set, spec } from "./mutator.ts";
import type { Fault, Site } from "./site.ts";

/** The kinds of fault in the kustomization that a site is rendered from. */
export const KUSTOMIZATION_MUTATORS: readonly Mutator[] = [
	inMain("kustomization-resource-not-found", "a slip in a resource", (main) => {
		const resources = valueAt(main, "resources");
		const [first] = (resources?.kind === "seq" ? resources.items : []).filter((item) => item.kind === "scalar" && !isRemote(item));
		if (!first || first.source !== main.source) return undefined;
		return { source: first.source, start: first.start, end: first.end, text: JSON.stringify(`${first.kind === "scalar" && first.text}x`) };
	}),
	inMain("kustomization-resource-not-found", "a patch that is not there", (main) =>
		append(main, "patches", { path: "no-such-patch.yaml" }),
	),
	inMain("kustomization-resource-not-found", "a component that is not there", (main) => append(main, "components", "no-such-component")),
	inMain("invalid-kustomization", "a field that there is not", (main) => set(main, "namepreffix", "mutant-")),
	inMain("invalid-kustomization", "a resource twice", (main) => {
		const resources = valueAt(main, "resources");
		const first = resources?.kind === "seq" ? resources.items[0] : undefined;
		return first?.kind === "scalar" && !isRemote(first) && resources?.kind === "seq" ? add(resources, first.text) : undefined;
	}),
	inMain("patch-without-target", "a patch for what is not there", (main) =>
		append(main, "patches", { patch: "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: no-such-thing\nspec:\n  replicas: 2\n" }),
	),
	inMain("patch-without-target", "a target that matches nothing", (main) =>
		append(main, "patches", { target: { kind: "NoSuchKind" }, patch: "- op: remove\n  path: /spec\n" }),
	),
	inMain("patch-without-target", "a count for what is not there", (main) => append(main, "replicas", { name: "no-such-thing", count: 2 })),
	inMain("port-patch-lost", "the protocol on one side only", (main, site) => {
		const [entry] = site.service.ports;
		const port = entry?.port?.value;
		const identity = identityIn(site);
		if (!entry || port === undefined || !identity) return undefined;
		const protocol: { readonly [key: string]: Data } = entry.protocol ? {} : { protocol: "TCP" };
		return append(main, "patches", { patch: patchOf(identity, { port, targetPort: 4242, ...protocol }) });
	}),
	inMain("port-patch-adds", "another number beside the old one", (main, site) => {
		const [entry, second] = site.service.ports;
		const identity = identityIn(site);
		if (!entry || second || !identity || typeof targetPortOf(entry) !== "number") return undefined;
		const protocol: { readonly [key: string]: Data } = entry.protocol?.value ? { protocol: entry.protocol.value } : {};
		return append(main, "patches", { patch: patchOf(identity, { port: 4242, ...protocol }) });
	}),
];

/** The kinds of fault in the chart that a site is rendered from. */
export const CHART_MUTATORS: readonly Mutator[] = [
	{
		rule: "chart-does-not-render",
		fault: "a value of a map that there is not",
		put: ({ unit }) => (isChart(unit) ? { edits: [], files: { "mutant.yaml": "port: {{ .Values.noSuchMap.port }}\n" } } : undefined),
	},
	{
		rule: "chart-does-not-render",
		fault: "a template that there is not",
		put: ({ unit }) => (isChart(unit) ? { edits: [], files: { "mutant.yaml": '{{ include "no.such.template" . }}\n' } } : undefined),
	},
];

function isChart({ renderings }: Site["unit"]): boolean {
	return renderings.length > 0 && renderings.every(({ root }) => root.kind === "chart");
}

/** A fault in the kustomization itself, where nothing of it is hidden: else it may be what hides it. */
function inMain(rule: string, fault: string, change: (main: MapNode, site: Site) => Change): Mutator {
	return spec(rule, fault, (site) => {
		const main = mainOf(site);
		return main && site.unit.complete ? change(main, site) : undefined;
	});
}

/** The root of the kustomization that a site is rendered from. */
function mainOf({ unit }: Site): MapNode | undefined {
	const [rendering, second] = unit.renderings;
	if (!rendering?.main || second || rendering.root.kind !== "kustomize") return undefined;
	const [part] = rendering.files.get(rendering.main)?.parts ?? [];
	const root = part && parseSource(part.source).root;
	return root?.kind === "map" ? root : undefined;
}

/** Deploys more with what a site is rendered from: a file beside its kustomization, named in it. */
export function deployWith(site: Site, file: string): Fault | undefined {
	const main = mainOf(site);
	const edit = main && append(main, "resources", file);
	return edit ? { edits: [edit] } : undefined;
}

function append(main: MapNode, list: string, value: Data) {
	const entry = entryOf(main, list);
	if (!entry) return set(main, list, [value]);
	return entry.value.kind === "seq" && entry.value.items.length > 0 ? add(entry.value, value) : setValue(entry, JSON.stringify([value]));
}

/** The Service's name and namespace as they are written before a kustomization changes them. */
function identityIn({ service }: Site): { readonly [key: string]: Data } | undefined {
	const { name, namespace } = service.metadata;
	const written = (field: typeof name) =>
		field?.node.source === service.source ? textAt(field.node).replace(/^["']|["']$/g, "") : undefined;
	const own = written(name);
	const space = written(namespace);
	return own === undefined ? undefined : { name: own, ...(space === undefined ? {} : { namespace: space }) };
}

function patchOf(metadata: Data, port: Data): string {
	return JSON.stringify({ apiVersion: "v1", kind: "Service", metadata, spec: { ports: [port] } });
}

function isRemote(node: ScalarNode): boolean {
	return /[:?]|^github\.com|\.git/.test(node.text);
}
