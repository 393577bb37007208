import { nearness } from "../links/nearness.ts";
import { enumerate } from "../links/printPorts.ts";
import { int32, isPlaceholder, isUnreadable, readField, text } from "../model/field.ts";
import type { Container } from "../model/podTemplate.ts";
import { type Entry, effectiveEntries, entryOf, isNull, type MapNode, valueAt } from "../yaml/nodes.ts";
import { type Report, rule } from "./rule.ts";
import { isWrittenOut } from "./writtenOut.ts";

export const invalidProbe = rule({
	name: "invalid-probe",
	levels: ["error"],
	on: "Workload",
	whole: true,
	summary:
		"A probe or lifecycle hook without a handler or with two, a gRPC port that is no number, a probe on an init container that ends.",
	why: "Kubernetes refuses it.",
	source: "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/",
	bad: `
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example.com/web:1.0
      readinessProbe:
        httpGet:
          port: 8080
        tcpSocket:
          port: 8080
`,
	good: `
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example.com/web:1.0
      readinessProbe:
        httpGet:
          port: 8080
`,
	*check(workload, { unit }) {
		if (workload.custom) return;
		const whole = isWrittenOut(workload, unit);
		const { containers, initContainers } = workload.template;
		for (const container of [...initContainers, ...containers]) {
			const ends = container.init && !container.sidecar;
			if (!ends) yield* ofRunning(container, whole);
			else if (!isUnreadable(readField(container.node, "restartPolicy", text))) yield* ofEnding(container);
		}
	},
});

const PROBES = ["livenessProbe", "readinessProbe", "startupProbe"];
const HOOKS = ["postStart", "preStop"];

/** In the order in which Kubernetes counts them. Source: validateHandler of pkg/apis/core/validation/validation.go. */
const HANDLERS: Readonly<Record<"probe" | "hook", readonly string[]>> = {
	probe: ["exec", "httpGet", "tcpSocket", "grpc"],
	hook: ["exec", "httpGet", "tcpSocket", "sleep"],
};

/** An init container without `restartPolicy: Always` is over before anything could be probed. */
function* ofEnding(container: Container): Iterable<Report> {
	for (const name of ["lifecycle", ...PROBES]) {
		const entry = entryOf(container.node, name);
		if (!entry || isNull(entry.value)) continue;
		yield refused(entry, `Init container ${nameOf(container)} has a ${name}, which needs restartPolicy: Always`);
	}
}

function* ofRunning(container: Container, whole: boolean): Iterable<Report> {
	const lifecycle = valueAt(container.node, "lifecycle");
	for (const name of PROBES) yield* ofHandlers(container, entryOf(container.node, name), "probe", whole);
	for (const name of HOOKS) yield* ofHandlers(container, entryOf(lifecycle, name), "hook", whole);
}

function* ofHandlers(container: Container, entry: Entry | undefined, kind: "probe" | "hook", whole: boolean): Iterable<Report> {
	const node = entry?.value;
	if (!entry || node?.kind !== "map" || isPlaceholder(node)) return;
	const who = `${entry.name} of container ${nameOf(container)}`;
	const handlers = HANDLERS[kind].flatMap((name) => entryOf(node, name) ?? []).filter(({ value }) => !isNull(value));
	const [first, second] = handlers;
	if (handlers.some(({ value }) => isPlaceholder(value))) return;
	if (first && second) yield refused(second, `${who} has ${enumerate(handlers.map(({ name }) => name))}, and may have only one of them`);
	if (!first && whole) yield refused(misspelled(node, kind) ?? entry, `${who} has none of ${enumerate(HANDLERS[kind])}`);
	if (first?.name === "exec") yield* ofCommand(first, who);
	if (first?.name === "grpc") yield* ofGrpc(first, who);
	if (kind === "probe") yield* ofThreshold(node, who, entry.name === "readinessProbe");
}

/** A key that stands where a handler is missing. */
function misspelled(node: MapNode, kind: "probe" | "hook"): Entry | undefined {
	const unknown = effectiveEntries(node).filter(({ value }) => value.kind === "map");
	return unknown.find(({ name }) => HANDLERS[kind].some((handler) => nearness(name, handler) !== undefined));
}

function* ofCommand(handler: Entry, who: string): Iterable<Report> {
	if (handler.value.kind !== "map") return;
	const entry = entryOf(handler.value, "command");
	const node = entry?.value;
	if (!node || isNull(node) || (node.kind === "seq" && node.items.length === 0))
		yield refused(entry ?? handler, `exec of ${who} has no command`);
}

/** A number of another form, in quotes or out of range, is a port like any other. */
function* ofGrpc(handler: Entry, who: string): Iterable<Report> {
	if (handler.value.kind !== "map") return;
	const entry = entryOf(handler.value, "port");
	const node = entry?.value;
	if (!node || isNull(node)) yield refused(entry ?? handler, `grpc of ${who} has no port`);
	else if (node.kind === "scalar" && typeof node.value === "string" && !isPlaceholder(node) && !/^\d+$/.test(node.value)) {
		yield { at: node, message: `grpc of ${who} needs the number of its port, and ${node.value} is a name`, kubernetes: "refuses" };
	}
}

function* ofThreshold(node: MapNode, who: string, readiness: boolean): Iterable<Report> {
	const value = valueAt(node, "successThreshold");
	const number = value && int32(value);
	if (!value || number === undefined || number === 0 || (readiness ? number > 0 : number === 1)) return;
	yield {
		at: value,
		message: `successThreshold of ${who} is ${number}, and must be ${readiness ? "above 0" : "1"}`,
		kubernetes: "refuses",
	};
}

function refused({ key }: Entry, message: string): Report {
	return { at: key, message, kubernetes: "refuses" };
}

function nameOf({ name }: Container): string {
	return name?.value ?? "without a name";
}
