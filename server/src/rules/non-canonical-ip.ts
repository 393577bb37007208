import { parseAddress, parseNetwork, printAddress, printNetwork } from "../model/address.ts";
import type { Field } from "../model/field.ts";
import { isOwn, spelled } from "../model/fieldEdits.ts";
import { isNetworkPolicy, isService } from "../model/manifest.ts";
import { blocksOf } from "../model/networkPolicy.ts";
import { placeOf } from "../model/places.ts";
import { clusterIPsOf, knownType, type Service, serviceType } from "../model/service.ts";
import { since } from "../settings/since.ts";
import { replace } from "../yaml/edit.ts";
import type { MapNode } from "../yaml/nodes.ts";
import { type Report, rule } from "./rule.ts";

export const nonCanonicalIp = rule({
	name: "non-canonical-ip",
	levels: ["warning"],
	on: "Object",
	whole: true,
	summary: "An address or network in a spelling that Kubernetes warns about.",
	why: "Programs that compare addresses as text do not know it again, and some read leading zeros as octal.",
	source: "https://www.rfc-editor.org/rfc/rfc5952",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: "FD00::0:1"
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
  clusterIP: "fd00::1"
  selector:
    app: web
  ports:
    - port: 80
`,
	*check(object, { settings }) {
		const refused = since(36, settings.cluster.version) !== "none";
		if (isService(object)) yield* inService(object, refused);
		if (!isNetworkPolicy(object)) return;
		for (const block of blocksOf(object)) for (const item of [block.cidr, ...block.except]) yield* network(item, block.node, refused);
	},
});

function* inService(service: Service, refused: boolean): Iterable<Report> {
	const { spec, externalIPs, loadBalancerIP } = service;
	if (!spec) return;
	const ips = serviceType(service) === "ExternalName" ? externalIPs : [...clusterIPsOf(service), ...externalIPs];
	for (const item of ips) yield* address(item, spec, refused);
	if (loadBalancerIP) yield* address(loadBalancerIP, spec, false);
	if (knownType(service) !== "LoadBalancer") return;
	for (const item of service.loadBalancerSourceRanges) yield* network(item, spec, refused);
}

/** `refused`: what is no valid spelling since 1.36 is another rule's. Source: GetWarningsForIP of k8s.io/apimachinery, validation/ip.go. */
function* address(field: Field<string>, spec: MapNode, refused: boolean): Iterable<Report> {
	const found = field.value === undefined ? undefined : parseAddress(field.value);
	if (!found) return;
	const odd = found.leadingZeros || found.mapped;
	const right = printAddress(found);
	if (odd ? !refused : found.family === "IPv6" && right !== field.value) yield spelling(field, spec, right, odd);
}

/** Blanks around a network make it none here. Source: GetWarningsForCIDR of the same file. */
function* network(field: Field<string> | undefined, spec: MapNode, refused: boolean): Iterable<Report> {
	const found = field?.value === undefined ? undefined : parseNetwork(field.value);
	if (!field || !found) return;
	const { address: base, hostBits, leadingZeros } = found;
	const odd = base.leadingZeros || base.mapped || leadingZeros || hostBits;
	const right = printNetwork(found);
	if (odd ? !refused : base.family === "IPv6" && right !== field.value) yield spelling(field, spec, right, odd);
}

function spelling(field: Field<string>, spec: MapNode, right: string, odd: boolean): Report {
	const { node } = field;
	const edits = node.kind === "scalar" && isOwn(node, spec) ? [replace(node, spelled(node, right))] : [];
	return {
		at: placeOf(field),
		message: `${field.value} in ${field.key.text} is ${odd ? "a spelling that Kubernetes refuses since 1.36" : "not the usual spelling"} of ${right}`,
		kubernetes: "warns",
		fixes: edits.length > 0 ? [{ title: `Write ${right}`, safe: !odd, edits }] : [],
	};
}
