import { parseAddress } from "../model/address.ts";
import { type Field, given, isUnreadable } from "../model/field.ts";
import { setField } from "../model/fieldEdits.ts";
import { isDns1123Subdomain } from "../model/forms.ts";
import { placeOf, placeOfPath } from "../model/places.ts";
import { knownType, type Service } from "../model/service.ts";
import type { MapNode } from "../yaml/nodes.ts";
import { isMisspelt } from "./misspelt.ts";
import { type Fix, type Report, rule } from "./rule.ts";

export const invalidExternalName = rule({
	name: "invalid-external-name",
	levels: ["error"],
	on: "Service",
	whole: true,
	summary: "An ExternalName Service without an externalName, or with one that is no lower-case DNS name.",
	why: "Kubernetes refuses the Service: the name becomes a CNAME record, so it is a DNS name in lower case and no address of IPv6, without scheme, port and path.",
	source: "https://kubernetes.io/docs/concepts/services-networking/service/#externalname",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: db
spec:
  type: ExternalName
  externalName: DB.example.com
`,
	good: `
apiVersion: v1
kind: Service
metadata:
  name: db
spec:
  type: ExternalName
  externalName: db.example.com
`,
	*check(service, { unit }) {
		const { externalName, spec } = service;
		if (knownType(service) !== "ExternalName" || !spec || isUnreadable(externalName)) return;
		const name = given(externalName);
		if (!externalName || name === undefined || name === ".") {
			if (!unit.patched && !isMisspelt(spec, "externalName")) yield missing(service);
		} else if (!isDns1123Subdomain(name.replace(/\.$/, ""))) yield malformed(spec, externalName, name);
	},
});

function missing({ root }: Service): Report {
	return {
		at: placeOfPath(root, "spec", "externalName"),
		message: "A Service of type ExternalName needs an externalName",
		kubernetes: "refuses",
	};
}

function malformed(spec: MapNode, field: Field<string>, name: string): Report {
	const right = nameIn(name);
	const edit = right === undefined ? undefined : setField(spec, "externalName", field, right);
	const fixes: readonly Fix[] = edit ? [{ title: `Set externalName to ${right}`, safe: right === name.toLowerCase(), edits: [edit] }] : [];
	return {
		at: placeOf(field),
		message: `externalName "${name}" is no DNS name: ${whatIsWrong(name)}`,
		kubernetes: "refuses",
		fixes,
	};
}

function whatIsWrong(name: string): string {
	if (name.includes("://")) return "it has a scheme";
	if (name.includes("/")) return "it has a path";
	if (parseAddress(name)) return "it is an IPv6 address";
	if (name.includes(":")) return "it has a port";
	if (/[A-Z]/.test(name)) return "it has upper-case letters";
	if (name.length > 253) return "it has more than 253 characters";
	const odd = /[^a-z0-9.-]/u.exec(name)?.[0];
	return odd === undefined ? "each part begins and ends with a letter or a digit" : `it has "${odd}" in it`;
}

/** The DNS name in a URL, or the name in lower case. */
function nameIn(name: string): string | undefined {
	const host = name
		.replace(/^[a-z][a-z0-9+.-]*:\/\//i, "")
		.replace(/[/?#].*$/s, "")
		.replace(/:\d*$/, "")
		.toLowerCase();
	return isDns1123Subdomain(host.replace(/\.$/, "")) ? host : undefined;
}
