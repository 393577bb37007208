import { given, readField, text } from "../model/field.ts";
import { isOwn, setField, spelled } from "../model/fieldEdits.ts";
import { labelOf } from "../model/labels.ts";
import { isService } from "../model/manifest.ts";
import type { KubeObject } from "../model/object.ts";
import { placeOf } from "../model/places.ts";
import { isHeadless, isOpenList, knownType, type Service } from "../model/service.ts";
import type { VersionRange } from "../settings/settings.ts";
import { since } from "../settings/since.ts";
import { replace } from "../yaml/edit.ts";
import { entryOf, isNull } from "../yaml/nodes.ts";
import { removeField } from "./removeField.ts";
import { type Fix, type Report, rule } from "./rule.ts";

export const deprecatedServiceField = rule({
	name: "deprecated-service-field",
	levels: ["information", "error"],
	on: "Object",
	whole: true,
	summary: "A field, value, annotation or kind that Kubernetes deprecates, or a deprecated annotation that contradicts its successor.",
	why: "It works now and will not for ever; what came in its place is more widely understood. Where both annotations stand with different values, Kubernetes refuses the Service.",
	source: "https://kubernetes.io/docs/reference/using-api/deprecation-policy/",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  trafficDistribution: PreferClose
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
  trafficDistribution: PreferSameZone
  selector:
    app: web
  ports:
    - port: 80
`,
	*check(object, { settings }) {
		const { version } = settings.cluster;
		if (isService(object)) yield* inService(object, version);
		else if (object.kind === "Endpoints" && object.apiVersion === "v1") yield* endpoints(object, version);
		else if (object.kind === "EndpointSlice" && object.apiVersion === "discovery.k8s.io/v1") yield* slice(object, version);
	},
});

const HINTS = "service.kubernetes.io/topology-aware-hints";
const MODE = "service.kubernetes.io/topology-mode";

function* inService(service: Service, version: VersionRange): Iterable<Report> {
	yield* hints(service, version);
	yield* externalIPs(service, version);
	const { spec, trafficDistribution, loadBalancerIP } = service;
	if (spec && trafficDistribution?.value === "PreferClose") {
		const edit = since(35, version) !== "none" ? setField(spec, "trafficDistribution", trafficDistribution, "PreferSameZone") : undefined;
		const fixes: readonly Fix[] = edit ? [{ title: "Write PreferSameZone", safe: false, edits: [edit] }] : [];
		yield* warned(36, version, { at: placeOf(trafficDistribution), message: "PreferClose is deprecated for PreferSameZone", fixes });
	}
	if (loadBalancerIP && given(loadBalancerIP) !== undefined && !isHeadless(service)) {
		const message = "loadBalancerIP is deprecated since 1.24: implementations have annotations of their own for it";
		yield { at: placeOf(loadBalancerIP), message, tag: "deprecated" };
	}
}

/** What Kubernetes warns about since a version; before it nothing is said. */
function* warned(minor: number, version: VersionRange, report: Report): Iterable<Report> {
	const extent = since(minor, version);
	const deprecated: Report = { ...report, tag: "deprecated" };
	if (extent === "all") yield { ...deprecated, kubernetes: "warns" };
	else if (extent === "some") yield { ...deprecated, message: `${report.message}, and Kubernetes warns since 1.${minor}` };
}

function* hints(service: Service, version: VersionRange): Iterable<Report> {
	const { annotations } = service.metadata;
	const [old, mode] = [labelOf(annotations, HINTS), labelOf(annotations, MODE)];
	if (annotations?.node.kind !== "map" || !old) return;
	const removal = removeField(annotations.node, old);
	if (mode && old.value !== undefined && mode.value !== undefined && old.value !== mode.value) {
		yield {
			at: placeOf(mode),
			level: "error",
			message: `${MODE} ${mode.value} and ${HINTS} ${old.value} must be the same where both are written`,
			kubernetes: "refuses",
			related: [{ at: placeOf(old), message: "The deprecated annotation" }],
			fixes: removal,
		};
	}
	const edits = isOwn(old.key, annotations.node) ? [replace(old.key, spelled(old.key, MODE))] : [];
	const fixes = mode ? removal : edits.length > 0 ? [{ title: "Rename the annotation", safe: false, edits }] : [];
	yield* warned(27, version, { at: old.key, message: `The annotation ${HINTS} is deprecated for ${MODE}`, fixes });
}

/** Where they have no effect, `ignored-service-field` says so. */
function* externalIPs(service: Service, version: VersionRange): Iterable<Report> {
	const entry = entryOf(service.spec, "externalIPs");
	const type = knownType(service);
	if (!entry || isNull(entry.value) || service.externalIPs.length === 0 || isOpenList(service, "externalIPs")) return;
	if (type === undefined || type === "ExternalName" || (type === "ClusterIP" && isHeadless(service))) return;
	yield* warned(36, version, { at: entry.key, message: "externalIPs are deprecated and may go from clusters" });
}

/** Nothing in Kubernetes reads such slices. Source: PR 114677. */
function* slice({ root }: KubeObject, version: VersionRange): Iterable<Report> {
	const type = readField(root, "addressType", text);
	if (type?.value === "FQDN")
		yield* warned(27, version, { at: placeOf(type), message: "FQDN is deprecated: kube-proxy reads no such slice" });
}

function* endpoints({ kindField }: KubeObject, version: VersionRange): Iterable<Report> {
	if (kindField)
		yield* warned(33, version, { at: kindField.node, message: "Endpoints is deprecated for EndpointSlice of discovery.k8s.io/v1" });
}
