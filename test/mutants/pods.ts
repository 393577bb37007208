import { linksOf } from "../../server/src/links/links.ts";
import { labelOf } from "../../server/src/model/labels.ts";
import type { Container } from "../../server/src/model/podTemplate.ts";
import { isHeadless, targetPortOf } from "../../server/src/model/service.ts";
import { entryOf } from "../../server/src/yaml/nodes.ts";
import type { Data } from "../support/styles.ts";
import { add, type Change, container, edits, type Mutator, port, remove, set, workload, write } from "./mutator.ts";
import type { Mutant, Site } from "./site.ts";

/** The kinds of fault that stand in a workload, but for its selector and its node's ports. */
export const POD_MUTATORS: readonly Mutator[] = [
	workload("removed-api-version", "extensions/v1beta1", ({ root, apiVersion, kind }) =>
		apiVersion === "apps/v1" && /^(Deployment|DaemonSet|ReplicaSet)$/.test(kind)
			? set(root, "apiVersion", "extensions/v1beta1")
			: undefined,
	),
	workload("removed-api-version", "apps/v1beta2", ({ root, apiVersion }) =>
		apiVersion === "apps/v1" ? set(root, "apiVersion", "apps/v1beta2") : undefined,
	),
	workload("label-value-not-string", "a number as a Pod's label", ({ template }) => write(template.labels?.node, "release", "7")),
	workload("invalid-selector", "a blank in a Pod's label", ({ template }) => set(template.labels?.node, "layer", "front end")),
	workload("unknown-field", "hostPort beside containers", ({ template }) => set(template.spec, "hostPort", 8080)),
	container("invalid-port-number", "containerPort above 65535", ({ ports }) => set(ports[0]?.node, "containerPort", 80800)),
	container("invalid-port-number", "quoted containerPort", ({ ports }) => set(ports[0]?.node, "containerPort", "80")),
	container("invalid-port-number", "no containerPort", ({ ports }, { workload: { custom } }) =>
		ports[0]?.name && !custom ? remove(ports[0].node, "containerPort") : undefined,
	),
	container("invalid-port-number", "hostPort above 65535", ({ ports }) => set(ports[0]?.node, "hostPort", 70000)),
	container("invalid-port-number", "a probe on port 0", (first) => probe(first, { tcpSocket: { port: 0 } })),
	container("octal-port-number", "leading zero in a containerPort", ({ ports }, site) =>
		unused(site) ? write(ports[0]?.node, "containerPort", "0120") : undefined,
	),
	container("invalid-port-name", "too long", ({ ports }) => set(ports[0]?.node, "name", "a-name-of-sixteen")),
	container("invalid-port-name", "only digits", ({ ports }) => set(ports[0]?.node, "name", "8080")),
	container("invalid-port-name", "upper case in a container", ({ ports }) => set(ports[0]?.node, "name", "HTTP")),
	container("invalid-workload-name", "an underscore in a container's name", ({ node }) => set(node, "name", "a_container")),
	container("invalid-workload-name", "no name of a container", ({ node, image }, { workload: { kind, custom } }) =>
		image && !custom && kind !== "Pod" ? remove(node, "name") : undefined,
	),
	container("invalid-workload-name", "one name for two containers", ({ name }, { workload: { template } }) => {
		const list = entryOf(template.spec, "containers")?.value;
		const twin = { name: name?.value ?? "", image: "registry.example.com/mutant:1.0" };
		return name?.value && list?.kind === "seq" ? add(list, twin) : undefined;
	}),
	workload("invalid-workload-name", "upper case in a Pod's host name", ({ kind, template }) =>
		kind === "StatefulSet" ? undefined : set(template.spec, "hostname", "Web"),
	),
	container("invalid-protocol", "lower case in a container", ({ ports }) => set(ports[0]?.node, "protocol", "udp")),
	container("duplicate-container-port", "the same port twice", ({ ports, portList }) => {
		const number = ports[0]?.containerPort?.value;
		return number === undefined ? undefined : add(portList?.value, { containerPort: number, ...protocolIn(ports[0]) });
	}),
	container("duplicate-container-port", "the same port in two containers", ({ ports }, { workload: { template } }) => {
		const number = ports[0]?.containerPort?.value;
		const list = entryOf(template.spec, "containers")?.value;
		const twin = {
			name: "mutant",
			image: "registry.example.com/mutant:1.0",
			ports: [{ containerPort: number ?? 0, ...protocolIn(ports[0]) }],
		};
		return number === undefined || list?.kind !== "seq" ? undefined : add(list, twin);
	}),
	container("duplicate-port-name", "the same name twice", ({ ports, portList }) => {
		const name = ports[0]?.name?.value;
		return name === undefined ? undefined : add(portList?.value, { name, containerPort: 23456 });
	}),
	container("duplicate-port-name", "the same name in two containers", ({ ports }, { workload: { template } }) => {
		const name = ports[0]?.name?.value;
		const list = entryOf(template.spec, "containers")?.value;
		const twin = { name: "mutant", image: "registry.example.com/mutant:1.0", ports: [{ name: name ?? "", containerPort: 23456 }] };
		return name === undefined || list?.kind !== "seq" ? undefined : add(list, twin);
	}),
	container("unknown-field", "containerport", ({ ports }) => set(ports[0]?.node, "containerport", 8080)),
	container("wrong-type", "a number as an env value", ({ env, node }) =>
		env.length > 0 || entryOf(node, "env") ? undefined : set(node, "env", [{ name: "PORT", value: 8080 }]),
	),
	container("invalid-probe", "a name for gRPC", (first) => probe(first, { grpc: { port: "http" } })),
	container("invalid-probe", "two handlers", (first) => probe(first, { tcpSocket: { port: 8080 }, httpGet: { port: 8080, path: "/" } })),
	container("invalid-probe", "no handler", (first) => probe(first, { periodSeconds: 10 })),
	container("probe-port-not-found", "a name that the container does not declare", (first) =>
		probe(first, { httpGet: { port: "no-such-port", path: "/" } }),
	),
	container("probe-port-not-found", "a name in a preStop hook that the container does not declare", ({ node }) =>
		entryOf(node, "lifecycle") ? undefined : set(node, "lifecycle", { preStop: { httpGet: { port: "no-such-port", path: "/" } } }),
	),
	container("invalid-probe", "a hook with two handlers", ({ node }) =>
		entryOf(node, "lifecycle")
			? undefined
			: set(node, "lifecycle", { preStop: { httpGet: { port: 8080, path: "/" }, exec: { command: ["true"] } } }),
	),
	workload("invalid-probe", "a probe on a container that ends", ({ template }) =>
		entryOf(template.spec, "initContainers")
			? undefined
			: set(template.spec, "initContainers", [
					{ name: "mutant", image: "registry.example.com/mutant:1.0", livenessProbe: { tcpSocket: { port: 80 } } },
				]),
	),
	container("invalid-port-number", "a port of a hook that is none", ({ node }) =>
		entryOf(node, "lifecycle") ? undefined : set(node, "lifecycle", { preStop: { tcpSocket: { port: 70000 } } }),
	),
	container("invalid-yaml", "an infinite containerPort", ({ ports }) => write(ports[0]?.node, "containerPort", ".inf"), {
		orElse: ["invalid-kustomization", "chart-does-not-render"],
	}),
	container("probe-port-not-found", "a name of another container", (first, { workload: { template } }) => {
		const names = first.ports.map(({ name }) => name?.value);
		const theirs = template.containers.slice(1).flatMap(({ ports }) => ports.flatMap(({ name }) => name?.value ?? []));
		const name = theirs.find((each) => !names.includes(each));
		return name === undefined ? undefined : probe(first, { httpGet: { port: name, path: "/" } });
	}),
	container("quoted-target-port", "a quoted port of a probe", (first) => probe(first, { tcpSocket: { port: "8080" } })),
	container("listens-on-loopback", "bound to 127.0.0.1", (first, site) => {
		const number = onlyTarget(first, site);
		return number === undefined ? undefined : set(first.node, "args", [`--bind=127.0.0.1:${number}`]);
	}),
	container("listens-on-loopback", "bound to localhost by the environment", (first, site) => {
		const number = onlyTarget(first, site);
		return number === undefined || entryOf(first.node, "env")
			? undefined
			: set(first.node, "env", [{ name: "LISTEN_ADDRESS", value: `localhost:${number}` }]);
	}),
	container(
		"container-port-not-exposed",
		"another port than an official image exposes",
		(first, { service }) => {
			const { ports, node } = first;
			const targets = service.ports.map(targetPortOf);
			if (!isAsBuilt(first) || ports.length !== 1 || ports[0]?.containerPort?.value === 80 || targets.includes(80)) return undefined;
			return set(node, "image", "nginx:1.27");
		},
		{ isFaulty: isNginx },
	),
	container(
		"probe-port-not-declared",
		"a number that neither the image nor the manifest has",
		(first, { workload: { template } }) =>
			isAsBuilt(first) && template.containers.length === 1 && !first.ports.some(({ containerPort }) => containerPort?.value === 8123)
				? [set(first.node, "image", "nginx:1.27"), set(first.node, "livenessProbe", { tcpSocket: { port: 8123 } })]
				: undefined,
		{ isFaulty: isNginx },
	),
	{
		rule: "target-port-not-exposed",
		fault: "another port than an official image exposes, and none declared",
		put: ({ service, workload: { template } }) => {
			const [first, second] = template.containers;
			const target = service.ports[0] && targetPortOf(service.ports[0]);
			if (!first || second || !isAsBuilt(first) || first.handlers.length > 0 || typeof target !== "number" || target === 80)
				return undefined;
			return edits(set(first.node, "image", "nginx:1.27"), remove(first.node, "ports"));
		},
		isFaulty: (mutant) =>
			isNginx(mutant) && mutant.service !== undefined && linksOf(mutant.unit).selection(mutant.service).workloads.length === 1,
	},
	port("target-port-name-not-found", "the container's name of it has changed", ({ targetPort }, { service, workload: { template } }) => {
		const name = targetPort?.value;
		const declared = template.containers.flatMap(({ ports }) => ports).filter((each) => each.name?.value === name);
		if (isHeadless(service) || typeof name !== "string" || declared.length !== 1) return undefined;
		const probed = template.containers.some(({ handlers }) => handlers.some((handler) => handler.port?.value === name));
		return probed ? undefined : set(declared[0]?.node, "name", "renamed");
	}),
	workload("null-label-value", "nothing in a workload's own selector", ({ selector, template, custom, kind }) =>
		custom || kind === "ReplicationController" || labelOf(template.labels, "layer")
			? undefined
			: [write(selector?.node, "layer", "~"), write(template.labels?.node, "layer", '""')],
	),
];

/** What a template writes into the image may not be all of it. */
function isNginx({ workload: deployed }: Mutant): boolean {
	return deployed?.template.containers[0]?.image?.value === "nginx:1.27";
}

function probe({ node }: Container, value: Data): Change {
	return set(node, "livenessProbe", value);
}

function protocolIn(port: Container["ports"][number] | undefined): { readonly [key: string]: string } {
	const protocol = port?.protocol?.value;
	return protocol === undefined ? {} : { protocol };
}

/** Nothing in the manifest changes what the image does. */
function isAsBuilt({ node }: Container): boolean {
	return ["command", "args", "env", "envFrom", "volumeMounts", "lifecycle"].every((name) => !entryOf(node, name));
}

/** The number that the Service's first port leads to, in a Pod of one container whose command line is the image's own. */
function onlyTarget({ args, command, ports }: Container, { service, workload: { template } }: Site): number | undefined {
	const target = service.ports[0] && targetPortOf(service.ports[0]);
	if (template.containers.length > 1 || args.length > 0 || command.length > 0) return undefined;
	return typeof target === "number" ? target : ports.find(({ name }) => name?.value === target)?.containerPort?.value;
}

/** Whether the Service leads nowhere by number. */
function unused({ service }: Site): boolean {
	return service.ports.every((entry) => typeof targetPortOf(entry) === "string");
}
