import { resolveName } from "../evidence/portName.ts";
import { type Refusal, refusalOf } from "../evidence/refusal.ts";
import { portNumbered } from "../links/targetPort.ts";
import { given, isUnreadable } from "../model/field.ts";
import { describe } from "../model/object.ts";
import { type Container, servingContainers } from "../model/podTemplate.ts";
import { protocolOf, type Service, type ServicePort, targetPortOf } from "../model/service.ts";
import type { Workload } from "../model/workload.ts";
import type { Settings } from "../settings/settings.ts";
import { baseName } from "../units/folder.ts";
import type { Unit } from "../units/unit.ts";
import { spelling } from "./address.ts";
import type { Backend, Backends } from "./backends.ts";
import type { Target, Verdict } from "./path.ts";
import { idleWords } from "./pods.ts";
import { hasProtocol, meantProtocol } from "./protocol.ts";

/** Where the packets for one port of a Service end, whatever address they were sent to. */
export interface Landing {
	readonly to: readonly Target[];
	readonly verdict: Exclude<Verdict, "dropped">;
	readonly why: string | null;
	/** Only what is known of the processes keeps packets from arriving. */
	readonly byProcess?: boolean;
}

/** What lies around a Service. */
export interface Scope {
	readonly unit: Unit;
	readonly settings: Settings;
}

export function landingOf(scope: Scope, service: Service, backends: Backends, entry: ServicePort): Landing {
	if (backends.kind === "none") return { to: [], verdict: backends.absent ? "refused" : "cannot-tell", why: backends.why ?? null };
	const found = backends.list
		.filter(({ versions }) => versions.length > 0)
		.map((backend) => resolveBackend(scope, service, backend, entry));
	const to = found.flatMap(({ targets }) => targets);
	const doubt = doubtAbout(service, entry) ?? backends.why;
	if (doubt !== undefined) return { to, verdict: "cannot-tell", why: doubt };
	if (backends.kind === "written") return writtenLanding(backends, entry);
	const [own] = found;
	if (own?.has === "no" && own.why === undefined && othersMayHave(scope, service, backends, entry))
		return { to: [], verdict: "refused", why: `${describe(own.backend.object)} has no ${portWords(entry)}` };
	return judge(backends, entry, found, to);
}

/** Whether connections go to others than the workload that is asked for. */
function othersMayHave(scope: Scope, service: Service, { list, among }: Backends, entry: ServicePort): boolean {
	if (!among) return false;
	const own = new Set<object>(list.flatMap(({ versions }) => versions));
	const others = among.list.filter(({ object }) => !own.has(object));
	const has = (other: Backend) => resolveBackend(scope, service, other, entry).has;
	return among.open === true || others.some((other) => has(other) === "yes" || has(other) === "cannot-tell");
}

function portWords(entry: ServicePort): string {
	return `port named ${String(targetPortOf(entry))} with protocol ${protocolOf(entry)}`;
}

/** Why nothing can be told about a port, whoever stands behind it. */
function doubtAbout(service: Service, entry: ServicePort): string | undefined {
	if (service.broken) return "The manifest of the Service cannot be read as a whole";
	if (!hasProtocol(entry)) return `protocol ${spelling(entry.protocol)} is none of TCP, UDP and SCTP`;
	if (isUnreadable(entry.port)) return `port ${spelling(entry.port)} cannot be read`;
	return given(entry.port) === undefined ? "The port has no number" : undefined;
}

/** A backend's answer to a target port. */
interface Resolved {
	readonly backend: Backend;
	readonly targets: readonly Target[];
	readonly has: "yes" | "no" | "cannot-tell" | "no-pods";
	readonly why: string | undefined;
	readonly byProcess: boolean;
}

function judge(backends: Backends, entry: ServicePort, found: readonly Resolved[], all: readonly Target[]): Landing {
	const running = found.filter(({ has }) => has !== "no-pods");
	const to = running.length > 0 ? running.flatMap(({ targets }) => targets) : all;
	const unsure = found.find(({ has }) => has === "cannot-tell") ?? (running.length === 0 ? found[0] : undefined);
	const byProcess = !backends.open && running.length > 0 && running.every((each) => each.has === "yes" || each.byProcess);
	if (unsure) return { to, verdict: "cannot-tell", why: unsure.why ?? null, byProcess };
	const lacking = running.filter(({ has }) => has === "no").map(({ backend }) => describe(backend.object));
	if (lacking.length === 0) return { to, verdict: "reaches", why: null };
	const closed = running.find(({ has, why }) => has === "no" && why !== undefined)?.why;
	if (closed !== undefined && lacking.length < running.length) return { to, verdict: "partly", why: closed };
	if (closed !== undefined) return { to, verdict: backends.open ? "cannot-tell" : "refused", why: closed, byProcess };
	const port = portWords(entry);
	if (lacking.length < running.length) {
		return { to, verdict: "partly", why: `${lacking.join(", ")} ${lacking.length > 1 ? "have" : "has"} no ${port}` };
	}
	if (!backends.open) return { to, verdict: "refused", why: `No selected Pod has a ${port}` };
	return { to, verdict: "cannot-tell", why: `No Pod that is known here has a ${port}` };
}

/** Versions of one workload must agree; where they do not, each is a target and nothing can be told. */
function resolveBackend(scope: Scope, service: Service, backend: Backend, entry: ServicePort): Resolved {
	const answers = backend.versions.map((version) => ({ version, ...resolveTarget(scope, version, entry) }));
	const distinct = answers.filter(
		(answer, index) => answers.findIndex(({ podPort, has }) => podPort === answer.podPort && has === answer.has) === index,
	);
	const targets = distinct.map(({ version, podPort, container, has, why }): Target => {
		const refuses = has === "no" ? why : undefined;
		return { object: version, podPort, container, ...(refuses !== undefined && { refuses }) };
	});
	const [first, second] = distinct;
	if (second) return { backend, targets, has: "cannot-tell", why: differing(backend), byProcess: false };
	const [version] = backend.versions;
	const idle = version && idleWords(version, service.publishNotReadyAddresses?.value === true);
	const none = backend.pods !== undefined && backend.pods <= 0 ? `${describe(backend.object)} asks for no Pods` : idle;
	if (none !== undefined) return { backend, targets, has: "no-pods", why: none, byProcess: false };
	return { backend, targets, has: first?.has ?? "cannot-tell", why: first?.why, byProcess: first?.refusal !== undefined };
}

/** `Files that define Deployment web differ (a.yaml, b.yaml)`. */
function differing({ object, versions }: Backend): string {
	const files = [...new Set(versions.map(({ source }) => baseName(source.uri)))];
	return `Files that define ${describe(object)} differ${files.length > 1 ? ` (${files.join(", ")})` : ""}`;
}

/** What a Service's target port is in the Pods of one workload. */
export interface ResolvedPort {
	readonly podPort: number | null;
	readonly container: Container | undefined;
	readonly has: "yes" | "no" | "cannot-tell";
	readonly why: string | undefined;
	/** What speaks against a process that listens on the number. */
	readonly refusal?: Refusal | undefined;
}

/** A number is used as it is, declared or not; a name is looked up in the workload's own ports. */
export function resolveTarget(scope: Scope, workload: Workload, entry: ServicePort): ResolvedPort {
	const target = targetPortOf(entry);
	const protocol = meantProtocol(entry);
	if (target === undefined) {
		const field = entry.targetPort ?? entry.port;
		const why = field ? `${field.key.text} ${spelling(field)} cannot be read` : "The port has no number";
		return { podPort: null, container: undefined, has: "cannot-tell", why };
	}
	if (typeof target === "number") {
		return { podPort: target, container: containerOf(workload, target, protocol), ...listening(scope, workload, target, protocol) };
	}
	const found = resolveName(scope, workload, target, protocol);
	if (found.verdict === "no") return { podPort: null, container: undefined, has: "no", why: undefined };
	if (found.verdict === "cannot-tell") {
		const why = `${describe(workload)} declares no port ${target}, but ${found.why}`;
		return { podPort: null, container: undefined, has: "cannot-tell", why };
	}
	const container = found.verdict === "injected" ? undefined : found.container;
	const podPort = found.number || null;
	if (podPort === null) return { podPort, container, has: "cannot-tell", why: `The number of port ${target} cannot be read` };
	if (found.verdict === "yes") return { podPort, container, ...listening(scope, workload, podPort, protocol) };
	if (found.verdict === "injected") return { podPort, container, has: "yes", why: undefined };
	const why = `A sidecar declares port ${target}, which Services find since Kubernetes ${found.since}`;
	return { podPort, container, has: "cannot-tell", why };
}

/** A packet arrives at the Pod's port only where a process listens. */
function listening(scope: Scope, workload: Workload, number: number, protocol: string): Pick<ResolvedPort, "has" | "why" | "refusal"> {
	const refusal = refusalOf(scope, workload, number, protocol);
	return { has: refusal ? (refusal.verdict === "closed" ? "no" : "cannot-tell") : "yes", why: refusal?.why, refusal };
}

/** The container that declares the number, else the only one that serves. */
export function containerOf(workload: Workload, number: number, protocol: string): Container | undefined {
	const declared = portNumbered(workload, number, protocol)?.container;
	if (declared) return declared;
	const [only, second] = servingContainers(workload.template);
	return second ? undefined : only;
}

/** kube-proxy joins a Service and its endpoints by port name and protocol, never by number. */
function writtenLanding(backends: Backends, entry: ServicePort): Landing {
	if (isUnreadable(entry.name)) return { to: [], verdict: "cannot-tell", why: `name ${spelling(entry.name)} cannot be read` };
	const name = entry.name?.value ?? "";
	const protocol = protocolOf(entry);
	const joined = backends.endpoints.flatMap((endpoints) =>
		endpoints.ports
			.filter((port) => port.name === name && port.protocol === protocol)
			.map((port) => ({ ...endpoints, endpoints, port: port.port })),
	);
	const ready = joined.filter((endpoints) => endpoints.ready > 0);
	const usable = ready.length > 0 ? ready : joined.filter(({ draining }) => draining > 0);
	const to = usable.map(({ object, port, endpoints }): Target => ({ object, podPort: port ?? null, container: undefined, endpoints }));
	if (to.some(({ podPort }) => podPort === null)) return { to, verdict: "cannot-tell", why: "The port of the endpoints cannot be read" };
	if (to.length > 0) return { to, verdict: "reaches", why: null };
	const names = backends.list.map(({ object }) => describe(object)).join(", ");
	if (backends.endpoints.some(({ ports }) => ports.some((port) => !port.isReadable)))
		return { to, verdict: "cannot-tell", why: `A port of ${names} has a name or a protocol that cannot be read` };
	if (joined.length > 0) return { to, verdict: "refused", why: `${names} lists no address that takes connections` };
	const empty = backends.endpoints.every((endpoints) => endpoints.ready + endpoints.draining === 0);
	const port = name === "" ? "unnamed port" : `port named ${name}`;
	return { to, verdict: "refused", why: empty ? `${names} lists no address` : `${names} has no ${port} with protocol ${protocol}` };
}
