import { listens } from "../evidence/listening.ts";
import { type Mention, means, mentionsOf } from "../evidence/serviceNames.ts";
import { servicesNamed } from "../links/links.ts";
import { enumerate } from "../links/printPorts.ts";
import { declaredPorts, portNamed } from "../links/targetPort.ts";
import { isUnreadable } from "../model/field.ts";
import { isPort } from "../model/forms.ts";
import { describe } from "../model/object.ts";
import { isHeadless, knownType, type Service, targetPortOf } from "../model/service.ts";
import type { Workload } from "../model/workload.ts";
import { replace } from "../yaml/edit.ts";
import { type Context, type Fix, type Report, rule } from "./rule.ts";

export const envUrlPortMismatch = rule({
	name: "env-url-port-mismatch",
	levels: ["warning", "hint"],
	on: "Document",
	summary: "A URL in the unit that names a Service with a port which the Service does not have.",
	why: "A name leads to the Service, and clients must dial its port, not that of the Pods behind it: another one is refused or never answers.",
	source: "https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service",
	bad: `
#- api.yaml
apiVersion: v1
kind: Service
metadata:
  name: api
spec:
  selector:
    app: api
  ports:
    - port: 80
      targetPort: 8080
#- web.yaml
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example.com/web:1.0
      env:
        - name: API_URL
          value: http://api:8080/
`,
	good: `
#- api.yaml
apiVersion: v1
kind: Service
metadata:
  name: api
spec:
  selector:
    app: api
  ports:
    - port: 80
      targetPort: 8080
#- web.yaml
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example.com/web:1.0
      env:
        - name: API_URL
          value: http://api:80/
`,
	*check(manifest, context) {
		for (const mention of context.unit.patched ? [] : mentionsOf(manifest)) {
			const { port } = mention;
			const services = port ? servicesNamed(context.unit, mention.name).filter((named) => means(mention, named)) : [];
			const [service, other] = services;
			if (!port || !service || (other && !areOne(services))) continue;
			const lacks = (named: Service) => !named.broken && isWrittenOut(named) && !named.ports.some((own) => own.port?.value === port.number);
			if (services.every(lacks)) yield* mismatch(service, mention, port, context);
		}
	},
});

/** Whether they are one object that a file defines several times. */
function areOne([first, ...others]: readonly Service[]): boolean {
	return others.every(
		({ source, metadata }) => source.uri === first?.source.uri && metadata.namespace?.value === first.metadata.namespace?.value,
	);
}

/** Whether it leads to Pods by ports that can all be read. */
function isWrittenOut(service: Service): boolean {
	const type = knownType(service);
	if (type === undefined || type === "ExternalName" || isUnreadable(service.clusterIP)) return false;
	return service.ports.length > 0 && service.ports.every(({ port }) => port?.state === "set") && !isUnreadable(service.portList);
}

function* mismatch(service: Service, mention: Mention, { number, at }: NonNullable<Mention["port"]>, context: Context): Iterable<Report> {
	const behind = service.ports.find((port) => numbersBehind(service, targetPortOf(port), context).includes(number));
	const asNodePort = service.ports.find(({ nodePort }) => nodePort?.value === number);
	if (!behind && mention.form !== "url") return;
	if (isHeadless(service) && (behind || !isContradicted(service, number, context))) return;
	const meant = behind ?? asNodePort ?? (service.ports.length === 1 ? service.ports[0] : undefined);
	const what = behind ? "the port of its Pods" : asNodePort ? "its node port" : "none of its ports";
	const has = enumerate(service.ports.flatMap(({ port }) => String(port?.value ?? "")));
	const fix: readonly Fix[] =
		meant?.port?.value !== undefined && isPort(meant.port.value)
			? [{ title: `Use port ${meant.port.value}`, safe: false, edits: [replace(at, String(meant.port.value))] }]
			: [];
	yield {
		at,
		level: behind ? "warning" : "hint",
		message: `${describe(service)} has no port ${number}: that is ${what}, and it has ${has}`,
		related: [{ at: (meant ?? service.ports[0])?.port?.node ?? service.root, message: describe(service) }],
		fixes: fix,
		object: mention.holder,
	};
}

/** Nothing translates the ports of a headless Service, so that any port of its Pods will do; none of them has this one. */
function isContradicted(service: Service, number: number, context: Context): boolean {
	const { workloads, uncertain } = context.links.selection(service);
	const lacks = (workload: Workload) => declaredPorts(workload).length > 0 && listens(context, workload, number, "TCP").verdict === "none";
	return uncertain.length === 0 && workloads.length > 0 && workloads.every(lacks);
}

/** What a target port is in the Pods of the Service. */
function numbersBehind(service: Service, target: number | string | undefined, { links }: Context): readonly number[] {
	if (typeof target === "number") return [target];
	if (target === undefined) return [];
	const { workloads } = links.selection(service);
	return workloads.flatMap((workload) => portNamed(workload, target, "TCP")?.port.containerPort?.value ?? []);
}
