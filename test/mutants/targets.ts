import { listens } from "../../server/src/evidence/listening.ts";
import { resolveName } from "../../server/src/evidence/portName.ts";
import { hasIngress } from "../../server/src/links/ingressServices.ts";
import { linksOf } from "../../server/src/links/links.ts";
import { declaredPorts } from "../../server/src/links/targetPort.ts";
import { isIngress } from "../../server/src/model/manifest.ts";
import { isHeadless, protocolOf, targetPortOf } from "../../server/src/model/service.ts";
import type { Workload } from "../../server/src/model/workload.ts";
import { setValue } from "../../server/src/yaml/edit.ts";
import type { Data } from "../support/styles.ts";
import { beside, edits, type Mutator, set } from "./mutator.ts";
import type { Fault, Mutant, Site } from "./site.ts";

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
		rule: "target-port-not-declared",
		fault: "the container declares another number",
		put: ({ service, workload }) => {
			const entry = service.ports.find((each) => typeof targetPortOf(each) === "number");
			const own = declaredPorts(workload).filter(({ port }) => port.containerPort?.value === (entry && targetPortOf(entry)));
			const alone = workload.template.containers.length === 1 && declaredPorts(workload).length === 1;
			return own.length === 1 && alone ? edits(set(own[0]?.port.node, "containerPort", 23457)) : undefined;
		},
		cannotTell: numberDoubt,
	},
	{
		rule: "service-selects-job-pods",
		fault: "a Job with the selected labels",
		put: ({ service }) => {
			// By a name a Pod without that port is found not at all.
			if (isHeadless(service) || !service.ports.some((entry) => typeof targetPortOf(entry) === "number")) return undefined;
			return beside({ ...jobIn(service, "Job"), spec: { template: migrating(service) } });
		},
		cannotTell: placeholderDoubt,
	},
	{
		rule: "service-selects-job-pods",
		fault: "a CronJob with the selected labels",
		put: ({ service }) => {
			if (isHeadless(service) || !service.ports.some((entry) => typeof targetPortOf(entry) === "number")) return undefined;
			const spec = { schedule: "0 3 * * *", jobTemplate: { spec: { template: migrating(service) } } };
			return beside({ ...jobIn(service, "CronJob"), spec });
		},
		cannotTell: placeholderDoubt,
	},
	{
		rule: "service-selects-several-workloads",
		fault: "another workload with the selected labels",
		put: ({ service, workload }) => {
			const numbers = service.ports.map(targetPortOf);
			if (isHeadless(service) || !numbers.every((number) => typeof number === "number")) return undefined;
			const template = {
				metadata: { labels: labelsOf(service) },
				spec: { containers: [{ name: "queue", image: "registry.example.com/queue:1.0", ports: [{ containerPort: 23456 }] }] },
			};
			const spec = { selector: { matchLabels: labelsOf(service) }, template };
			return beside({ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "mutant", ...namespaceIn(workload) }, spec });
		},
		cannotTell: (mutant, site) => placeholderDoubt(mutant, site) ?? numberDoubt(mutant),
	},
	{
		rule: "ingress-port-not-found",
		fault: "a port that the Service does not have",
		put: ({ service }) => ingress(service, { name: service.metadata.name?.value ?? "", port: { number: 4242 } }),
	},
	{
		rule: "ingress-port-not-found",
		fault: "a name that the Service does not have",
		put: ({ service }) => ingress(service, { name: service.metadata.name?.value ?? "", port: { name: "no-such-port" } }),
	},
	{
		rule: "ingress-port-not-found",
		fault: "the targetPort",
		put: ({ service }) => {
			const [entry] = service.ports;
			const target = entry && targetPortOf(entry);
			if (typeof target !== "number" || isHeadless(service) || service.ports.some(({ port }) => port?.value === target)) return undefined;
			return ingress(service, { name: service.metadata.name?.value ?? "", port: { number: target } });
		},
	},
	{
		rule: "ingress-service-not-found",
		fault: "a slip in the Service's name",
		put: ({ service, unit }) => {
			const name = service.metadata.name?.value;
			const routes = unit.objects.filter(isIngress).flatMap((each) => each.routes);
			const field = routes.find(({ backend }) => backend.service?.value === name)?.backend.service;
			if (field) return edits(setValue(field, JSON.stringify(`${name}x`)));
			return ingress(service, { name: `${name}x`, port: { number: service.ports[0]?.port?.value ?? 80 } });
		},
		cannotTell: ({ unit }, { service }) => {
			if (!unit.complete) return `a unit that is not complete (${unit.kind})`;
			const isTaken = hasIngress(unit, service.metadata.name?.value ?? "");
			return isTaken ? "another path leads to the Service, so that the name may be another one's" : undefined;
		},
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
			return client(name, target, workload);
		},
	},
	{
		rule: "env-url-port-mismatch",
		fault: "a port in a URL that the Service does not have",
		put: ({ service, workload }) => {
			const name = service.metadata.name?.value;
			return isHeadless(service) || !name ? undefined : client(name, 4242, workload);
		},
	},
];

function client(name: string, port: number, workload: Workload): Fault {
	const env = [{ name: "BACKEND_URL", value: `http://${name}:${port}/` }];
	const containers = [{ name: "client", image: "registry.example.com/client:1.0", env }];
	return beside({ apiVersion: "v1", kind: "Pod", metadata: { name: "mutant", ...namespaceIn(workload) }, spec: { containers } });
}

function jobIn(service: Site["service"], kind: string): { readonly [key: string]: Data } {
	return { apiVersion: "batch/v1", kind, metadata: { name: "mutant", ...namespaceIn(service) } };
}

/** The Pods of a job that end, and listen nowhere. */
function migrating(service: Site["service"]): Data {
	const containers = [{ name: "migrate", image: "registry.example.com/migrate:1.0", command: ["/migrate", "--once"] }];
	return { metadata: { labels: labelsOf(service) }, spec: { restartPolicy: "Never", containers } };
}

function placeholderDoubt(_: Mutant, { service }: Site): string | undefined {
	return service.selector?.pairs.some(({ value }) => value === undefined) ? "a placeholder in the selector" : undefined;
}

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
