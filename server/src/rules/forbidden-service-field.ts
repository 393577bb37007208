import { given, isPlaceholder, isUnreadable } from "../model/field.ts";
import { isWithin } from "../model/fieldEdits.ts";
import { labelOf } from "../model/labels.ts";
import { placeOf } from "../model/places.ts";
import { clusterIPsOf, knownType, type Service, type ServiceType, SOURCE_RANGES } from "../model/service.ts";
import type { VersionRange } from "../settings/settings.ts";
import { since } from "../settings/since.ts";
import type { Edit } from "../text/source.ts";
import { removeEntry } from "../yaml/edit.ts";
import { type Entry, entryOf, isNull, type MapNode } from "../yaml/nodes.ts";
import { type Fix, type Report, rule } from "./rule.ts";

export const forbiddenServiceField = rule({
	name: "forbidden-service-field",
	levels: ["error", "warning"],
	on: "Service",
	whole: true,
	summary: "A field that Services of this type cannot have.",
	why: "Kubernetes refuses the Service.",
	source: "https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/#ServiceSpec",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
  loadBalancerSourceRanges:
    - 203.0.113.0/24
  selector:
    app: web
  ports:
    - port: 80
`,
	good: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
  selector:
    app: web
  ports:
    - port: 80
`,
	*check(service, { settings, unit }) {
		const type = knownType(service);
		if (!service.spec || type === undefined || (!service.type && unit.patched)) return;
		if (type === "LoadBalancer") yield* kubeletPort(service, settings.cluster.version);
		else yield* loadBalancerOnly(service, service.spec, type);
		yield* healthCheck(service, service.spec, type);
		if (type === "ExternalName") yield* addresses(service, service.spec);
		else if (type !== "ClusterIP") yield* headless(service, service.spec, type);
	},
});

const KUBELET = 10250;

/** The port of the kubelet was kept off load balancers until 1.33 (PR 129174). */
function* kubeletPort({ ports }: Service, version: VersionRange): Iterable<Report> {
	const free = since(33, version);
	for (const { port } of free === "all" ? [] : ports) {
		if (port?.value !== KUBELET) continue;
		const message = `Kubernetes keeps port ${KUBELET}, the kubelet's, off load balancers before 1.33`;
		yield free === "none" ? { at: placeOf(port), message, kubernetes: "refuses" } : { at: placeOf(port), level: "warning", message };
	}
}

/** Both fields but the list are pointers, so that any value but null counts. */
function* loadBalancerOnly(service: Service, spec: MapNode, type: ServiceType): Iterable<Report> {
	for (const name of ["loadBalancerClass", "allocateLoadBalancerNodePorts", "loadBalancerSourceRanges"]) {
		const entry = written(spec, name);
		if (entry) yield forbidden(spec, [entry], `Only a Service of type LoadBalancer has ${name}, and this one is of type ${type}`);
	}
	const { annotations } = service.metadata;
	const annotation = labelOf(annotations, SOURCE_RANGES);
	const entry = entryOf(annotations?.node, SOURCE_RANGES);
	if (annotations?.node.kind !== "map" || !annotation || !entry || annotation.state === "wrong-type" || hasRanges(spec)) return;
	yield forbidden(
		annotations.node,
		[entry],
		`Only a Service of type LoadBalancer has the annotation ${SOURCE_RANGES}, and this one is of type ${type}`,
	);
}

/** Then the annotation is not looked at. */
function hasRanges(spec: MapNode): boolean {
	const list = entryOf(spec, "loadBalancerSourceRanges")?.value;
	return list !== undefined && !isNull(list) && !(list.kind === "seq" && list.items.length === 0);
}

/** An entry with a value, which is not null and no empty list; one that consists of placeholders cannot be told. */
function written(spec: MapNode, name: string): Entry | undefined {
	const entry = entryOf(spec, name);
	if (!entry || isNull(entry.value) || isPlaceholder(entry.value)) return undefined;
	return entry.value.kind === "seq" && entry.value.items.every(isPlaceholder) ? undefined : entry;
}

/** Source: NeedsHealthCheck of pkg/api/service/util.go. What an unknown policy would need cannot be told. */
function* healthCheck({ healthCheckNodePort, externalTrafficPolicy }: Service, spec: MapNode, type: ServiceType): Iterable<Report> {
	const entry = entryOf(spec, "healthCheckNodePort");
	if (!entry || given(healthCheckNodePort) === undefined) return;
	const policy = isUnreadable(externalTrafficPolicy) ? undefined : (given(externalTrafficPolicy) ?? "Cluster");
	if (type === "LoadBalancer" && policy !== "Cluster") return;
	const why = type === "LoadBalancer" ? "has externalTrafficPolicy Cluster" : `is of type ${type}`;
	yield forbidden(
		spec,
		[entry],
		`Only a Service of type LoadBalancer with externalTrafficPolicy Local has a healthCheckNodePort, and this one ${why}`,
	);
}

/** clusterIP is copied into clusterIPs, so that both are one thing. */
function* addresses(service: Service, spec: MapNode): Iterable<Report> {
	const ips = clusterIPsOf(service);
	if (ips.length > 0 && !(ips.length === 1 && isUnreadable(ips[0]))) {
		const entries = ["clusterIPs", "clusterIP"].flatMap((name) => written(spec, name) ?? []);
		yield forbidden(spec, entries, `A Service of type ExternalName has no ${entries[0]?.name}`);
	}
	for (const name of ["ipFamilies", "ipFamilyPolicy"]) {
		const entry = written(spec, name);
		if (entry) yield forbidden(spec, [entry], `A Service of type ExternalName has no ${name}`);
	}
}

function* headless(service: Service, spec: MapNode, type: ServiceType): Iterable<Report> {
	const [ip, second] = clusterIPsOf(service);
	if (ip?.value !== "None" || second) return;
	yield {
		at: placeOf(ip),
		message: `A Service of type ${type} cannot be headless (clusterIP None)`,
		kubernetes: "refuses",
		fixes: remove(
			spec,
			["clusterIP", "clusterIPs"].flatMap((name) => written(spec, name) ?? []),
		),
	};
}

function forbidden(map: MapNode, entries: readonly Entry[], message: string): Report {
	const [first] = entries;
	return {
		at: first ? placeOf({ key: first.key, node: first.value }) : map,
		message,
		kubernetes: "refuses",
		fixes: remove(map, entries),
	};
}

function remove(map: MapNode, entries: readonly Entry[]): readonly Fix[] {
	const edits = entries.map((entry): Edit | undefined => (isWithin(entry.key, map) ? removeEntry(map, entry) : undefined));
	if (!edits.every((edit) => edit !== undefined)) return [];
	return [{ title: `Remove ${entries.map(({ name }) => name).join(" and ")}`, safe: false, edits }];
}
