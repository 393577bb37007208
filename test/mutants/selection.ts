import { linksOf } from "../../server/src/links/links.ts";
import { sameFile } from "../../server/src/links/nearestWorkload.ts";
import { nodePortUses } from "../../server/src/links/nodePorts.ts";
import { type Label, labelOf } from "../../server/src/model/labels.ts";
import { namespaceOf } from "../../server/src/model/object.ts";
import { hasNodePorts, isHeadless } from "../../server/src/model/service.ts";
import type { Workload } from "../../server/src/model/workload.ts";
import type { Data } from "../support/styles.ts";
import { absenceDoubt, beside, type Change, type Mutator, remove, set, spec } from "./mutator.ts";
import type { Fault, Mutant, Site } from "./site.ts";

/** A selector that misses its Pods by a little, and things that only one Service can have. */
export const SELECTION_MUTATORS: readonly Mutator[] = [
	value("a letter too many", (text) => `${text}x`),
	value("a letter too few", (text) => text.slice(0, -1)),
	value("two letters swapped", (text) => text.replace(/([a-z])(?!\1)([a-z])/, "$2$1")),
	value("another case", (text) => text.replace(/^[a-z]/, (letter) => letter.toUpperCase())),
	value("a usual ending", (text) => `${text}-svc`),
	value("two letters too many", (text) => (text.length >= 6 ? `${text}xy` : text)),
	miss("label: the Pods have a letter more", (site) => {
		const pair = sharedPair(site);
		if (!pair?.value || site.workload.custom) return undefined;
		const { template, selector } = site.workload;
		const own = labelOf(selector, pair.name) ? [set(selector?.node, pair.name, `${pair.value}x`)] : [];
		return [set(template.labels?.node, pair.name, `${pair.value}x`), ...own];
	}),
	miss("label: one that the Pods lack", ({ service, workload: { template, custom } }) =>
		custom || labelOf(template.labels, "layer") ? undefined : set(service.selector?.node, "layer", "front"),
	),
	miss("label: on the workload instead of its template", ({ service, workload: { metadata, kind, custom } }) => {
		if (custom || kind === "Pod" || metadata.labels) return undefined;
		const layer: Data = { layer: "front" };
		return [set(metadata.node, "labels", layer), set(service.spec, "selector", layer)];
	}),
	miss("another namespace", ({ service, workload }) =>
		namespaceOf(workload) === undefined ? undefined : set(service.metadata.node, "namespace", `${namespaceOf(workload)}-x`),
	),
	miss("another value, alone in a file with one workload", ({ service, workload, unit, ...site }) => {
		const together = [...linksOf(unit).services, ...linksOf(unit).workloads].filter(({ source }) => source.uri === service.source.uri);
		const pair = sharedPair({ service, workload, unit, ...site });
		return together.length === 2 && sameFile(service, workload) && pair ? set(service.selector?.node, pair.name, "quite-other") : undefined;
	}),
	spec("headless-missing-port", "headless with a name that nothing has", ({ service }) =>
		isHeadless(service) ? set(service.ports[0]?.node, "targetPort", "no-such-port") : undefined,
	),
	{ rule: "node-port-conflict", fault: "taken by another file", put: ({ service }) => takenBeside(nodePortUses(service)[0]?.number) },
	{
		rule: "node-port-conflict",
		fault: "taken by another file with another protocol",
		put: ({ service }) => takenBeside(nodePortUses(service)[0]?.number, "UDP"),
	},
	spec("node-port-conflict", "taken by a Service of the file", ({ service, unit }) => {
		const { services } = linksOf(unit);
		const other = services.find((each) => each !== service && each.source.uri === service.source.uri && nodePortUses(each).length > 0);
		const number = other && nodePortUses(other)[0]?.number;
		const [first] = service.ports;
		return hasNodePorts(service) && number !== undefined && first?.nodePort?.value !== number
			? set(first?.node, "nodePort", number)
			: undefined;
	}),
	{
		rule: "cluster-ip-conflict",
		fault: "taken by another file",
		put: ({ service }) => {
			const own = isHeadless(service) ? undefined : set(service.spec, "clusterIP", "10.96.7.7");
			return own && { ...other({ clusterIP: "10.96.7.7", ports: [{ port: 80 }] }), edits: [own] };
		},
	},
	{
		rule: "duplicate-object",
		fault: "the same Service twice in a file",
		orElse: ["invalid-kustomization"],
		cannotTell: ({ unit }) => (unit.kind === "configured" ? "a tool that deploys the later one of two" : undefined),
		put: ({ service: { source, metadata } }) => {
			const document = source.text.replace(/^---[^\n]*\n/, "");
			if (!metadata.name?.value || source.text.includes("items")) return undefined;
			const end = source.text.length;
			const text = `${lineBreak(source.text)}---\n${document}${lineBreak(document)}`;
			return { edits: [{ source, start: end, end, text }] };
		},
	},
	ownSelector("selector-template-mismatch", "a slip in the selector", ({ selector }, pair) =>
		set(selector?.node, pair.name, `${pair.value}x`),
	),
	ownSelector("selector-template-mismatch", "a slip in the template", ({ template }, pair) =>
		set(template.labels?.node, pair.name, `${pair.value}x`),
	),
	ownSelector("selector-template-mismatch", "a label of the selector that the template lacks", ({ selector }) =>
		set(selector?.node, "layer", "front"),
	),
	ownSelector("workload-without-selector", "no selector", ({ holder, kind }) =>
		kind === "ReplicationController" ? undefined : remove(holder, "selector"),
	),
	ownSelector("workload-without-selector", "an empty selector", ({ holder, kind }) =>
		kind === "ReplicationController" ? undefined : set(holder, "selector", {}),
	),
	ownSelector("workload-without-selector", "a selector without matchLabels", ({ holder, kind }, pair) =>
		kind === "ReplicationController" ? undefined : set(holder, "selector", { [pair.name]: pair.value ?? "" }),
	),
	ownSelector("workload-without-selector", "a template without labels", ({ template, kind }) =>
		kind === "ReplicationController" ? undefined : remove(template.node, "metadata"),
	),
];

/** A fault after which a Service selects nothing. */
function miss(fault: string, change: (site: Site) => Change): Mutator {
	return spec("service-without-pods", fault, change, { isFaulty: selectsNothing, cannotTell: absenceDoubt });
}

/** Another value of a pair by which a Service selects. */
function value(fault: string, change: (value: string) => string): Mutator {
	return miss(`label: ${fault}`, (site) => {
		const pair = sharedPair(site);
		const changed = pair?.value && change(pair.value);
		return pair && changed && changed !== pair.value && /\w$/.test(changed)
			? set(site.service.selector?.node, pair.name, changed)
			: undefined;
	});
}

function sharedPair({ service, workload }: Site): Label | undefined {
	return service.selector?.pairs.find(
		({ name, value: own }) => own !== undefined && labelOf(workload.template.labels, name)?.value === own,
	);
}

function selectsNothing({ unit, service }: Mutant): boolean {
	return service !== undefined && linksOf(unit).selection(service).workloads.length === 0;
}

/** A fault in a selector by which a workload of Kubernetes' own knows its Pods. */
function ownSelector(rule: string, fault: string, change: (workload: Workload, pair: Label) => Change): Mutator {
	return spec(
		rule,
		fault,
		({ workload }) => {
			const pair = workload.selector?.pairs.find(({ value: own }) => own);
			const served = /^(apps\/)?v1$/.test(workload.apiVersion) && !workload.custom && !/^(Job|CronJob|Pod)$/.test(workload.kind);
			return pair && served ? change(workload, pair) : undefined;
		},
		{ isFaulty: isStillFaulty, orElse: ["selector-template-mismatch"] },
	);
}

/** The labels that a kustomization gives to all selectors and templates may repair what is written. */
function isStillFaulty({ unit, workload }: Mutant, site: Site): boolean {
	const pairs = (of: Workload | undefined) => of?.selector?.pairs.length ?? 0;
	return unit.kind !== "kustomize" || unit.renderings.length === 0 || pairs(workload) === 0 || pairs(workload) >= pairs(site.workload);
}

function lineBreak(text: string): string {
	return text.endsWith("\n") ? "" : "\n";
}

/** Another Service, in a file of its own. */
function other(fields: Data & object): Fault {
	const metadata = { name: "mutant" };
	return beside({ apiVersion: "v1", kind: "Service", metadata, spec: { selector: { app: "mutant" }, ...fields } as Data });
}

function takenBeside(nodePort: number | undefined, protocol = "TCP"): Fault | undefined {
	return nodePort === undefined ? undefined : other({ type: "NodePort", ports: [{ port: 80, nodePort, protocol }] });
}
