import { type Field, given, isUnreadable, map, readField } from "../model/field.ts";
import { setField } from "../model/fieldEdits.ts";
import { isDns1035Label, isDns1123Label } from "../model/forms.ts";
import { placeOf, placeOfPath } from "../model/places.ts";
import type { Service } from "../model/service.ts";
import type { VersionRange } from "../settings/settings.ts";
import { since } from "../settings/since.ts";
import { isMisspelt } from "./misspelt.ts";
import { type Fix, type Report, rule } from "./rule.ts";

export const invalidServiceName = rule({
	name: "invalid-service-name",
	levels: ["error", "warning"],
	on: "Service",
	whole: true,
	summary: "A Service without a name, or with one that is no DNS label.",
	why: "Kubernetes refuses the Service: its name is a part of its DNS name, so it has up to 63 of a-z, 0-9 and -, with a letter or digit at both ends; before 1.36 it begins with a letter.",
	source: "https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#rfc-1035-label-names",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: web_shop
spec:
  selector:
    app: web
  ports:
    - port: 80
`,
	good: `
apiVersion: v1
kind: Service
metadata:
  name: web-shop
spec:
  selector:
    app: web
  ports:
    - port: 80
`,
	*check(service, { settings, unit }) {
		const { name, generateName } = service.metadata;
		if (isUnreadable(name)) return;
		const value = given(name);
		if (value !== undefined && name) yield* malformed(service, name, value, settings.cluster.version);
		else if (given(generateName) === undefined && !isUnreadable(generateName) && !unit.patched) yield* missing(service);
	},
});

function* missing({ root, metadata }: Service): Iterable<Report> {
	if (isMisspelt(metadata.node, "name") || isMisspelt(root, "metadata") || isUnreadable(readField(root, "metadata", map))) return;
	yield {
		at: placeOfPath(root, "metadata", "name"),
		message: "The Service has neither a name nor a generateName",
		kubernetes: "refuses",
	};
}

/** Names may begin with a digit since 1.36 (RelaxedServiceNameValidation). */
function* malformed({ metadata }: Service, field: Field<string>, name: string, version: VersionRange): Iterable<Report> {
	const at = placeOf(field);
	if (!isDns1123Label(name)) {
		yield {
			at,
			message: `The Service name "${name}" ${whatIsWrong(name)}`,
			kubernetes: "refuses",
			fixes: rename(metadata.node, field, name),
		};
	} else if (!isDns1035Label(name)) {
		const relaxed = since(36, version);
		if (relaxed === "all") return;
		const begins = `The Service name "${name}" begins with a digit`;
		yield relaxed === "none"
			? { at, message: begins, kubernetes: "refuses" }
			: { at, level: "warning", message: `${begins}, which Kubernetes refuses before 1.36` };
	}
}

function whatIsWrong(name: string): string {
	if (/[A-Z]/.test(name)) return "has upper-case letters";
	if (name.includes(".")) return "has a dot in it";
	const odd = /[^a-z0-9-]/u.exec(name)?.[0];
	if (odd !== undefined) return `has "${odd}" in it`;
	return name.length > 63 ? `has ${name.length} characters, and 63 are the most` : "begins or ends with -";
}

function rename(metadata: Service["metadata"]["node"], field: Field<string>, name: string): readonly Fix[] {
	const right = name
		.toLowerCase()
		.replace(/[._]/g, "-")
		.replace(/^-+|-+$/g, "");
	const edit = metadata && right !== name && isDns1035Label(right) ? setField(metadata, "name", field, right) : undefined;
	return edit ? [{ title: `Set name to ${right}`, safe: false, edits: [edit] }] : [];
}
