import { type Field, given } from "../model/field.ts";
import { placeOf } from "../model/places.ts";
import { isHeadless, isOpenList, knownType, type Service } from "../model/service.ts";
import type { VersionRange } from "../settings/settings.ts";
import { entryOf, isNull, type MapNode } from "../yaml/nodes.ts";
import { removeField } from "./removeField.ts";
import { type Report, rule } from "./rule.ts";

export const ignoredServiceField = rule({
	name: "ignored-service-field",
	levels: ["warning", "information"],
	on: "Service",
	whole: true,
	summary: "A field that has no effect on a Service of this type.",
	why: "Kubernetes stores it and nothing reads it: what it should do does not happen.",
	source: "https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: db
spec:
  clusterIP: None
  sessionAffinity: ClientIP
  selector:
    app: db
  ports:
    - port: 5432
`,
	good: `
apiVersion: v1
kind: Service
metadata:
  name: db
spec:
  clusterIP: None
  selector:
    app: db
  ports:
    - port: 5432
`,
	*check(service, { settings }) {
		const { spec, externalName } = service;
		const type = knownType(service);
		if (!spec || type === undefined) return;
		if (type === "ExternalName") yield* onExternalName(service, spec);
		else if (externalName && given(externalName) !== undefined) {
			yield warned(spec, externalName, `externalName is ignored on a Service of type ${type}`);
		}
		if (type === "ClusterIP" && isHeadless(service)) yield* onHeadless(service, spec, settings.cluster.version);
	},
});

/** Source: GetWarningsForService of pkg/api/service/warnings.go. */
function* onHeadless(service: Service, spec: MapNode, version: VersionRange): Iterable<Report> {
	const { loadBalancerIP, sessionAffinity } = service;
	if (loadBalancerIP && given(loadBalancerIP) !== undefined)
		yield warned(spec, loadBalancerIP, "loadBalancerIP is ignored on a headless Service");
	yield* externalIPs(service, spec, "a headless Service");
	const affinity = given(sessionAffinity);
	// 1.34 warns about the default too, where it is written.
	const always = affinity === "None" && version.from === 34 && version.to === 34;
	if (sessionAffinity && (affinity === "ClientIP" || always)) {
		yield warned(spec, sessionAffinity, "sessionAffinity is ignored on a headless Service");
	}
}

function* onExternalName(service: Service, spec: MapNode): Iterable<Report> {
	yield* externalIPs(service, spec, "a Service of type ExternalName");
	const { selector, portList, ports } = service;
	const name = given(service.externalName) ?? "its externalName";
	if (selector && selector.pairs.length > 0) {
		yield unread(spec, selector, "The selector of a Service of type ExternalName selects nothing");
	}
	if (portList?.value?.items.length) {
		yield unread(spec, portList, `The ports of a Service of type ExternalName are not translated: clients dial the ports of ${name}`);
	}
	for (const { nodePort, node } of ports) {
		if (nodePort && given(nodePort) !== undefined) yield unread(node, nodePort, "No node listens for a Service of type ExternalName");
	}
}

function* externalIPs(service: Service, spec: MapNode, what: string): Iterable<Report> {
	const entry = entryOf(spec, "externalIPs");
	if (!entry || service.externalIPs.length === 0 || isNull(entry.value) || isOpenList(service, "externalIPs")) return;
	yield warned(spec, { key: entry.key, node: entry.value }, `externalIPs are ignored on ${what}`);
}

type Written = Pick<Field<unknown>, "key" | "node">;

function warned(spec: MapNode, field: Written, message: string): Report {
	return { ...unread(spec, field, message), level: "warning", kubernetes: "warns" };
}

function unread(map: MapNode, field: Written, message: string): Report {
	const at = field.node.kind === "scalar" ? placeOf(field) : field.key;
	return { at, level: "information", message, tag: "unnecessary", fixes: removeField(map, field) };
}
