import type { Field } from "../model/field.ts";
import { isWithin, setField } from "../model/fieldEdits.ts";
import { isExternallyAccessible, type Service, serviceType } from "../model/service.ts";
import type { VersionRange } from "../settings/settings.ts";
import { removeEntry } from "../yaml/edit.ts";
import { entryOf, type MapNode } from "../yaml/nodes.ts";
import { type Fix, type Report, rule } from "./rule.ts";

export const invalidTrafficPolicy = rule({
	name: "invalid-traffic-policy",
	levels: ["error", "warning"],
	on: "Service",
	summary: "A traffic policy or distribution that Kubernetes does not know, or that the Service's type does not have.",
	why: "Kubernetes refuses the Service: the values are matched with their case, and only a Service that is reachable from outside has an externalTrafficPolicy.",
	source: "https://kubernetes.io/docs/reference/networking/virtual-ips/#traffic-policies",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
  externalTrafficPolicy: local
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
  externalTrafficPolicy: Local
  selector:
    app: web
  ports:
    - port: 80
`,
	*check(service, { settings }) {
		const { spec, externalTrafficPolicy, internalTrafficPolicy, trafficDistribution } = service;
		if (!spec) return;
		if (externalTrafficPolicy?.value) yield* external(service, spec, externalTrafficPolicy);
		yield* unknownValue(spec, internalTrafficPolicy, POLICIES);
		yield* unknownValue(spec, trafficDistribution, DISTRIBUTIONS);
		yield* tooNew(trafficDistribution, settings.cluster.version);
	},
});

const POLICIES = ["Cluster", "Local"];
const DISTRIBUTIONS = ["PreferClose", "PreferSameZone", "PreferSameNode"];

/** An empty text is unset here, and only here: the two others are pointers. Source: validateServiceExternalTrafficPolicy of validation.go. */
function* external(service: Service, spec: MapNode, field: Field<string>): Iterable<Report> {
	const accessible = isExternallyAccessible(service);
	const type = serviceType(service);
	if (accessible) yield* unknownValue(spec, field, POLICIES);
	if (accessible !== false || service.broken || !(type === "ClusterIP" || type === "ExternalName")) return;
	yield {
		at: field.node,
		message: `A Service of type ${type}${type === "ClusterIP" ? " without externalIPs" : ""} has no externalTrafficPolicy`,
		kubernetes: "refuses",
		fixes: leaveOut(spec, field),
	};
}

function* unknownValue(spec: MapNode, field: Field<string> | undefined, known: readonly string[]): Iterable<Report> {
	if (!field || field.value === undefined || known.includes(field.value)) return;
	yield {
		at: field.node,
		message: `${field.key.text} "${field.value}" is none of ${known.join(", ")}`,
		kubernetes: "refuses",
		fixes: otherCase(spec, field, known),
	};
}

/** PreferSameZone and PreferSameNode are behind a gate that is closed before 1.34. */
function* tooNew(field: Field<string> | undefined, version: VersionRange): Iterable<Report> {
	if (!field || version.from >= 34 || (field.value !== "PreferSameZone" && field.value !== "PreferSameNode")) return;
	const always = version.to < 34;
	yield {
		at: field.node,
		level: always ? "error" : "warning",
		message: `trafficDistribution ${field.value} is refused before Kubernetes 1.34`,
		...(always ? { kubernetes: "refuses" } : {}),
	};
}

function otherCase(spec: MapNode, field: Field<string>, known: readonly string[]): readonly Fix[] {
	const written = field.value?.trim().toLowerCase();
	const right = known.find((value) => value.toLowerCase() === written);
	const edit = right && setField(spec, field.key.text, field, right);
	return edit ? [{ title: `Write ${right}`, safe: true, edits: [edit] }] : [];
}

function leaveOut(spec: MapNode, field: Field<string>): readonly Fix[] {
	const entry = entryOf(spec, field.key.text);
	const edit = entry && isWithin(field.key, spec) ? removeEntry(spec, entry) : undefined;
	return edit ? [{ title: `Remove ${field.key.text}`, safe: false, edits: [edit] }] : [];
}
