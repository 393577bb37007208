import { listens } from "../../server/src/evidence/listening.ts";
import { resolveName } from "../../server/src/evidence/portName.ts";
import { linksOf } from "../../server/src/links/links.ts";
import { declaredPorts } from "../../server/src/links/targetPort.ts";
import { isHeadless, protocolOf, targetPortOf } from "../../server/src/model/service.ts";
import type { Workload } from "../../server/src/model/workload.ts";
import type { Data } from "../support/styles.ts";
import { beside, edits, type Mutator, set } from "./mutator.ts";
import type { Mutant, Site } from "./site.ts";

/** The kinds of fault between a Service and what it selects, or what names the Service. */
export const TARGET_MUTATORS: readonly Mutator[] = [
	{
		rule: "target-port-name-not-found",
		fault: "a name that no container has",
		put: ({ service }) => {
			const entry = service.ports.find(({ targetPort }) => typeof targetPort?.value === "string" && /[a-z]/.test(targetPort.value));
			const name = entry?.targetPort?.value;
			return entry && !isHeadless(service) ? edits(set(entry.node, "targetPort", `${String(name).slice(0, 12)}-x`)) : undefined;
		},
		cannotTell: nameDoubt,
	},
	{
		rule: "target-port-name-not-found",
		fault: "a number became a name",
		put: ({ service }) => {
			const entry = service.ports.find((each) => typeof targetPortOf(each) === "number");
			return entry && !isHeadless(service) ? edits(set(entry.node, "targetPort", "mutant-port")) : undefined;
		},
		cannotTell: nameDoubt,
	},
	{
		rule: "target-port-name-not-found",
		fault: "the name with another protocol",
		put: ({ service }) => {
			const entry = service.ports.find(({ targetPort }) => typeof targetPort?.value === "string");
			return entry && protocolOf(entry) === "TCP" && !isHeadless(service) ? edits(set(entry.node, "protocol", "UDP")) : undefined;
		},
		isFaulty: ({ unit, service }) =>
			service !== undefined &&
			linksOf(unit)
				.selection(service)
				.workloads.every((workload) => !declaredPorts(workload).some(({ port }) => protocolOf(port) === "UDP")),
		cannotTell: nameDoubt,
	},
	{
		rule: "target-port-not-declared",
		fault: "a number that nothing declares",
		put: ({ service, workload }) => {
			const entry = service.ports.find((each) => typeof targetPortOf(each) === "number");
			const used = declaredPorts(workload).map(({ port }) => port.containerPort?.value ?? 0);
			return entry && edits(set(entry.node, "targetPort", Math.max(...used, 20000) + 7));
		},
		cannotTell: numberDoubt,
	},
	{
		rule: "target-port-not-declared",
		fault: "the number with another protocol",
		put: ({ service }) => {
			const entry = service.ports.find((each) => typeof targetPortOf(each) === "number" && protocolOf(each) === "TCP");
			return entry && edits(set(entry.node, "protocol", "SCTP"));
		},
		cannotTell: numberDoubt,
	},
	{
		rule: "node-port-is-host-port",
		fault: "a hostPort with the number of a nodePort",
		put: ({ service, workload }) => {
			const nodePort = service.ports.find((each) => protocolOf(each) === "TCP")?.nodePort?.value;
			const container = declaredPorts(workload).find(({ port }) => protocolOf(port) === "TCP" && !port.hostPort);
			if (!nodePort || !container || workload.template.hostNetwork?.value || service.type?.value === "ClusterIP") return undefined;
			return edits(set(container.port.node, "hostPort", nodePort));
		},
	},
	{
		rule: "service-selects-job-pods",
		fault: "a Job with the selected labels",
		put: ({ service }) => {
			if (isHeadless(service)) return undefined;
			const containers = [{ name: "migrate", image: "registry.example.com/migrate:1.0", command: ["/migrate", "--once"] }];
			const template = { metadata: { labels: labelsOf(service) }, spec: { restartPolicy: "Never", containers } };
			return beside({ apiVersion: "batch/v1", kind: "Job", metadata: { name: "mutant", ...namespaceIn(service) }, spec: { template } });
		},
		cannotTell: (_, { service }) =>
			service.selector?.pairs.some(({ value }) => value === undefined) ? "a placeholder in the selector" : undefined,
	},
	{
		rule: "ingress-port-not-found",
		fault: "a port that the Service does not have",
		put: ({ service }) => ingress(service, { name: service.metadata.name?.value ?? "", port: { number: 4242 } }),
	},
	{
		rule: "ingress-service-not-found",
		fault: "a slip in the Service's name",
		put: ({ service }) =>
			ingress(service, { name: `${service.metadata.name?.value}x`, port: { number: service.ports[0]?.port?.value ?? 80 } }),
		cannotTell: ({ unit }) => (unit.complete ? undefined : `a unit that is not complete (${unit.kind})`),
	},
	{
		rule: "env-url-port-mismatch",
		fault: "the target port in a URL",
		put: ({ service, workload }) => {
			const [entry] = service.ports;
			const target = entry && targetPortOf(entry);
			const name = service.metadata.name?.value;
			if (isHeadless(service) || typeof target !== "number" || !name || service.ports.some(({ port }) => port?.value === target))
				return undefined;
			const containers = [
				{ name: "client", image: "registry.example.com/client:1.0", env: [{ name: "BACKEND_URL", value: `http://${name}:${target}/` }] },
			];
			return beside({ apiVersion: "v1", kind: "Pod", metadata: { name: "mutant", ...namespaceIn(workload) }, spec: { containers } });
		},
	},
];

function ingress(service: Site["service"], backend: Data) {
	if (!service.metadata.name?.value) return undefined;
	const path = { path: "/", pathType: "Prefix", backend: { service: backend } };
	const spec = { rules: [{ host: "mutant.example.com", http: { paths: [path] } }] };
	return beside({ apiVersion: "networking.k8s.io/v1", kind: "Ingress", metadata: { name: "mutant", ...namespaceIn(service) }, spec });
}

function labelsOf({ selector }: Site["service"]): { readonly [key: string]: string } {
	return Object.fromEntries((selector?.pairs ?? []).map(({ name, value }) => [name, value ?? ""]));
}

function namespaceIn({ metadata }: Site["service"] | Workload): { readonly [key: string]: string } {
	const namespace = metadata.namespace?.value;
	return namespace ? { namespace } : {};
}

/** The rule is silent where a name may be added: patches, placeholders, injected containers. */
function nameDoubt({ unit, service, snapshot }: Mutant): string | undefined {
	if (!service) return undefined;
	const { workloads, uncertain } = linksOf(unit).selection(service);
	for (const entry of service.ports) {
		const name = entry.targetPort?.value;
		const protocol = protocolOf(entry);
		if (typeof name !== "string" || protocol === undefined) continue;
		for (const workload of [...workloads, ...uncertain]) {
			const found = resolveName({ unit, settings: settingsOf(snapshot) }, workload, name, protocol);
			if (found.verdict === "cannot-tell") return found.why;
		}
	}
	return undefined;
}

/** Nothing contradicts a number where no port is declared, and where a process may listen although nothing says so. */
function numberDoubt({ unit, service, snapshot }: Mutant): string | undefined {
	if (!service) return undefined;
	const { workloads, uncertain } = linksOf(unit).selection(service);
	const around = { unit, settings: settingsOf(snapshot) };
	for (const workload of [...workloads, ...uncertain]) {
		if (declaredPorts(workload).length === 0) return "no port is declared";
		for (const entry of service.ports) {
			const number = targetPortOf(entry);
			const protocol = protocolOf(entry);
			if (typeof number !== "number" || protocol === undefined) continue;
			const found = listens(around, workload, number, protocol);
			if (found.verdict === "anywhere") return found.why.replace(/container \S+/, "a container");
			if (found.verdict === "evidence") return `${found.source} names the number`;
		}
	}
	return undefined;
}

function settingsOf(snapshot: Mutant["snapshot"]): Mutant["snapshot"]["configurations"]["base"]["settings"] {
	return snapshot.configurations.base.settings;
}
