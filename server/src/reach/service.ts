import { type Snapshot, settingsOf } from "../links/snapshot.ts";
import { parseAddress } from "../model/address.ts";
import { type Field, given, isUnreadable } from "../model/field.ts";
import { labelOf } from "../model/labels.ts";
import { isHeadless, type Service, type ServicePort, serviceType } from "../model/service.ts";
import type { Workload } from "../model/workload.ts";
import type { Settings } from "../settings/settings.ts";
import type { Unit } from "../units/unit.ts";
import { nodePortHosts, serviceDomainName, spelling, withPort } from "./address.ts";
import { type Backends, backendsOf } from "./backends.ts";
import { externalNamePaths } from "./externalName.ts";
import { isOfFamily, onlyFamily } from "./families.ts";
import { headlessPaths } from "./headless.ts";
import { ingressPaths } from "./ingress.ts";
import { type Landing, landingOf, type Scope } from "./landing.ts";
import { loadBalancerHosts, sourceRanges } from "./loadBalancer.ts";
import { isUnknownType, nodePortOf } from "./nodePort.ts";
import type { From, Path } from "./path.ts";
import { underPolicies } from "./policyPaths.ts";
import { meantProtocol } from "./protocol.ts";
import { remembered } from "./remembered.ts";
import { type Outcome, outcomesOf, type Policy, type ProxiedBy } from "./traffic.ts";
import { untilRendered } from "./unrendered.ts";

/**
 * Every path that leads through a Service: those of Ingresses, then in the order of its ports, for each port from the outside inwards.
 * Of one workload behind it the paths tell what becomes of the connections that its own Pods are given.
 */
export function pathsOfService(snapshot: Snapshot, unit: Unit, service: Service, only?: Workload): readonly Path[] {
	return only ? through(snapshot, unit, service, only) : toAll(snapshot, unit, service);
}

const toAll = remembered<Service>((snapshot, unit, service) => through(snapshot, unit, service));

function through(snapshot: Snapshot, unit: Unit, service: Service, only?: Workload): readonly Path[] {
	const routed = ingressPaths(snapshot, unit, service, only);
	if (serviceType(service) === "ExternalName") return [...routed, ...externalNamePaths(snapshot, unit, service, pathsOfService)];
	const settings = settingsOf(snapshot, unit);
	const backends = backendsOf(snapshot, unit, service, only);
	const scope: Scope = { unit, settings };
	const paths = isHeadless(service)
		? headlessPaths(scope, service, backends)
		: service.ports.flatMap((entry) => pathsOfEntry(settings, unit, service, backends, entry));
	const known = underPolicies(scope, paths).map((path) => (path.verdict === "refused" ? { ...path, clientAddress: null } : path));
	return untilRendered(unit, [...routed, ...known]);
}

const FROM: readonly From[] = ["outside", "node", "pod"];

function pathsOfEntry(settings: Settings, unit: Unit, service: Service, backends: Backends, entry: ServicePort): readonly Path[] {
	const landing = landingOf({ unit, settings }, service, backends, entry);
	const external = externalWays(settings, unit, service, entry);
	const internal = clusterIpWays(settings, service, entry);
	return FROM.flatMap((from) => {
		const ways = from === "pod" ? [...internal, ...external] : [...external, ...internal.filter(({ by }) => by !== "dns")];
		return ways.flatMap((way) => outcomes(settings, entry, from, way, landing));
	});
}

/** An address of the Service, and what decides about connections to it. */
interface Way {
	readonly by: ProxiedBy | "dns";
	readonly address: string;
	readonly port: number | null;
	readonly policy: Policy | undefined;
	/** Why nothing can be told about this address. */
	readonly doubt: string | undefined;
	/** Why nothing answers there. */
	readonly closed?: string | undefined;
	/** CIDRs of the clients that may use it; empty for everybody. */
	readonly ranges: readonly string[];
	/** kube-proxy does not know the address, so even clients in the cluster go out to what holds it. */
	readonly remote?: boolean;
}

function clusterIpWays(settings: Settings, service: Service, entry: ServicePort): readonly Way[] {
	const port = entry.port?.value ?? null;
	const number = port ?? writtenPort(entry);
	const written = clusterIps(service);
	const wrong = written.find((text) => !parseAddress(text));
	const policy = policyOf(service.internalTrafficPolicy);
	const doubt =
		typeDoubt(service) ?? policyDoubt(service.internalTrafficPolicy) ?? (wrong && `clusterIP ${wrong} is no IP address that can be read`);
	const way = { port, policy, doubt, ranges: [] };
	const hosts = written.length > 0 && wrong === undefined ? written : ["clusterIP"];
	return [
		{ ...way, by: "dns", address: withPort(serviceDomainName(settings, service), number) },
		...hosts.map((host): Way => ({ ...way, by: "clusterIP", address: withPort(host, number) })),
	];
}

/** What stands where the number belongs; null for an address without one. */
function writtenPort({ port }: ServicePort): string | null {
	return isUnreadable(port) && port?.node.kind === "scalar" ? spelling(port) : null;
}

function clusterIps(service: Service): readonly string[] {
	const first = isUnreadable(service.clusterIP) ? spelling(service.clusterIP) : given(service.clusterIP);
	if (first === undefined) return [];
	const all = (service.clusterIPs?.value?.items ?? []).flatMap((item) => (item.kind === "scalar" ? [item.text] : []));
	return all.length > 0 ? all : [first];
}

function externalWays(settings: Settings, unit: Unit, service: Service, entry: ServicePort): readonly Way[] {
	const field = service.externalTrafficPolicy;
	const common = { policy: policyOf(field), doubt: typeDoubt(service) ?? policyDoubt(field), ranges: [] };
	const family = onlyFamily(service);
	/** kube-proxy has no rule for an address of the other family. Source: serviceport.go of pkg/proxy. */
	const foreign = (host: string) => (isOfFamily(host, family) ? common.doubt : `The Service has ${family} addresses only`);
	const port = entry.port?.value ?? null;
	const number = port ?? writtenPort(entry);
	const balancers = serviceType(service) === "LoadBalancer" ? loadBalancerHosts(service) : [];
	const ranges = balancers.length > 0 ? sourceRanges(service) : [];
	const nodePort = nodePortOf(settings, service, entry);
	const nodes = nodePort ? nodePortHosts(settings, unit) : { hosts: [], closed: undefined };
	const external = service.externalIPs.flatMap(({ value }) => (value ? [value] : []));
	return [
		...balancers.map(
			({ host, remote }): Way => ({
				...common,
				by: "loadBalancer",
				address: withPort(host, number),
				port,
				ranges,
				remote,
				doubt: foreign(host),
			}),
		),
		...external.map((host): Way => ({ ...common, by: "externalIP", address: withPort(host, number), port, doubt: foreign(host) })),
		...nodes.hosts
			.filter((host) => isOfFamily(host, family))
			.map(
				(host): Way => ({
					...common,
					by: "nodePort",
					address: withPort(host, nodePort?.text ?? null),
					port: nodePort?.number ?? null,
					doubt: common.doubt ?? nodePort?.doubt,
					closed: nodes.closed,
				}),
			),
	];
}

/** Absent and empty policies are Cluster (SetDefaults_Service); another spelling is none that Kubernetes has. */
function policyOf(field: Field<string> | undefined): Policy | undefined {
	if (isUnreadable(field)) return undefined;
	const value = given(field) ?? "Cluster";
	return value === "Cluster" || value === "Local" ? value : undefined;
}

function policyDoubt(field: Field<string> | undefined): string | undefined {
	if (!field || policyOf(field) !== undefined) return undefined;
	return `${field.key.text} ${spelling(field)} ${field.state === "placeholder" ? "cannot be read" : "is neither Cluster nor Local"}`;
}

/** Source: pkg/proxy/config of kube-proxy, which leaves out Services with this label, whatever its value. */
const OTHER_PROXY = "service.kubernetes.io/service-proxy-name";

function typeDoubt(service: Service): string | undefined {
	if (labelOf(service.metadata.labels, OTHER_PROXY)) return `The label ${OTHER_PROXY} hands the Service to another proxy`;
	if (service.type?.state === "placeholder") return `type ${spelling(service.type)} cannot be read`;
	return isUnknownType(service) ? `type "${spelling(service.type)}" is none that a Service can have` : undefined;
}

function outcomes(settings: Settings, entry: ServicePort, from: From, way: Way, landing: Landing): readonly Path[] {
	const { by, policy, ranges, doubt } = way;
	const known = outcomesOf(settings.cluster, by === "dns" ? "clusterIP" : by, policy ?? "Cluster", from);
	const unseen = way.remote && from !== "outside" && policy === "Local";
	const table = unseen ? known.map((outcome) => ({ ...outcome, clientAddress: null })) : known;
	if (table.length === 0) return [];
	const path = { ...common(entry, from, way), node: by === "nodePort" ? ("any" as const) : null };
	const same = policy && table.every(({ clientAddress }) => clientAddress === table[0]?.clientAddress) ? table[0]?.clientAddress : null;
	if (way.closed !== undefined) return [{ ...path, to: [], verdict: "refused", why: way.closed }];
	if (doubt !== undefined)
		return [{ ...path, ...landing, clientAddress: same ?? null, verdict: "cannot-tell", why: doubt, byProcess: false }];
	if (landing.verdict === "refused" && !landing.byProcess) return [{ ...path, ...landing }];
	if (landing.to.length === 0) return [{ ...path, ...landing, clientAddress: same ?? null }];
	const paths = table.map((outcome): Path => ({ ...path, node: outcome.node, client: outcome.client, ...ending(outcome, by, landing) }));
	return ranges.length > 0 ? withinRanges(paths, from, ranges) : paths;
}

function common(entry: ServicePort, from: From, way: Way) {
	return {
		from,
		by: way.by,
		client: null,
		address: way.address,
		protocol: meantProtocol(entry),
		port: way.port,
		servicePort: entry.port?.value ?? null,
		clientAddress: null,
		entry,
		at: entry.node,
	};
}

function ending(outcome: Outcome, by: Way["by"], landing: Landing): Pick<Path, "to" | "verdict" | "why" | "clientAddress"> {
	if (outcome.verdict === "arrives") return { ...landing, clientAddress: outcome.clientAddress };
	const policy = by === "clusterIP" || by === "dns" ? "internalTrafficPolicy" : "externalTrafficPolicy";
	return { to: [], verdict: "dropped", why: `A node without a Pod drops the packets (${policy} Local)`, clientAddress: null };
}

/** kube-proxy drops what comes to a load balancer's address from elsewhere. Where Pods and nodes are in the ranges is not known. */
function withinRanges(paths: readonly Path[], from: From, ranges: readonly string[]): readonly Path[] {
	const list = ranges.join(", ");
	if (from !== "outside") {
		if (paths.every(({ verdict }) => verdict === "refused")) return paths;
		return paths.map((path): Path => ({ ...path, verdict: "cannot-tell", why: `loadBalancerSourceRanges lets in ${list} only` }));
	}
	return paths.flatMap((path): readonly Path[] => [
		{ ...path, client: `from ${list}` },
		{
			...path,
			client: "from other addresses",
			to: [],
			clientAddress: null,
			verdict: "dropped",
			why: `loadBalancerSourceRanges lets in ${list} only`,
		},
	]);
}
