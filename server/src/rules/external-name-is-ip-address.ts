import { parseAddress } from "../model/address.ts";
import { given } from "../model/field.ts";
import { isJson, isWithin } from "../model/fieldEdits.ts";
import { isDns1123Label } from "../model/forms.ts";
import { nameOf, namespaceOf } from "../model/object.ts";
import { placeOf } from "../model/places.ts";
import { knownType, type Service } from "../model/service.ts";
import { asScalar, newlineOf, removeEntry, replace } from "../yaml/edit.ts";
import { entryOf } from "../yaml/nodes.ts";
import { parseSource } from "../yaml/parse.ts";
import { type Fix, rule } from "./rule.ts";

export const externalNameIsIpAddress = rule({
	name: "external-name-is-ip-address",
	levels: ["warning"],
	on: "Service",
	whole: true,
	summary: "An ExternalName Service whose name is an IP address.",
	why: "Kubernetes accepts it as a DNS name of digits, and no name server knows that name. A headless Service with an EndpointSlice leads to an address.",
	source: "https://kubernetes.io/docs/concepts/services-networking/service/#externalname",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: db
spec:
  type: ExternalName
  externalName: 203.0.113.10
`,
	good: `
apiVersion: v1
kind: Service
metadata:
  name: db
spec:
  clusterIP: None
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: db-1
  labels:
    kubernetes.io/service-name: db
addressType: IPv4
endpoints:
  - addresses: [203.0.113.10]
`,
	*check(service) {
		const { externalName } = service;
		const address = given(externalName)?.replace(/\.$/, "");
		if (!externalName || address === undefined || knownType(service) !== "ExternalName") return;
		if (address.includes(":") || !parseAddress(address)) return;
		yield {
			at: placeOf(externalName),
			message: `externalName ${address} is looked up as a DNS name, which never resolves`,
			fixes: useEndpointSlice(service, address),
		};
	},
});

/** A headless Service without a selector, and the address in an EndpointSlice behind it. Only in a document of its own. */
function useEndpointSlice(service: Service, address: string): readonly Fix[] {
	const { spec, type, root, source, selector, clusterIP } = service;
	const name = nameOf(service);
	const externalName = entryOf(spec, "externalName");
	const whole = parseSource(source).root === root && !root.flow && !isJson(spec);
	if (!spec || !type || !externalName || name === undefined || !isDns1123Label(`${name}-1`) || selector || clusterIP || !whole) return [];
	if (!isWithin(type.key, spec) || !isWithin(type.node, spec)) return [];
	const removal = removeEntry(spec, externalName);
	if (!removal || parseSource(source).trailing) return [];
	const newline = newlineOf(root);
	const end = source.text.length;
	const text = [...(/[\r\n]$/.test(source.text) ? [] : [""]), ...slice(name, namespaceOf(service), address), ""].join(newline);
	const headless = replace({ source, start: type.key.start, end: type.node.end }, "clusterIP: None");
	return [
		{
			title: "Make it headless, with an EndpointSlice for the address",
			safe: false,
			edits: [headless, removal, { source, start: end, end, text }],
		},
	];
}

function slice(name: string, namespace: string | undefined, address: string): readonly string[] {
	return [
		"---",
		"apiVersion: discovery.k8s.io/v1",
		"kind: EndpointSlice",
		"metadata:",
		`  name: ${asScalar(`${name}-1`)}`,
		...(namespace === undefined ? [] : [`  namespace: ${asScalar(namespace)}`]),
		"  labels:",
		`    kubernetes.io/service-name: ${asScalar(name)}`,
		"addressType: IPv4",
		"endpoints:",
		`  - addresses: [${address}]`,
	];
}
