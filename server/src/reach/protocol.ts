import type { Field } from "../model/field.ts";
import { protocolOf } from "../model/service.ts";

const PROTOCOLS: readonly string[] = ["TCP", "UDP", "SCTP"];

/** Whether Kubernetes has the protocol that is written; its names are upper case. */
export function hasProtocol(port: { readonly protocol: Field<string> | undefined }): boolean {
	return PROTOCOLS.includes(protocolOf(port) ?? "");
}

/** The protocol that is meant: another case is forgiven, anything else is taken for the default. */
export function meantProtocol(port: { readonly protocol: Field<string> | undefined }): string {
	const meant = protocolOf(port)?.toUpperCase() ?? "";
	return PROTOCOLS.includes(meant) ? meant : "TCP";
}
