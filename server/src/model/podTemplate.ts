import { effectiveEntries, entryOf, type MapNode, type Node, type ScalarNode, type SeqNode, valueAt } from "../yaml/nodes.ts";
import { bool, type Field, int32, intOrText, isPlaceholder, list, map, readField, text } from "./field.ts";
import { type LabelMap, readLabels } from "./labels.ts";
import { readItems } from "./service.ts";

/** The facet that all workloads share: the Pods that they make, or the Pod itself. */
export interface PodTemplate {
	/** The map that holds `metadata` and `spec`. */
	readonly node: MapNode;
	readonly metadata: MapNode | undefined;
	readonly labels: LabelMap | undefined;
	readonly annotations: LabelMap | undefined;
	readonly spec: MapNode | undefined;
	/** Regular containers, in order. */
	readonly containers: readonly Container[];
	readonly initContainers: readonly Container[];
	readonly hostNetwork: Field<boolean> | undefined;
	readonly dnsPolicy: Field<string> | undefined;
	readonly nodeName: Field<string> | undefined;
	readonly nodeSelector: LabelMap | undefined;
	readonly affinity: MapNode | undefined;
	readonly subdomain: Field<string> | undefined;
	readonly hostname: Field<string> | undefined;
}

export interface Container {
	readonly node: MapNode;
	readonly name: Field<string> | undefined;
	readonly image: Field<string> | undefined;
	readonly portList: Field<SeqNode> | undefined;
	readonly ports: readonly ContainerPort[];
	readonly handlers: readonly Handler[];
	readonly command: readonly Field<string>[];
	readonly args: readonly Field<string>[];
	readonly env: readonly EnvironmentVariable[];
	/** `envFrom` is there: variables come from an object that is not read here. */
	readonly envFrom: Node | undefined;
	readonly volumeMounts: Node | undefined;
	/** An init container with `restartPolicy: Always`: it runs, and serves, beside the regular containers. */
	readonly sidecar: boolean;
	readonly init: boolean;
}

export interface ContainerPort {
	readonly node: MapNode;
	readonly name: Field<string> | undefined;
	readonly containerPort: Field<number> | undefined;
	readonly hostPort: Field<number> | undefined;
	readonly hostIP: Field<string> | undefined;
	readonly protocol: Field<string> | undefined;
}

/** A probe's or lifecycle hook's handler that names a port of its own container. */
export interface Handler {
	/** `livenessProbe`, `readinessProbe`, `startupProbe`, `postStart` or `preStop`. */
	readonly of: string;
	readonly type: "httpGet" | "tcpSocket" | "grpc";
	/** The key of that name. */
	readonly key: ScalarNode;
	readonly node: MapNode;
	readonly port: Field<number | string> | undefined;
}

export interface EnvironmentVariable {
	readonly node: MapNode;
	readonly name: Field<string> | undefined;
	/** Absent where the value comes from elsewhere (`valueFrom`). */
	readonly value: Field<string> | undefined;
	readonly valueFrom: Node | undefined;
}

export function readPodTemplate(node: MapNode): PodTemplate {
	const metadata = readField(node, "metadata", map)?.value;
	const spec = readField(node, "spec", map)?.value;
	return {
		node,
		metadata,
		labels: readLabels(metadata, "labels"),
		annotations: readLabels(metadata, "annotations"),
		spec,
		containers: readContainers(spec, "containers", false),
		initContainers: readContainers(spec, "initContainers", true),
		hostNetwork: readField(spec, "hostNetwork", bool),
		dnsPolicy: readField(spec, "dnsPolicy", text),
		nodeName: readField(spec, "nodeName", text),
		nodeSelector: readLabels(spec, "nodeSelector"),
		affinity: readField(spec, "affinity", map)?.value,
		subdomain: readField(spec, "subdomain", text),
		hostname: readField(spec, "hostname", text),
	};
}

/** The containers that serve: regular ones in order, then sidecars, the order in which names are looked up. */
export function servingContainers(template: PodTemplate): readonly Container[] {
	return [...template.containers, ...template.initContainers.filter((container) => container.sidecar)];
}

/** Whether containers or ports may be there that are not readable here: placeholders, template leftovers, lists of another type. */
export function isPatchy(template: PodTemplate): boolean {
	const spec = template.spec;
	if (!spec || entryOf(spec, "containers")?.value.kind !== "seq") return true;
	const containers = [...itemsOf(spec, "containers"), ...itemsOf(spec, "initContainers")];
	return containers.some((container) => {
		const ports = entryOf(container, "ports")?.value;
		return (
			container.kind !== "map" ||
			(ports !== undefined &&
				(isPlaceholder(ports) || itemsOf(container, "ports").some((port) => port.kind !== "map" || isPlaceholder(port))))
		);
	});
}

function itemsOf(parent: Node | undefined, name: string): readonly Node[] {
	const value = entryOf(parent, name)?.value;
	return value?.kind === "seq" ? value.items : [];
}

function readContainers(spec: MapNode | undefined, name: string, init: boolean): readonly Container[] {
	return itemsOf(spec, name)
		.filter((item) => item.kind === "map")
		.map((item) => readContainer(item, init));
}

function readContainer(node: MapNode, init: boolean): Container {
	const portList = readField(node, "ports", list);
	return {
		node,
		name: readField(node, "name", text),
		image: readField(node, "image", text),
		portList,
		ports: (portList?.value?.items ?? []).filter((item) => item.kind === "map").map(readContainerPort),
		handlers: readHandlers(node),
		command: readItems(node, "command"),
		args: readItems(node, "args"),
		env: itemsOf(node, "env")
			.filter((item) => item.kind === "map")
			.map(readVariable),
		envFrom: entryOf(node, "envFrom")?.value,
		volumeMounts: entryOf(node, "volumeMounts")?.value,
		sidecar: init && readField(node, "restartPolicy", text)?.value === "Always",
		init,
	};
}

function readContainerPort(node: MapNode): ContainerPort {
	return {
		node,
		name: readField(node, "name", text),
		containerPort: readField(node, "containerPort", int32),
		hostPort: readField(node, "hostPort", int32),
		hostIP: readField(node, "hostIP", text),
		protocol: readField(node, "protocol", text),
	};
}

function readVariable(node: MapNode): EnvironmentVariable {
	return { node, name: readField(node, "name", text), value: readField(node, "value", text), valueFrom: entryOf(node, "valueFrom")?.value };
}

function readHandlers(container: MapNode): readonly Handler[] {
	const lifecycle = valueAt(container, "lifecycle");
	return [...effectiveEntries(container), ...(lifecycle?.kind === "map" ? effectiveEntries(lifecycle) : [])].flatMap((entry) =>
		/^(liveness|readiness|startup)Probe$|^(postStart|preStop)$/.test(entry.name) ? handlersOf(entry.name, entry.value) : [],
	);
}

function handlersOf(of: string, parent: Node): readonly Handler[] {
	return (["httpGet", "tcpSocket", "grpc"] as const).flatMap((type) => {
		const entry = entryOf(parent, type);
		const node = entry?.value;
		return entry && node?.kind === "map" ? [{ of, type, key: entry.key, node, port: readField(node, "port", intOrText) }] : [];
	});
}
