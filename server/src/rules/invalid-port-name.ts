import type { Field } from "../model/field.ts";
import { setField } from "../model/fieldEdits.ts";
import { isDns1123Label, isPortName } from "../model/forms.ts";
import { isService, isWorkload } from "../model/manifest.ts";
import { placeOf } from "../model/places.ts";
import { servingContainers } from "../model/podTemplate.ts";
import type { Service } from "../model/service.ts";
import { isServed, type Workload } from "../model/workload.ts";
import type { MapNode } from "../yaml/nodes.ts";
import { type Fix, type Report, rule } from "./rule.ts";

export const invalidPortName = rule({
	name: "invalid-port-name",
	levels: ["error"],
	on: "Object",
	whole: true,
	summary: "A name of a port that has not the form which Kubernetes demands.",
	why: "Kubernetes refuses the object: names of container ports, and so of target ports and probes, have up to 15 of a-z, 0-9 and single -, a letter among them; names of Service ports are DNS labels.",
	source: "https://kubernetes.io/docs/concepts/services-networking/service/#multi-port-services",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - name: http_web
      port: 80
`,
	good: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - name: http-web
      port: 80
`,
	*check(object) {
		if (isService(object)) yield* inService(object);
		else if (isWorkload(object)) yield* inWorkload(object);
	},
});

/** A form of names: IANA_SVC_NAME of container ports, DNS-1123 label of Service ports. */
interface Form {
	readonly fits: (name: string) => boolean;
	readonly most: number;
	readonly iana: boolean;
}

const IANA: Form = { fits: isPortName, most: 15, iana: true };
const LABEL: Form = { fits: isDns1123Label, most: 63, iana: false };

function* inService({ ports }: Service): Iterable<Report> {
	const names = new Set(ports.map(({ name }) => name?.value));
	for (const { node, name, targetPort } of ports) {
		if (name?.value) yield* malformed({ map: node, field: name, what: "The Service port name", form: LABEL, taken: names, refused: true });
		if (targetPort?.value) yield* malformed({ map: node, field: targetPort, what: "targetPort", form: IANA, taken: NONE, refused: true });
	}
}

/** A name of a probe has no default: an empty one is refused too. */
function* inWorkload(workload: Workload): Iterable<Report> {
	const { template } = workload;
	const refused = isServed(workload);
	for (const { ports } of [...template.containers, ...template.initContainers]) {
		const taken = new Set(ports.map(({ name }) => name?.value));
		for (const { node, name } of ports) {
			if (name?.value) yield* malformed({ map: node, field: name, what: "The container port name", form: IANA, taken, refused });
		}
	}
	for (const { handlers } of servingContainers(template)) {
		for (const { of, type, node, port } of handlers) {
			if (!port || type === "grpc") continue;
			yield* malformed({ map: node, field: port, what: `${of}.${type}.port`, form: IANA, taken: NONE, refused });
		}
	}
}

const NONE: ReadonlySet<string> = new Set();

interface Name {
	readonly map: MapNode;
	readonly field: Field<number | string>;
	/** What it is called in the message. */
	readonly what: string;
	readonly form: Form;
	/** Names that others have. */
	readonly taken: ReadonlySet<string | undefined>;
	readonly refused: boolean;
}

function* malformed(name: Name): Iterable<Report> {
	const { field, what, form, refused } = name;
	if (typeof field.value !== "string" || form.fits(field.value)) return;
	yield {
		at: placeOf(field),
		message: field.value === "" ? `${what} is empty` : `${what} "${field.value}" ${whatIsWrong(field.value, form)}`,
		...(refused ? { kubernetes: "refuses" as const } : {}),
		fixes: rename(name, field.value),
	};
}

function whatIsWrong(name: string, { most, iana }: Form): string {
	if (/[A-Z]/.test(name)) return "has upper-case letters";
	const odd = /[^a-z0-9-]/u.exec(name)?.[0];
	if (odd !== undefined) return `has "${odd}" in it, and a-z, 0-9 and - are allowed`;
	if (/^-|-$/.test(name)) return "begins or ends with -";
	if (name.length > most) return `has ${name.length} characters, and ${most} are the most`;
	return iana && name.includes("--") ? "has two - in a row" : "has no letter in it";
}

function rename({ map, field, form, taken }: Name, name: string): readonly Fix[] {
	const right = shorten(name.toLowerCase().replace(form.iana ? /[^a-z0-9]+/g : /[^a-z0-9-]/g, "-"), form);
	const edit = form.fits(right) && !taken.has(right) ? setField(map, field.key.text, field, right) : undefined;
	return edit ? [{ title: `Set ${field.key.text} to ${right}`, safe: right === name.toLowerCase(), edits: [edit] }] : [];
}

function shorten(name: string, { most }: Form): string {
	return name.replace(/^-+/, "").slice(0, most).replace(/-+$/, "");
}
