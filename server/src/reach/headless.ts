import { type Refusal, refusalOf } from "../evidence/refusal.ts";
import { declaredPorts } from "../links/targetPort.ts";
import { given } from "../model/field.ts";
import { describe } from "../model/object.ts";
import { type Service, type ServicePort, targetPortOf } from "../model/service.ts";
import { serviceDomainName, spelling, withPort } from "./address.ts";
import type { Backends } from "./backends.ts";
import { type Landing, landingOf, type Scope } from "./landing.ts";
import type { Path, Target } from "./path.ts";
import { meantProtocol } from "./protocol.ts";

/**
 * A headless Service is a name that gives the addresses of its Pods. Nothing translates ports, so clients dial the Pod's own.
 * Source: the DNS specification of kubernetes/dns.
 */
export function headlessPaths(scope: Scope, service: Service, backends: Backends): readonly Path[] {
	if (service.ports.length === 0) return withoutPorts(scope, service, backends);
	return service.ports.flatMap((entry) => pathsOfEntry(scope, service, backends, entry));
}

function pathsOfEntry(scope: Scope, service: Service, backends: Backends, entry: ServicePort): readonly Path[] {
	const landing = landingOf(scope, service, backends, entry);
	const numbers = [...new Set(landing.to.flatMap(({ podPort }) => podPort ?? []))];
	const path = {
		...common(scope, service),
		protocol: meantProtocol(entry),
		servicePort: entry.port?.value ?? null,
		entry,
		at: entry.node,
	};
	if (numbers.length === 0) {
		const target = targetPortOf(entry);
		const port = typeof target === "number" ? target : null;
		return [
			{
				...path,
				...unlisted(landing, backends),
				port,
				address: withPort(path.address, port ?? `${target === undefined ? spelling(entry.targetPort ?? entry.port) : `<${target}>`}`),
			},
		];
	}
	return numbers.map((port): Path => {
		const to = landing.to.filter(({ podPort }) => podPort === port);
		const others = landing.to.filter(({ podPort }) => podPort !== port && podPort !== null);
		const differs = landing.verdict === "reaches" && others.length > 0;
		const why = differs ? `The name gives addresses of Pods that have it at another port, too` : landing.why;
		const verdict = differs ? "partly" : landing.verdict;
		return { ...path, ...landing, to, verdict, why, port, address: withPort(path.address, port), clientAddress: "kept" };
	});
}

/** Without a port in the endpoints the name still gives addresses, so a refusal is no answer here. */
function unlisted(landing: Landing, { kind, endpoints }: Backends): Landing {
	const listed = kind === "written" && endpoints.some(({ ready }) => ready > 0);
	if (landing.verdict !== "refused" || (landing.to.length === 0 && !listed)) return landing;
	return { ...landing, verdict: "cannot-tell", why: `${landing.why}, though the name gives their addresses` };
}

function withoutPorts(scope: Scope, service: Service, backends: Backends): readonly Path[] {
	const path = { ...common(scope, service), servicePort: null, entry: undefined, at: service.portList?.key ?? service.root };
	const workloads = backends.list.flatMap(({ versions }) => versions);
	const certain = backends.kind === "selected";
	const verdict = certain ? "reaches" : "cannot-tell";
	const ports = new Map<string, { port: number; protocol: string; to: Target[]; against: Refusal[] }>();
	for (const workload of workloads) {
		for (const { port, container } of declaredPorts(workload)) {
			const number = given(port.containerPort);
			const protocol = meantProtocol(port);
			if (number === undefined) continue;
			const key = `${number}/${protocol}`;
			const known = ports.get(key) ?? { port: number, protocol, to: [], against: [] };
			ports.set(key, known);
			const refusal = refusalOf(scope, workload, number, protocol);
			if (refusal) known.against.push(refusal);
			known.to.push({ object: workload, podPort: number, container, ...(refusal?.verdict === "closed" && { refuses: refusal.why }) });
		}
	}
	if (ports.size > 0) {
		return [...ports.values()].map(
			({ port, protocol, to, against }): Path => ({
				...path,
				address: withPort(path.address, port),
				protocol,
				port,
				to,
				clientAddress: "kept",
				verdict,
				why: backends.why ?? null,
				...(certain && answered(backends, to, against)),
			}),
		);
	}
	const any = { ...path, protocol: "TCP", port: null };
	if (backends.kind === "written") return [{ ...any, ...writtenAddresses(backends) }];
	const to = workloads.map((object): Target => ({ object, podPort: null, container: undefined }));
	return [{ ...path, protocol: "TCP", port: null, to, clientAddress: certain ? "kept" : null, verdict, why: backends.why ?? null }];
}

/** What is left of a port where something speaks against processes that listen on it. */
function answered(
	{ open }: Backends,
	to: readonly Target[],
	against: readonly Refusal[],
): Pick<Path, "verdict" | "why" | "byProcess"> | undefined {
	const [first] = against;
	if (!first) return undefined;
	const perhaps = against.find((refusal) => refusal.verdict === "perhaps");
	const all = against.length === to.length;
	if (perhaps || (all && open)) return { verdict: "cannot-tell", why: (perhaps ?? first).why, byProcess: !open };
	return all ? { verdict: "refused", why: first.why, byProcess: true } : { verdict: "partly", why: first.why };
}

/** What objects list without any port. */
function writtenAddresses({ endpoints, list }: Backends): Pick<Path, "to" | "verdict" | "why" | "clientAddress"> {
	const to = endpoints
		.filter(({ ready }) => ready > 0)
		.map((each): Target => ({ object: each.object, podPort: null, container: undefined, endpoints: each }));
	if (to.length > 0) return { to, verdict: "reaches", why: null, clientAddress: "kept" };
	return { to, verdict: "refused", why: `${list.map(({ object }) => describe(object)).join(", ")} lists no address`, clientAddress: null };
}

function common(scope: Scope, service: Service) {
	return {
		from: "pod" as const,
		by: "dns" as const,
		client: null,
		address: serviceDomainName(scope.settings, service),
		node: null,
		clientAddress: null,
		direct: true,
	};
}
