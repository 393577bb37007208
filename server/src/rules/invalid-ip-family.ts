import { parseAddress } from "../model/address.ts";
import { type Field, given, isUnreadable } from "../model/field.ts";
import { setField } from "../model/fieldEdits.ts";
import { placeOf, placeOfPath } from "../model/places.ts";
import { clusterIPsOf, isHeadless, type Service, serviceType } from "../model/service.ts";
import type { MapNode } from "../yaml/nodes.ts";
import { noneOf, noneOfItem } from "./oneOf.ts";
import { type Report, rule } from "./rule.ts";

export const invalidIpFamily = rule({
	name: "invalid-ip-family",
	levels: ["error"],
	on: "Service",
	whole: true,
	summary: "IP families, their policy and cluster IPs that contradict each other, or that Kubernetes does not know.",
	why: "Kubernetes refuses the Service: it has one address for each of at most two families, and two only with PreferDualStack or RequireDualStack.",
	source: "https://kubernetes.io/docs/concepts/services-networking/dual-stack/#services",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ipFamilyPolicy: SingleStack
  ipFamilies: [IPv4, IPv6]
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
  ipFamilyPolicy: PreferDualStack
  ipFamilies: [IPv4, IPv6]
  selector:
    app: web
  ports:
    - port: 80
`,
	*check(service, { unit }) {
		const { spec } = service;
		const type = serviceType(service);
		if (!spec || type === undefined || type === "ExternalName") return;
		// Two of anything cannot have meant SingleStack, however near the word is.
		const policy = noneOf(spec, service.ipFamilyPolicy, POLICIES, twoOf(service) ? DUAL_STACK : POLICIES);
		const reports = [...families(service.ipFamilies, spec), ...(policy ? [policy] : []), ...clusterIPs(service)];
		yield* reports;
		if (reports.length === 0 && !unit.patched) yield* singleStack(service, spec);
	},
});

const DUAL_STACK = ["PreferDualStack", "RequireDualStack"];
const POLICIES = ["SingleStack", ...DUAL_STACK];

const FAMILIES = ["IPv4", "IPv6"];

/** A family that is there already is not what another item means. */
function* families(items: readonly Field<string>[], spec: MapNode): Iterable<Report> {
	for (const [index, item] of items.entries()) {
		const free = FAMILIES.filter((family) => !items.some(({ value }) => value === family));
		const unknown = noneOfItem(spec, item, FAMILIES, free);
		const first = items.slice(0, index).find(({ value }) => value !== undefined && value === item.value);
		if (unknown) yield unknown;
		else if (first) {
			yield {
				at: placeOf(item),
				message: `ipFamilies holds ${item.value} twice`,
				kubernetes: "refuses",
				related: [{ at: placeOf(first), message: "It is here first" }],
			};
		}
	}
}

/** Source: ValidateServiceClusterIPsRelatedFields of pkg/apis/core/validation/validation.go. */
function* clusterIPs(service: Service): Iterable<Report> {
	const { clusterIP, clusterIPItems: items, clusterIPs: field } = service;
	const [first, second] = items;
	if (!field || !first) return yield* mismatches(service);
	const refused = (message: string): Report => ({ at: placeOf(field), message, kubernetes: "refuses" });
	if (!isUnreadable(clusterIP) && given(clusterIP) === undefined) {
		yield refused("clusterIPs needs its first address in clusterIP too");
		return;
	}
	const own = first.state === "unset" ? "" : first.value;
	if (clusterIP?.value !== undefined && own !== undefined && clusterIP.value !== own) {
		const related = [{ at: placeOf(clusterIP), message: "The clusterIP" }];
		yield { ...refused(`The first of clusterIPs is ${own || "empty"} and not the clusterIP ${clusterIP.value}`), related };
	} else if (first.value === "None") {
		if (second) yield refused("None in clusterIPs stands alone");
	} else if (items.length > 2) yield refused(`clusterIPs holds ${items.length} addresses, and two are the most`);
	else yield* sameFamily(items, placeOf(field));
	if (first.value !== "None") yield* mismatches(service);
}

function* sameFamily(items: readonly Field<string>[], at: Report["at"]): Iterable<Report> {
	const [one, other] = items.map(({ value }) => (value === undefined ? undefined : parseAddress(value)));
	if (one && one.family === other?.family) yield { at, message: `clusterIPs holds two ${one.family} addresses`, kubernetes: "refuses" };
}

function* mismatches(service: Service): Iterable<Report> {
	const { ipFamilies } = service;
	for (const [index, item] of clusterIPsOf(service).entries()) {
		const address = item.value === undefined ? undefined : parseAddress(item.value);
		const family = ipFamilies[index];
		if (!address || !family || !/^IPv[46]$/.test(family.value ?? "") || family.value === address.family) continue;
		yield {
			at: placeOf(item),
			message: `${item.value} in ${item.key.text} is an ${address.family} address, and ipFamilies says ${family.value}`,
			kubernetes: "refuses",
			related: [{ at: placeOf(family), message: `The family ${family.value}` }],
		};
	}
}

/**
 * Two of anything need a dual-stack policy, whose default is SingleStack but for a headless Service without a selector.
 * Source: initIPFamilyFields of pkg/registry/core/service/storage/alloc.go.
 */
function* singleStack(service: Service, spec: MapNode): Iterable<Report> {
	const { ipFamilyPolicy } = service;
	const two = twoOf(service);
	if (!two || policyOf(service) !== "SingleStack" || !(isHeadless(service) || clusterIPsOf(service).every(isAddress))) return;
	yield {
		at: placeOfPath(service.root, "spec", "ipFamilyPolicy"),
		message: `The Service has two ${two} ${given(ipFamilyPolicy) ? "with" : "without an ipFamilyPolicy, so with"} SingleStack`,
		kubernetes: "refuses",
		fixes: DUAL_STACK.flatMap((value) => {
			const edit = setField(spec, "ipFamilyPolicy", ipFamilyPolicy, value);
			return edit ? [{ title: `Set ipFamilyPolicy to ${value}`, safe: false, edits: [edit] }] : [];
		}),
	};
}

/** What a Service has two of, if anything. */
function twoOf(service: Service): string | undefined {
	return clusterIPsOf(service).length === 2 ? "cluster IPs" : service.ipFamilies.length === 2 ? "IP families" : undefined;
}

/** After defaulting; `undefined` when it cannot be told. */
function policyOf({ ipFamilyPolicy, clusterIP, selector }: Service): string | undefined {
	if (isUnreadable(ipFamilyPolicy) || isUnreadable(clusterIP) || selector?.complete === false) return undefined;
	const selectorless = !selector?.pairs.length;
	return ipFamilyPolicy?.value ?? (clusterIP?.value === "None" && selectorless ? "RequireDualStack" : "SingleStack");
}

function isAddress({ value }: Field<string>): boolean {
	return value !== undefined && parseAddress(value) !== undefined;
}
