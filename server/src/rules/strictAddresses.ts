import { type Address, kindOfAddress, type Network, parseAddress, parseNetwork, printAddress, printNetwork } from "../model/address.ts";
import type { Field } from "../model/field.ts";
import { isOwn, spelled } from "../model/fieldEdits.ts";
import { placeOf } from "../model/places.ts";
import type { VersionRange } from "../settings/settings.ts";
import { since } from "../settings/since.ts";
import { replace } from "../yaml/edit.ts";
import type { MapNode } from "../yaml/nodes.ts";
import type { Fix, Report } from "./rule.ts";

/** A value that is no address, or no network, at all. */
export function noAddress(field: Field<unknown>, value: string, what: string): Report {
	return { at: placeOf(field), message: `"${value}" in ${field.key.text} is no ${what}`, kubernetes: "refuses" };
}

/** StrictIPCIDRValidation is on since 1.36; before it, these spellings were warned about, as `non-canonical-ip` says. */
function strictly(report: Omit<Report, "kubernetes">, version: VersionRange): readonly Report[] {
	const strict = since(36, version);
	if (strict === "none") return [];
	if (strict === "all") return [{ ...report, kubernetes: "refuses" }];
	return [{ ...report, level: "warning", message: `${report.message}, and Kubernetes refuses it since 1.36` }];
}

/** Fixes that write one value or another. */
export function writeValues({ node }: Field<unknown>, spec: MapNode, values: readonly string[]): readonly Fix[] {
	if (node.kind !== "scalar" || !isOwn(node, spec)) return [];
	return values.map((value) => ({ title: `Write ${value}`, safe: false, edits: [replace(node, spelled(node, value))] }));
}

/** What Kubernetes refuses in a network. Source: IsValidCIDRForLegacyField of k8s.io/apimachinery, util/validation/ip.go. */
export function* wrongNetwork(
	field: Field<string>,
	value: string,
	version: VersionRange,
	fixes: (networks: readonly string[]) => readonly Fix[],
): Iterable<Report> {
	const found = parseNetwork(value);
	if (!found) {
		yield noAddress(field, value, "network such as 203.0.113.0/24");
		return;
	}
	const what = whatIsAmbiguous(found);
	if (what === undefined) return;
	const own = `${printAddress(found.address)}/${found.address.bytes.length * 8}`;
	const right = found.hostBits ? [printNetwork(found), own] : [printNetwork(found)];
	yield* strictly({ at: placeOf(field), message: `${value} in ${field.key.text} ${what}`, fixes: fixes(right) }, version);
}

function whatIsAmbiguous({ address, hostBits, leadingZeros }: Network): string | undefined {
	if (address.leadingZeros || leadingZeros) return "has leading zeros";
	if (address.mapped) return "is an IPv4 network in IPv6 spelling";
	return hostBits ? "has bits set behind its prefix" : undefined;
}

/** Source: ValidateEndpointIP of pkg/apis/core/validation/validation.go. */
export function* wrongEndpointIp(item: Field<string>, spec: MapNode, version: VersionRange): Iterable<Report> {
	const value = item.state === "unset" ? "" : item.value;
	if (value === undefined) return;
	const address = parseAddress(value);
	const kind = address && kindOfAddress(address);
	if (!address) yield noAddress(item, value, "IP address");
	else if (kind === "ordinary") yield* ambiguous(item, spec, address, version);
	else
		yield {
			at: placeOf(item),
			message: `${value} is ${KINDS[kind ?? "loopback"]}, which ${item.key.text} may not hold`,
			kubernetes: "refuses",
		};
}

const KINDS: Readonly<Record<string, string>> = {
	unspecified: "the unspecified address",
	loopback: "a loopback address",
	"link-local unicast": "a link-local address",
	"link-local multicast": "a link-local multicast address",
};

export function* ambiguous(item: Field<string>, spec: MapNode, address: Address, version: VersionRange): Iterable<Report> {
	if (!address.leadingZeros && !address.mapped) return;
	const what = address.leadingZeros ? "has leading zeros, which some programs read as octal" : "is an IPv4 address in IPv6 spelling";
	yield* strictly(
		{ at: placeOf(item), message: `${item.value} in ${item.key.text} ${what}`, fixes: writeValues(item, spec, [printAddress(address)]) },
		version,
	);
}
