import { parseAddress } from "../model/address.ts";
import { given, isUnreadable } from "../model/field.ts";
import type { Service } from "../model/service.ts";

type Family = "IPv4" | "IPv6";

/** The only IP family that a Service has, as it writes it; `undefined` where it may have both, or that of the cluster. */
export function onlyFamily({ ipFamilies, ipFamilyPolicy, clusterIP }: Service): Family | undefined {
	if (isUnreadable(ipFamilyPolicy) || (given(ipFamilyPolicy) ?? "SingleStack") !== "SingleStack" || ipFamilies.length > 1) return undefined;
	const [written] = ipFamilies;
	if (!written) return parseAddress(given(clusterIP) ?? "")?.family;
	return written.value === "IPv4" || written.value === "IPv6" ? written.value : undefined;
}

/** Whether an address may be one of the family; a name or a word may be any. */
export function isOfFamily(host: string, family: Family | undefined): boolean {
	const known = parseAddress(host);
	return !known || family === undefined || known.family === family;
}
