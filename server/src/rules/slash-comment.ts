import type { Field } from "../model/field.ts";
import { isPlaceholder } from "../model/field.ts";
import type { LabelMap } from "../model/labels.ts";
import { isModelledKind, isService, isWorkload, type Manifest } from "../model/manifest.ts";
import { isRendered, type KubeObject } from "../model/object.ts";
import type { Container } from "../model/podTemplate.ts";
import { type Service, serviceType } from "../model/service.ts";
import type { Workload } from "../model/workload.ts";
import { place, type Source, textAt } from "../text/source.ts";
import { sourcesOf } from "../units/renderedPart.ts";
import { readPlain } from "../yaml/dialect.ts";
import { replace } from "../yaml/edit.ts";
import { entryOf, type Node, type ScalarNode } from "../yaml/nodes.ts";
import { type Fix, type Report, rule } from "./rule.ts";

export const slashComment = rule({
	name: "slash-comment",
	levels: ["error"],
	on: "Document",
	summary: "A comment that begins with //, which YAML takes for a part of the value.",
	why: "A comment begins with # in YAML. What follows // belongs to the value, and hardly any field takes such a text: Kubernetes refuses the object, or the value names something that is not there.",
	source: "https://yaml.org/spec/1.2.2/#66-comments",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort   // reachable from outside
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
  type: NodePort   # reachable from outside
  selector:
    app: web
  ports:
    - port: 80
`,
	*check(manifest) {
		if (!textsOf(manifest).some(({ text }) => /[\s[{,]\/\//.test(text))) return;
		const seen = new Set<Node>();
		for (const { object, name, node, refused } of valuesOf(manifest)) {
			if (node.kind !== "scalar" || node.style !== "plain" || seen.has(node) || isPlaceholder(node)) continue;
			seen.add(node);
			const report = inValue(node, name, refused);
			if (report) yield object ? { ...report, object } : report;
		}
	},
});

/** What is read: a document as it is written, or what a template of a chart printed. */
function textsOf(manifest: Manifest): readonly Source[] {
	const { owner, parsed, source } = manifest;
	if (isRendered(owner)) return owner.printed ? [...sourcesOf(manifest)] : [];
	return parsed ? [source] : [];
}

/** A value that could carry a comment, and whether Kubernetes refuses any text with ` // ` there. */
interface Value {
	readonly name: string;
	readonly node: Node;
	readonly refused: boolean;
	readonly object?: KubeObject;
}

function inValue(node: ScalarNode, name: string, refused: boolean): Report | undefined {
	const written = textAt(node);
	// What a template prints may be written in another way.
	const read = node.via ? node.text : written;
	const found = COMMENT.exec(read);
	if (!found) return undefined;
	const comment = read.slice(found.index + found[0].length - 2);
	const isWritten = written.endsWith(comment);
	const at = isWritten ? node.end - comment.length : node.start;
	const shown = comment.replace(/\s+/g, " ");
	return {
		at: place(node.source, at, node.end),
		message: `"${shown.length > 40 ? `${shown.slice(0, 40)}...` : shown}" is a part of ${name}: a comment begins with # in YAML`,
		...(refused ? { kubernetes: "refuses" } : {}),
		fixes: isWritten ? fixOf(node, at) : [],
	};
}

const COMMENT = /\s\/\/|^\/\/(?=\s)/;

/** Only where the rest of every line may become a comment: not in front of a bracket or a comma, nor behind what no document may hold. */
function fixOf(node: ScalarNode, at: number): readonly Fix[] {
	const { text } = node.source;
	const value = readPlain(text.slice(node.start, at).trimEnd());
	if (typeof value === "number" && !Number.isFinite(value)) return [];
	const [first = "", ...others] = text.slice(at, node.end).split("\n");
	const behind = /^[^\r\n]*/.exec(text.slice(node.end))?.[0] ?? "";
	if (!/^\s*(#|$)/.test(behind) || others.some((line) => !/^\s*\/\//.test(line))) return [];
	const edits = [at];
	for (let offset = at + first.length; edits.length <= others.length; offset = text.indexOf("\n", offset + 1))
		edits.push(text.indexOf("//", offset));
	return [
		{ title: "Begin the comment with #", safe: true, edits: edits.map((start) => replace(place(node.source, start, start + 2), "#")) },
	];
}

function* valuesOf({ parsed, objects: deployed, written, owner }: Manifest): Iterable<Value> {
	const objects = isRendered(owner) ? deployed : written;
	for (const object of objects) {
		for (const value of objectValues(object)) yield { ...value, object };
	}
	for (const root of rootsOf(isRendered(owner) ? owner.root : parsed?.root)) {
		const [apiVersion, kind] = ["apiVersion", "kind"].map((name) => entryOf(root, name)?.value);
		if (!apiVersion || !kind || !isModelledKind(withoutComment(apiVersion), withoutComment(kind))) continue;
		const object = objects.find((each) => each.root === root);
		for (const [name, node] of Object.entries({ apiVersion, kind })) yield { name, node, refused: true, ...(object && { object }) };
	}
}

/** The document itself and, where it is a list of objects, its items. */
function rootsOf(root: Node | undefined): readonly Node[] {
	const items = entryOf(root, "items")?.value;
	return root ? [root, ...(items?.kind === "seq" ? items.items : [])] : [];
}

function withoutComment(node: Node): string {
	return node.kind === "scalar" ? node.text.replace(/\s+\/\/.*$/s, "") : "";
}

function* objectValues(object: KubeObject): Iterable<Value> {
	const { name, generateName, namespace, labels } = object.metadata;
	yield* fields(true, name, generateName, namespace);
	yield* pairs(true, labels);
	if (isService(object)) yield* serviceValues(object);
	else if (isWorkload(object)) yield* workloadValues(object);
}

function* serviceValues(service: Service): Iterable<Value> {
	yield* fields(true, service.type, service.clusterIP, service.externalTrafficPolicy, service.internalTrafficPolicy);
	yield* fields(true, service.trafficDistribution, service.sessionAffinity, service.healthCheckNodePort);
	yield* fields(true, service.allocateLoadBalancerNodePorts, service.publishNotReadyAddresses, ...service.externalIPs);
	yield* fields(serviceType(service) === "ExternalName", service.externalName);
	yield* fields(false, service.loadBalancerIP);
	yield* pairs(true, service.selector);
	for (const { name, protocol, port, targetPort, nodePort, appProtocol } of service.ports) {
		yield* fields(true, name, protocol, port, targetPort, nodePort, appProtocol);
	}
}

function* workloadValues({ custom, template, replicas, selector }: Workload): Iterable<Value> {
	const { labels, hostNetwork, nodeName, nodeSelector, subdomain, hostname } = template;
	yield* fields(!custom, replicas, hostNetwork, nodeName, subdomain, hostname);
	for (const map of [selector, labels, nodeSelector]) yield* pairs(!custom, map);
	for (const container of [...template.containers, ...template.initContainers]) yield* containerValues(container, !custom);
}

/** The image and the hostIP are not looked at when an object is created: the Pod fails on its node. */
function* containerValues({ name, image, ports, handlers }: Container, refused: boolean): Iterable<Value> {
	yield* fields(refused, name);
	yield* fields(false, image);
	for (const port of ports) {
		yield* fields(refused, port.name, port.containerPort, port.hostPort, port.protocol);
		yield* fields(false, port.hostIP);
	}
	yield* fields(refused, ...handlers.map(({ port }) => port));
}

function* fields(refused: boolean, ...among: readonly (Field<unknown> | undefined)[]): Iterable<Value> {
	for (const field of among) if (field) yield { name: field.key.text, node: field.node, refused };
}

function* pairs(refused: boolean, labels: LabelMap | undefined): Iterable<Value> {
	for (const { name, node } of labels?.pairs ?? []) yield { name, node, refused };
}
