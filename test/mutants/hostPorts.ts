import type { Container, ContainerPort } from "../../server/src/model/podTemplate.ts";
import { isHeadless, protocolOf } from "../../server/src/model/service.ts";
import { entryOf } from "../../server/src/yaml/nodes.ts";
import type { Data } from "../support/styles.ts";
import { add, beside, type Change, container, type Mutator, set, spec } from "./mutator.ts";
import type { Fault, Site } from "./site.ts";

/** The kinds of fault in what the Pods of a workload take on their node. */
export const HOST_PORT_MUTATORS: readonly Mutator[] = [
	hostPort("host-ip-without-host-port", "a hostIP alone", ({ node }) => set(node, "hostIP", "10.0.0.1")),
	container("invalid-host-ip", "a hostIP that is a name", ({ ports: [one] }, { workload: { template } }) => {
		if (!one || template.hostNetwork) return undefined;
		return [...(one.hostPort ? [] : [set(one.node, "hostPort", 23080)]), set(one.node, "hostIP", "localhost")];
	}),
	hostPort("host-port-conflict", "one hostPort twice in a Pod", (one, { first, site }) => {
		if (one.containerPort?.value === undefined || site.workload.template.hostNetwork) return undefined;
		const twin = { containerPort: 23456, hostPort: 23080, protocol: protocolOf(one) ?? "TCP" };
		return [set(one.node, "hostPort", 23080), add(first.portList?.value, twin)];
	}),
	{
		rule: "host-port-conflict",
		fault: "taken by a DaemonSet of the unit",
		put: (site) => {
			const one = onEveryNode(site) ? freePort(site) : undefined;
			const own = one && set(one.node, "hostPort", 23080);
			return own && { ...daemonSet({ containerPort: 8080, hostPort: 23080, protocol: protocolOf(one) ?? "TCP" }, site), edits: [own] };
		},
	},
	hostPort("host-port-instead-of-service", "a hostPort on a Deployment", (one, { site: { workload } }) => {
		const { hostNetwork, nodeSelector, nodeName, affinity } = workload.template;
		const free = !hostNetwork && !nodeSelector && !nodeName && !affinity;
		return workload.kind === "Deployment" && free ? set(one.node, "hostPort", 23080) : undefined;
	}),
	hostPort("host-port-blocks-rollout", "a hostPort and the default strategy", (one, { site: { workload } }) => {
		// Of four Pods one may be missing, by default a quarter.
		const few = [1, 2, 3].includes(workload.replicas?.value ?? 1);
		const usual = !entryOf(workload.spec, "strategy") && !workload.template.nodeName && few;
		return workload.kind === "Deployment" && usual ? set(one.node, "hostPort", 23080) : undefined;
	}),
	hostPort("host-port-blocks-rollout", "a hostPort and a surge", (one, { site: { workload } }) =>
		workload.kind === "DaemonSet" && !entryOf(workload.spec, "updateStrategy")
			? [
					set(one.node, "hostPort", 23080),
					set(workload.spec, "updateStrategy", { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }),
				]
			: undefined,
	),
	hostPort("host-port-reserved", "the kubelet's port", (one, { site: { workload } }) => {
		const system = workload.metadata.namespace?.value === "kube-system";
		const taken = workload.template.hostNetwork || system || protocolOf(one) !== "TCP";
		return taken ? undefined : set(one.node, "hostPort", 10250);
	}),
	hostPort("host-network-port-mismatch", "hostNetwork and another hostPort", (one, { site: { workload } }) => {
		const number = one.containerPort?.value;
		if (workload.custom || workload.template.hostNetwork || number === undefined) return undefined;
		return [set(one.node, "hostPort", number + 1), set(workload.template.spec, "hostNetwork", true)];
	}),
	hostPort("node-port-is-host-port", "a hostPort with the number of a nodePort", (one, { site: { service, workload } }) => {
		const nodePort = service.ports.find((each) => protocolOf(each) === protocolOf(one))?.nodePort?.value;
		if (!nodePort || workload.template.hostNetwork?.value || (service.type?.value ?? "ClusterIP") === "ClusterIP") return undefined;
		return set(one.node, "hostPort", nodePort);
	}),
	{
		rule: "host-network-without-cluster-dns",
		fault: "hostNetwork for a client of the Service",
		put: (site) => {
			const name = site.service.metadata.name?.value;
			const url = `http://${name}:${site.service.ports[0]?.port?.value}/`;
			const containers = [{ name: "client", image: "registry.example.com/client:1.0", env: [{ name: "BACKEND_URL", value: url }] }];
			if (!name || isHeadless(site.service)) return undefined;
			return beside({ apiVersion: "v1", kind: "Pod", metadata: metadataIn(site), spec: { hostNetwork: true, containers } });
		},
	},
];

interface Around {
	readonly first: Container;
	readonly site: Site;
}

/** A fault in a container port that is none of the node's yet. */
function hostPort(rule: string, fault: string, change: (port: ContainerPort, around: Around) => Change): Mutator {
	return spec(rule, fault, (site) => {
		const [first] = site.workload.template.containers;
		const one = freePort(site);
		return first && one ? change(one, { first, site }) : undefined;
	});
}

function freePort({ workload }: Site): ContainerPort | undefined {
	const [one] = workload.template.containers[0]?.ports ?? [];
	return one && !one.hostPort ? one : undefined;
}

function onEveryNode({ workload: { kind, template } }: Site): boolean {
	const { nodeSelector, affinity, hostNetwork } = template;
	return kind === "DaemonSet" && !nodeSelector && !affinity && !hostNetwork;
}

function daemonSet(port: Data, site: Site): Fault {
	const labels = { app: "mutant" };
	const containers = [{ name: "mutant", image: "registry.example.com/mutant:1.0", ports: [port] }];
	const spec = { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } };
	return beside({ apiVersion: "apps/v1", kind: "DaemonSet", metadata: metadataIn(site), spec });
}

function metadataIn({ workload }: Site): Data {
	const namespace = workload.metadata.namespace?.value;
	return { name: "mutant", ...(namespace ? { namespace } : {}) };
}
