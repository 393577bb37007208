import { contains, parseNetwork } from "../model/address.ts";
import { type Field, isPlaceholder, isUnreadable } from "../model/field.ts";
import { isWithin } from "../model/fieldEdits.ts";
import { isDns1123Subdomain, isPortName, isPortNumber } from "../model/forms.ts";
import { isNetworkPolicy } from "../model/manifest.ts";
import { type IpBlock, type NetworkPolicy, type PolicyPeer, type PolicyPort, selectorsOf } from "../model/networkPolicy.ts";
import { placeOf, placeOfItem } from "../model/places.ts";
import { readItems } from "../model/service.ts";
import type { VersionRange } from "../settings/settings.ts";
import { effectiveEntries, entryOf, isNull, type MapNode, writtenKey } from "../yaml/nodes.ts";
import { meantField } from "./misspelt.ts";
import { noneOf, noneOfItem } from "./oneOf.ts";
import { type Report, rule } from "./rule.ts";
import { nestPairs } from "./selectorEdits.ts";
import { writeValues, wrongNetwork } from "./strictAddresses.ts";
import { isQuoted, unquote } from "./unquote.ts";

export const invalidNetworkPolicy = rule({
	name: "invalid-network-policy",
	levels: ["error", "warning"],
	on: "Object",
	whole: true,
	summary: "Ports, peers, networks or types of a NetworkPolicy that Kubernetes refuses.",
	why: "Kubernetes refuses the policy, so it closes and opens nothing.",
	source: "https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/",
	bad: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podSelector: {}
  ingress:
    - ports:
        - port: 8000
          endPort: 800
`,
	good: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podSelector: {}
  ingress:
    - ports:
        - port: 8000
          endPort: 8080
`,
	*check(object, { settings }) {
		if (!isNetworkPolicy(object) || object.apiVersion !== "networking.k8s.io/v1") return;
		const { name } = object.metadata;
		if (name?.value && !isDns1123Subdomain(name.value)) {
			yield { at: placeOf(name), message: `The NetworkPolicy name "${name.value}" is no DNS name`, kubernetes: "refuses" };
		}
		for (const { node } of selectorsOf(object)) yield* strayIn(node);
		yield* types(object);
		for (const rules of [object.rules.ingress, object.rules.egress]) {
			for (const { peers, ports } of rules) {
				for (const port of ports) yield* inPort(port);
				for (const peer of peers) yield* inPeer(peer, settings.cluster.version);
			}
		}
	},
});

const SELECTOR_FIELDS = ["matchLabels", "matchExpressions"];

/** Labels that stand directly in a selector, as they do in a Service's. */
function* strayIn(selector: MapNode): Iterable<Report> {
	const stray = effectiveEntries(selector).filter(({ name, key }) => !SELECTOR_FIELDS.includes(name) && !isPlaceholder(key));
	const [first] = stray.filter(({ name }) => meantField(name, SELECTOR_FIELDS) === undefined);
	if (!first) return;
	const plain = stray.every(({ key, value, merged }) => !merged && value.kind === "scalar" && isWithin(key, selector));
	yield {
		at: first.key,
		message: `${writtenKey(first)} stands directly in a selector, where matchLabels belongs`,
		kubernetes: "refuses",
		fixes: plain ? nestPairs(selector, stray) : [],
	};
}

const TYPES = ["Ingress", "Egress"] as const;

function* types({ spec }: NetworkPolicy): Iterable<Report> {
	const items = readItems(spec, "policyTypes");
	const [first] = items;
	if (!spec || !first) return;
	if (items.length > TYPES.length) {
		yield { at: first.key, message: `policyTypes has ${items.length} entries, and 2 are the most`, kubernetes: "refuses" };
	} else yield* items.flatMap((item) => noneOfItem(spec, item, TYPES) ?? []);
}

const PROTOCOLS = ["TCP", "UDP", "SCTP"];

/** Source: ValidateNetworkPolicyPort of pkg/apis/networking/validation/validation.go. A 0 and an empty text count as given here. */
function* inPort({ node, port, endPort, protocol }: PolicyPort): Iterable<Report> {
	const none = noneOf(node, protocol, PROTOCOLS);
	if (none) yield none;
	const value = port?.value;
	if (port && typeof value === "number" && !isPortNumber(value)) {
		yield { at: placeOf(port), message: `port ${value} is outside 1-65535`, kubernetes: "refuses" };
	} else if (port && typeof value === "string" && !isPortName(value)) yield wrongName(node, port, value);
	if (endPort?.value !== undefined && !isUnreadable(port)) yield* inEndPort(endPort, endPort.value, value);
}

function wrongName(node: MapNode, port: Field<number | string>, value: string): Report {
	const isNumber = /^\d+$/.test(value) && isPortNumber(Number(value)) && isQuoted(port.node);
	return {
		at: placeOf(port),
		message: isNumber
			? `port "${value}" is a name because of its quotes, and no container port can have it`
			: `port "${value}" is no name that a container port can have`,
		kubernetes: "refuses",
		fixes: unquote(port.node, node),
	};
}

function* inEndPort(endPort: Field<number>, last: number, port: number | string | undefined): Iterable<Report> {
	const at = placeOf(endPort);
	if (port === undefined) yield { at, message: "endPort needs a port to begin with", kubernetes: "refuses" };
	else if (typeof port === "string") yield { at, message: "endPort needs a number as port, and this one is a name", kubernetes: "refuses" };
	else if (!isPortNumber(last)) yield { at, message: `endPort ${last} is outside 1-65535`, kubernetes: "refuses" };
	else if (last < port) yield { at, message: `endPort ${last} is before port ${port}`, kubernetes: "refuses" };
}

function* inPeer({ node, podSelector, namespaceSelector, ipBlock }: PolicyPeer, version: VersionRange): Iterable<Report> {
	const named = ["podSelector", "namespaceSelector", "ipBlock"].filter((name) => !isNull(entryOf(node, name)?.value));
	if ((node.kind === "map" || isNull(node)) && named.length === 0) {
		yield { at: placeOfItem(node, { key: node }), message: "A peer names Pods, namespaces or addresses", kubernetes: "refuses" };
	}
	if (!ipBlock) return;
	const entry = entryOf(node, "ipBlock");
	if (entry && (podSelector || namespaceSelector)) {
		yield { at: entry.key, message: "A peer with an ipBlock has no selectors beside it", kubernetes: "refuses" };
	}
	if (entry) yield* inBlock(entry.key, ipBlock, version);
}

function* inBlock(at: Report["at"], { node, cidr, except }: IpBlock, version: VersionRange): Iterable<Report> {
	if (isUnreadable(cidr) && cidr?.state !== "unset") return;
	if (!cidr?.value) {
		yield { at: cidr ? placeOf(cidr) : at, message: "An ipBlock needs a cidr", kubernetes: "refuses" };
		return;
	}
	yield* wrongNetwork(cidr, cidr.value, version, (networks) => writeValues(cidr, node, networks));
	const outer = parseNetwork(cidr.value);
	for (const item of outer ? except : []) {
		const value = item.state === "unset" ? "" : item.value;
		if (value === undefined) continue;
		yield* wrongNetwork(item, value, version, (networks) => writeValues(item, node, networks));
		const inner = parseNetwork(value);
		if (!outer || !inner || (outer.prefix < inner.prefix && contains(outer, inner.address))) continue;
		yield { at: placeOf(item), message: `${value} in except is no smaller part of ${cidr.value}`, kubernetes: "refuses" };
	}
}
