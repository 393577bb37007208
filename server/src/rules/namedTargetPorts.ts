import { type NamedPort, resolveName } from "../evidence/portName.ts";
import { effectiveSelector } from "../links/links.ts";
import { editDistance } from "../links/nearness.ts";
import { namePort, setProtocol, setTargetPort } from "../links/portEdits.ts";
import { enumerate, printPorts } from "../links/printPorts.ts";
import { declaredPorts, portNamed, portNumbered } from "../links/targetPort.ts";
import { workloadsBehind } from "../links/workloadsBehind.ts";
import { given, isUnreadable } from "../model/field.ts";
import { isPortName } from "../model/forms.ts";
import { describe } from "../model/object.ts";
import { isTaken, knownProtocol, protocolOf, type Service, type ServicePort } from "../model/service.ts";
import type { Workload } from "../model/workload.ts";
import type { Edit } from "../text/source.ts";
import type { Context, Fix, Related, Report } from "./rule.ts";

/** A target port by name that selected Pods do not have. */
export interface NameNotFound {
	readonly report: Report;
	/** None of them has it, in no version of Kubernetes. */
	readonly everywhere: boolean;
}

/** What is wrong with the target ports of a Service that are names, headless or not. */
export function* namesNotFound(service: Service, context: Context): Iterable<NameNotFound> {
	if (!effectiveSelector(service) || service.broken || isUnreadable(service.clusterIP)) return;
	const selection = context.links.selection(service);
	const backends = workloadsBehind(selection);
	for (const port of service.ports) {
		const name = given(port.targetPort);
		const protocol = knownProtocol(port);
		if (typeof name !== "string" || protocol === undefined) continue;
		const resolve = (workload: Workload) => resolveName(context, workload, name, protocol);
		if (selection.uncertain.some((workload) => resolve(workload).verdict !== "no")) continue;
		const results = backends.map((versions) => ({ versions, results: versions.map(resolve) }));
		const found = judge({ service, port, name, protocol }, results);
		if (found) yield found;
	}
}

/** As many of a workload's ports as a person may want to look at. */
const MANY = 12;

interface Wanted {
	readonly service: Service;
	readonly port: ServicePort;
	readonly name: string;
	readonly protocol: string;
}

interface Backend {
	readonly versions: readonly Workload[];
	readonly results: readonly NamedPort[];
}

/** A workload lacks the name when all its versions do; nothing is said when one of them cannot be told. */
function judge(wanted: Wanted, backends: readonly Backend[]): NameNotFound | undefined {
	const all = backends.flatMap(({ results }) => results);
	if (all.length === 0 || all.some(({ verdict }) => verdict === "cannot-tell")) return undefined;
	const lacking = backends.filter(({ results }) => results.every(({ verdict }) => verdict === "no")).flatMap(({ versions }) => versions);
	if (lacking.length === 0) {
		const report = onlySidecars(wanted, backends);
		return report && { report, everywhere: false };
	}
	const having = backends.filter(({ results }) => results.some(({ verdict }) => verdict !== "no"));
	const lack = `targetPort ${wanted.name} is not ${article(wanted.protocol)} of ${enumerate(print(lacking, wanted), "or")}`;
	const have = having.flatMap(({ versions: [first] }) => (first ? [describe(first)] : []));
	const report: Report = {
		at: wanted.port.targetPort?.node ?? wanted.port.node,
		level: having.length > 0 ? "warning" : "error",
		message: having.length > 0 ? `${lack}, which the Service selects beside ${enumerate(have)}` : lack,
		related: lacking.flatMap(relatedPorts),
		fixes: having.length > 0 ? nameOnly(wanted, lacking) : fixes(wanted, lacking),
	};
	return { report, everywhere: having.length === 0 };
}

function article(protocol: string): string {
	return protocol === "TCP" ? "a port" : `a ${protocol} port`;
}

function print(workloads: readonly Workload[], { name, protocol }: Wanted): readonly string[] {
	return [...new Set(workloads.map((workload) => printPorts(workload, { port: name, protocol }) + initOnly(workload, name)))];
}

/** Why a name that stands in the template is not found all the same. */
function initOnly({ template }: Workload, name: string): string {
	const init = template.initContainers.find(({ ports }) => ports.some((port) => port.name?.value === name));
	if (!init) return "";
	const why = init.sidecar ? "is found since 1.33" : "has ended before the Pod serves";
	return `, whose init container ${init.name?.value ?? ""} has it but ${why}`;
}

/** Every workload without it has it in a sidecar, which some of the configured versions do not find. */
function onlySidecars(wanted: Wanted, backends: readonly Backend[]): Report | undefined {
	const results = backends.flatMap(({ results: each }) => each);
	const [first] = results;
	if (first?.verdict !== "by-version" || results.some(({ verdict }) => verdict !== "by-version")) return undefined;
	const container = first.container.name?.value ?? "";
	return {
		at: wanted.port.targetPort?.node ?? wanted.port.node,
		level: "warning",
		message: `targetPort ${wanted.name} is a port of the sidecar ${container} only, which Services do not find before ${first.since}`,
		related: [{ at: first.port.name?.node ?? first.port.node, message: `Sidecar ${container} declares ${wanted.name}` }],
	};
}

function relatedPorts(workload: Workload): readonly Related[] {
	const ports = declaredPorts(workload).slice(0, MANY);
	if (ports.length === 0) return [{ at: workload.metadata.name?.node ?? workload.root, message: `${describe(workload)} declares no port` }];
	return ports.map(({ container, port }) => ({
		at: port.name?.node ?? port.containerPort?.node ?? port.node,
		message: `Container ${container.name?.value ?? ""} declares ${port.name?.value ?? port.containerPort?.value ?? "a port"}`,
	}));
}

/** A name that all of them declare, nearest first; a number of a port without a name; the name for that port. */
function fixes(wanted: Wanted, workloads: readonly Workload[]): readonly Fix[] {
	const { service, port, name, protocol } = wanted;
	const [workload] = workloads;
	const ports = workload
		? declaredPorts(workload)
				.slice(0, MANY)
				.filter((found) => protocolOf(found.port) === protocol)
		: [];
	const names = unique(ports.flatMap((found) => given(found.port.name) ?? [])).filter((other) =>
		workloads.every((each) => portNamed(each, other, protocol)),
	);
	const nameless = ports.filter((found) => given(found.port.name) === undefined).flatMap((found) => given(found.port.containerPort) ?? []);
	const numbers = unique(nameless).filter((other) => workloads.every((each) => portNumbered(each, other, protocol)));
	const others = ["TCP", "UDP", "SCTP"].filter((other) => workloads.every((each) => portNamed(each, name, other)));
	return [
		...others
			.filter((other) => !isTaken(service, port, other))
			.flatMap((other) => fix(`Set protocol to ${other}`, setProtocol(port, other))),
		...names
			.sort((a, b) => editDistance(a, name) - editDistance(b, name))
			.slice(0, 3)
			.flatMap((other) => fix(`Set targetPort to ${other}`, setTargetPort(port, other))),
		...numbers.slice(0, 3).flatMap((number) => fix(`Set targetPort to ${number}`, setTargetPort(port, number))),
		...nameOnly(wanted, workloads),
	];
}

/** Gives the name to the one port that has none, where a container port may have it. */
function nameOnly({ name, protocol }: Wanted, [workload, second]: readonly Workload[]): readonly Fix[] {
	if (!workload || second || !isPortName(name)) return [];
	const all = declaredPorts(workload);
	if (all.length > MANY) return [];
	const [only, other] = all.filter(({ port }) => given(port.name) === undefined && protocolOf(port) === protocol);
	if (!only || other || all.some(({ port }) => port.name?.value === name)) return [];
	return fix(`Name containerPort ${only.port.containerPort?.value ?? ""} ${name}`, namePort(only.port, name));
}

function unique<T>(items: readonly T[]): T[] {
	return [...new Set(items)];
}

function fix(title: string, edit: Edit | undefined): readonly Fix[] {
	return edit ? [{ title, safe: false, edits: [edit] }] : [];
}
