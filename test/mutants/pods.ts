import { declaredPorts } from "../../server/src/links/targetPort.ts";
import type { Container } from "../../server/src/model/podTemplate.ts";
import { isHeadless, targetPortOf } from "../../server/src/model/service.ts";
import type { Workload } from "../../server/src/model/workload.ts";
import type { Edit } from "../../server/src/text/source.ts";
import { entryOf, valueAt } from "../../server/src/yaml/nodes.ts";
import { knownImages } from "./images.ts";
import { add, beside, edits, type Mutator, remove, set, write } from "./mutator.ts";
import type { Fault, Site } from "./site.ts";

/** The kinds of fault that stand in a workload. */
export const POD_MUTATORS: readonly Mutator[] = [
	workload("selector-template-mismatch", "a slip in the selector", ({ selector, custom }) => {
		const pair = selector?.pairs.find(({ value }) => value);
		return pair && !custom ? set(selector?.node, pair.name, `${pair.value}x`) : undefined;
	}),
	workload("workload-without-selector", "no selector", ({ kind, holder, custom, apiVersion }) =>
		custom || /^(ReplicationController|Job|CronJob|Pod)$/.test(kind) || apiVersion !== "apps/v1" ? undefined : remove(holder, "selector"),
	),
	workload("removed-api-version", "extensions/v1beta1", ({ root, apiVersion, kind }) =>
		apiVersion === "apps/v1" && /^(Deployment|DaemonSet|ReplicaSet)$/.test(kind)
			? set(root, "apiVersion", "extensions/v1beta1")
			: undefined,
	),
	container("invalid-port-number", "containerPort above 65535", ({ ports }) => set(ports[0]?.node, "containerPort", 80800)),
	container("invalid-port-number", "quoted containerPort", ({ ports }) => set(ports[0]?.node, "containerPort", "80")),
	container("invalid-port-name", "too long", ({ ports }) => set(ports[0]?.node, "name", "a-name-of-sixteen")),
	container("invalid-protocol", "lower case in a container", ({ ports }) => set(ports[0]?.node, "protocol", "udp")),
	container("duplicate-container-port", "the same port twice", ({ ports, portList }) => {
		const number = ports[0]?.containerPort?.value;
		return number === undefined ? undefined : add(portList?.value, { containerPort: number, ...protocolIn(ports[0]) });
	}),
	container("duplicate-port-name", "the same name twice", ({ ports, portList }) => {
		const name = ports[0]?.name?.value;
		return name === undefined ? undefined : add(portList?.value, { name, containerPort: 23456 });
	}),
	container("unknown-field", "containerport", ({ ports }) => set(ports[0]?.node, "containerport", 8080)),
	container("wrong-type", "a number as an env value", ({ env, node }) =>
		env.length > 0 || entryOf(node, "env") ? undefined : set(node, "env", [{ name: "PORT", value: 8080 }]),
	),
	container("invalid-probe", "a name for gRPC", ({ node }) => set(node, "livenessProbe", { grpc: { port: "http" } })),
	container("probe-port-not-found", "a name that the container does not declare", ({ node }) =>
		set(node, "livenessProbe", { httpGet: { port: "no-such-port", path: "/" } }),
	),
	container("quoted-target-port", "a quoted port of a probe", ({ node }) => set(node, "livenessProbe", { tcpSocket: { port: "8080" } })),
	container("host-ip-without-host-port", "a hostIP alone", ({ ports }) =>
		ports[0]?.hostPort ? undefined : set(ports[0]?.node, "hostIP", "10.0.0.1"),
	),
	container("invalid-host-ip", "a hostIP that is a name", ({ ports }) =>
		ports[0]?.hostPort ? set(ports[0]?.node, "hostIP", "localhost") : undefined,
	),
	container("listens-on-loopback", "bound to 127.0.0.1", ({ args, command, node, ports }, { service }) => {
		const target = service.ports[0] && targetPortOf(service.ports[0]);
		const number = typeof target === "number" ? target : ports.find(({ name }) => name?.value === target)?.containerPort?.value;
		return args.length > 0 || command.length > 0 || number === undefined ? undefined : set(node, "args", [`--bind=127.0.0.1:${number}`]);
	}),
	container("container-port-not-exposed", "another port of an official image", ({ image, node, ports, env }) => {
		if (ports.length !== 1 || env.length > 0 || entryOf(node, "volumeMounts") || !knownImages.has(image?.value ?? "")) return undefined;
		return set(ports[0]?.node, "containerPort", 23456);
	}),
	{
		rule: "host-port-conflict",
		fault: "one hostPort twice in a Pod",
		put: ({ workload }) => {
			const [first] = workload.template.containers;
			const [one] = first?.ports ?? [];
			const number = one?.containerPort?.value;
			if (!first || !one || one.hostPort || number === undefined || workload.template.hostNetwork) return undefined;
			const twin = { containerPort: 23456, hostPort: 23080, ...protocolIn(one) };
			return edits(set(one.node, "hostPort", 23080), add(first.portList?.value, twin));
		},
	},
	{
		rule: "host-port-instead-of-service",
		fault: "a hostPort on a Deployment",
		put: ({ workload: { template, kind } }) => {
			const free = !template.hostNetwork && !template.nodeSelector && !template.nodeName && !template.affinity;
			const [one] = template.containers[0]?.ports ?? [];
			return kind === "Deployment" && free && one && !one.hostPort ? edits(set(one.node, "hostPort", 23080)) : undefined;
		},
	},
	{
		rule: "host-port-reserved",
		fault: "the kubelet's port",
		put: ({ workload }) => {
			const [one] = workload.template.containers[0]?.ports ?? [];
			const system = workload.metadata.namespace?.value === "kube-system";
			return one && !one.hostPort && !workload.template.hostNetwork && !system ? edits(set(one.node, "hostPort", 10250)) : undefined;
		},
	},
	{
		rule: "host-network-port-mismatch",
		fault: "hostNetwork and another hostPort",
		put: ({ workload: { template, custom } }) => {
			const [one] = template.containers[0]?.ports ?? [];
			const number = one?.containerPort?.value;
			if (custom || !one || one.hostPort || template.hostNetwork || number === undefined) return undefined;
			return edits(set(template.spec, "hostNetwork", true), set(one.node, "hostPort", number + 1));
		},
	},
	{
		rule: "host-network-without-cluster-dns",
		fault: "hostNetwork for a client of the Service",
		put: ({ service, workload }) => {
			const name = service.metadata.name?.value;
			const url = `http://${name}:${service.ports[0]?.port?.value}/`;
			const containers = [{ name: "client", image: "registry.example.com/client:1.0", env: [{ name: "BACKEND_URL", value: url }] }];
			const namespace = workload.metadata.namespace?.value;
			const metadata = { name: "mutant", ...(namespace ? { namespace } : {}) };
			return name && !isHeadless(service)
				? beside({ apiVersion: "v1", kind: "Pod", metadata, spec: { hostNetwork: true, containers } })
				: undefined;
		},
	},
	{
		rule: "duplicate-key",
		fault: "a label twice",
		put: ({ workload }) => {
			const labels = workload.template.labels?.node;
			const pair = workload.template.labels?.pairs[0];
			if (labels?.kind !== "map" || !pair?.value || labels.flow) return undefined;
			const text = `\n${" ".repeat(columnOf(pair.key))}${pair.name}: ${JSON.stringify(pair.value)}`;
			return { edits: [{ source: labels.source, start: pair.node.end, end: pair.node.end, text }] };
		},
	},
	{ rule: "invalid-yaml", fault: "a bracket that is not closed", put: (site) => behindKind(site, " [") },
	{ rule: "invalid-yaml", fault: "a tab for indentation", put: ({ service }) => (service.root.flow ? undefined : indentByTab(service)) },
	{
		rule: "trailing-content",
		fault: "an object behind the end of a document",
		put: ({ service: { source, root } }) => {
			const end = source.text.length;
			const text = `${source.text.endsWith("\n") ? "" : "\n"}...\nkind: Service\n`;
			return root.flow ? undefined : { edits: [{ source, start: end, end, text }] };
		},
	},
	{
		rule: "unused-ignore",
		fault: "a comment that silences nothing",
		put: ({ service: { source, root } }) => {
			const start = root.start;
			if (root.flow || (start > 0 && source.text[start - 1] !== "\n")) return undefined;
			return { edits: [{ source, start, end: start, text: "# portolan-ignore: invalid-protocol\n" }] };
		},
	},
];

function workload(rule: string, fault: string, change: (workload: Workload) => Edit | undefined): Mutator {
	return { rule, fault, put: (site) => edits(change(site.workload)) };
}

/** A fault in the first container. */
function container(rule: string, fault: string, change: (container: Container, site: Site) => Edit | undefined): Mutator {
	return {
		rule,
		fault,
		put: (site) => {
			const [first] = site.workload.template.containers;
			return first && first.ports.length > 0 ? edits(change(first, site)) : undefined;
		},
	};
}

function protocolIn(port: Container["ports"][number] | undefined): { readonly [key: string]: string } {
	const protocol = port?.protocol?.value;
	return protocol === undefined ? {} : { protocol };
}

function columnOf({ source, start }: { readonly source: { readonly text: string }; readonly start: number }): number {
	return start - (source.text.lastIndexOf("\n", start - 1) + 1);
}

function behindKind({ service: { kindField, root } }: Site, text: string): Fault | undefined {
	const node = kindField?.node;
	const apiVersion = valueAt(root, "apiVersion");
	if (!node || root.flow || !apiVersion) return undefined;
	return { edits: [{ source: node.source, start: node.end, end: node.end, text: `\nmetadata2:${text}` }] };
}

function indentByTab({ spec, root }: Site["service"]): Fault | undefined {
	const entry = spec?.flow ? undefined : spec?.entries[0];
	if (!entry || root.start !== columnOf(root) + (root.start - columnOf(root))) return undefined;
	const { source, start } = entry.key;
	const column = columnOf(entry.key);
	const before = source.text.slice(start - column, start);
	return before.trim() === "" && column > 0 ? { edits: [{ source, start: start - column, end: start, text: "\t" }] } : undefined;
}

/** Everything that only a workload with a declared port has. */
export function hasPorts({ workload: each }: Site): boolean {
	return declaredPorts(each).length > 0 && write !== undefined;
}
