import { type Field, given, isUnreadable, readField, text } from "../model/field.ts";
import { setField } from "../model/fieldEdits.ts";
import { isDns1123Label, isDns1123Subdomain } from "../model/forms.ts";
import { placeOf, placeOfPath } from "../model/places.ts";
import type { Container } from "../model/podTemplate.ts";
import { isServed, type Workload } from "../model/workload.ts";
import type { VersionRange } from "../settings/settings.ts";
import { since } from "../settings/since.ts";
import { entryOf, type MapNode } from "../yaml/nodes.ts";
import { type Fix, type Report, rule } from "./rule.ts";
import { isWrittenOut } from "./writtenOut.ts";

export const invalidWorkloadName = rule({
	name: "invalid-workload-name",
	levels: ["error", "warning", "information"],
	on: "Workload",
	whole: true,
	summary: "A name of a workload, its containers or its Pods' hosts that is no DNS name, or that two containers have.",
	why: "Kubernetes refuses it. A dot in the name of a workload is allowed and warned about, since the name becomes part of the Pods' host names.",
	source: "https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#names",
	bad: `
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web_app
      image: registry.example.com/web:1.0
`,
	good: `
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web-app
      image: registry.example.com/web:1.0
`,
	*check(workload, { settings, unit }) {
		if (!isServed(workload)) return;
		const { version } = settings.cluster;
		const whole = isWrittenOut(workload, unit) && !workload.broken;
		if (whole) yield* missingName(workload);
		yield* ownName(workload, version);
		yield* containerNames(workload, whole);
		if (workload.kind === "StatefulSet") yield* serviceName(workload, version);
		else yield* hostNames(workload);
		const { spec, nodeName } = workload.template;
		if (isMalformed(nodeName, isDns1123Subdomain)) {
			yield refused(spec, "nodeName", nodeName, `nodeName "${nodeName.value}" is no DNS name`, false);
		}
	},
});

type Given = Field<string> & { readonly value: string };

function isMalformed(field: Field<string> | undefined, isRight: (value: string) => boolean): field is Given {
	const value = given(field);
	return value !== undefined && !isRight(value);
}

/** The names of Jobs that a CronJob makes have 11 characters more, and labels with a Job's name no more than 63. */
const LONGEST: Readonly<Record<string, number>> = { CronJob: 52, Job: 63 };

/** Source: the validation of each kind in pkg/apis, and the warnings of its strategy in pkg/registry. */
function* ownName({ kind, metadata }: Workload, version: VersionRange): Iterable<Report> {
	const field = metadata.name;
	const value = given(field);
	if (!field || value === undefined) return;
	const at = placeOf(field);
	const isRight = kind === "StatefulSet" ? isDns1123Label : isDns1123Subdomain;
	const longest = LONGEST[kind];
	if (!isRight(value)) {
		const what = kind === "StatefulSet" ? "DNS label" : "DNS name";
		yield { at, message: `The ${kind} name "${value}" is no ${what}: ${whatIsWrong(value)}`, kubernetes: "refuses" };
	} else if (longest !== undefined && value.length > longest) {
		yield { at, message: `The ${kind} name "${value}" has ${value.length} characters, and ${longest} are the most`, kubernetes: "refuses" };
	} else if (kind !== "DaemonSet" && !isDns1123Label(value)) {
		const message = `The ${kind} name "${value}" is no DNS label, and host names of Pods are made from it`;
		yield { at, level: "information", message, ...(since(WARNED_SINCE, version) === "all" && { kubernetes: "warns" as const }) };
	}
}

/** Source: PR 114412. */
const WARNED_SINCE = 27;

function whatIsWrong(name: string): string {
	if (/[A-Z]/.test(name)) return "it has upper-case letters";
	const odd = /[^a-z0-9.-]/u.exec(name)?.[0];
	if (odd !== undefined) return `it has "${odd}" in it`;
	if (name.length > 63) return `it has ${name.length} characters`;
	if (isDns1123Subdomain(name)) return "it has a dot in it";
	return name.includes(".") ? "each part begins and ends with a letter or a digit" : "it begins or ends with -";
}

/** A Pod without a name is often a template that something else fills in. */
function* missingName({ kind, metadata, root }: Workload): Iterable<Report> {
	const { name, generateName } = metadata;
	if (kind === "Pod" || given(name) !== undefined || isUnreadable(name) || generateName) return;
	yield { at: placeOfPath(root, "metadata", "name"), message: `A ${kind} needs a name`, kubernetes: "refuses" };
}

function* containerNames({ template }: Workload, whole: boolean): Iterable<Report> {
	const first = new Map<string, Container>();
	for (const container of [...template.containers, ...template.initContainers]) {
		const { name, node } = container;
		const value = given(name);
		if (isUnreadable(name)) continue;
		if (!name) {
			// Fragments of manifests seldom name their containers.
			const key = whole ? entryOf(node, "image")?.key : undefined;
			if (key) yield { at: key, message: "A container needs a name", kubernetes: "refuses" };
			continue;
		}
		const other = first.get(value ?? "");
		if (value === undefined) yield { at: placeOf(name), message: "A container needs a name", kubernetes: "refuses" };
		else if (!isDns1123Label(value)) yield refused(node, "name", name, `The container name "${value}" is no DNS label`, true);
		else if (!other) first.set(value, container);
		else {
			yield {
				at: placeOf(name),
				message: `Two containers have the name ${value}`,
				kubernetes: "refuses",
				related: other.name ? [{ at: other.name.node, message: "The first container with this name" }] : [],
			};
		}
	}
}

/** A StatefulSet sets both for its Pods. */
function* hostNames({ template: { spec, hostname, subdomain } }: Workload): Iterable<Report> {
	for (const [name, field] of [
		["hostname", hostname],
		["subdomain", subdomain],
	] as const) {
		if (isMalformed(field, isDns1123Label)) yield refused(spec, name, field, `${name} "${field.value}" is no DNS label`, true);
	}
}

/** Since 1.33 new StatefulSets may not name what no Service can be called. */
function* serviceName({ spec }: Workload, version: VersionRange): Iterable<Report> {
	const field = readField(spec, "serviceName", text);
	const checked = since(33, version);
	if (!isMalformed(field, isDns1123Label) || checked === "none") return;
	const message = `serviceName "${field.value}" is no DNS label`;
	const report = refused(spec, "serviceName", field, message, false);
	if (checked === "all") yield report;
	else yield { at: report.at, level: "warning", message: `${message}, and Kubernetes refuses it since 1.33` };
}

function refused(parent: MapNode | undefined, name: string, field: Field<string>, message: string, mendable: boolean): Report {
	const value = field.value ?? "";
	const right = value
		.toLowerCase()
		.replace(/[._ ]/g, "-")
		.replace(/^-+|-+$/g, "");
	const edit = parent && mendable && isDns1123Label(right) ? setField(parent, name, field, right) : undefined;
	const fixes: readonly Fix[] = edit ? [{ title: `Set ${name} to ${right}`, safe: false, edits: [edit] }] : [];
	return { at: placeOf(field), message: `${message}: ${whatIsWrong(value)}`, kubernetes: "refuses", fixes };
}
