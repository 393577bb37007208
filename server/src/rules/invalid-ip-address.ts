import { parseAddress } from "../model/address.ts";
import type { Field } from "../model/field.ts";
import { isOwn, spelled } from "../model/fieldEdits.ts";
import { labelOf } from "../model/labels.ts";
import { placeOf } from "../model/places.ts";
import { clusterIPsOf, isOpenList, knownType, type Service, SOURCE_RANGES, serviceType } from "../model/service.ts";
import type { VersionRange } from "../settings/settings.ts";
import { replace } from "../yaml/edit.ts";
import type { MapNode } from "../yaml/nodes.ts";
import { type Report, rule } from "./rule.ts";
import { ambiguous, noAddress, writeValues, wrongEndpointIp, wrongNetwork } from "./strictAddresses.ts";

export const invalidIpAddress = rule({
	name: "invalid-ip-address",
	levels: ["error", "warning"],
	on: "Service",
	whole: true,
	summary: "An address or network of a Service that is none, or that it may not have.",
	why: "Kubernetes refuses the Service; spellings that programs read differently (leading zeros, IPv4 in IPv6, bits behind a network's prefix) since 1.36.",
	source: "https://kubernetes.io/docs/concepts/services-networking/service/#external-ips",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: none
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
  clusterIP: None
  selector:
    app: web
  ports:
    - port: 80
`,
	*check(service, { settings }) {
		const { version } = settings.cluster;
		if (!service.spec) return;
		if (serviceType(service) !== "ExternalName") yield* clusterIPs(service, service.spec, version);
		for (const item of service.externalIPs) yield* wrongEndpointIp(item, service.spec, version);
		if (knownType(service) === "LoadBalancer") yield* sourceRanges(service, service.spec, version);
	},
});

/** An item of a list that is null is an empty text. */
function textOf(item: Field<string>): string | undefined {
	return item.state === "unset" ? "" : item.value;
}

function* clusterIPs(service: Service, spec: MapNode, version: VersionRange): Iterable<Report> {
	for (const [index, item] of clusterIPsOf(service).entries()) {
		const value = textOf(item);
		if (value === undefined || (value === "None" && index === 0)) continue;
		const address = parseAddress(value);
		if (address) yield* ambiguous(item, spec, address, version);
		else if (value.toLowerCase() === "none" && index === 0) yield noNone(service, spec, item, value);
		else yield noAddress(item, value, "IP address");
	}
}

/** A copy of the first cluster IP may stand in `clusterIP`. */
function noNone({ clusterIP }: Service, spec: MapNode, item: Field<string>, value: string): Report {
	const fields = clusterIP && clusterIP !== item && clusterIP.value === value ? [item, clusterIP] : [item];
	const edits = fields.flatMap(({ node }) => (node.kind === "scalar" && isOwn(node, spec) ? [replace(node, spelled(node, "None"))] : []));
	return {
		at: placeOf(item),
		message: `${item.key.text} ${value} is no IP address: a headless Service has None, with a capital N`,
		kubernetes: "refuses",
		fixes: edits.length === fields.length ? [{ title: "Write None", safe: true, edits }] : [],
	};
}

/** Blanks around a network do not matter. The annotation counts where the list is empty. */
function* sourceRanges(service: Service, spec: MapNode, version: VersionRange): Iterable<Report> {
	for (const item of service.loadBalancerSourceRanges) {
		const value = textOf(item)?.trim();
		if (value !== undefined) yield* wrongNetwork(item, value, version, (networks) => writeValues(item, spec, networks));
	}
	const annotation = labelOf(service.metadata.annotations, SOURCE_RANGES);
	const value = annotation?.value?.trim();
	if (!annotation || !value || service.loadBalancerSourceRanges.length > 0 || isOpenList(service, "loadBalancerSourceRanges")) return;
	const field: Field<string> = { ...annotation, state: "set" };
	for (const part of value.split(",")) yield* wrongNetwork(field, part.trim(), version, () => []);
}
