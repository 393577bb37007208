import type { Data } from "./styles.ts";

type Fields = { readonly [key: string]: Data };

/** What an app that is deployed with a Service of its own can look like. */
export interface App {
	readonly name: string;
	readonly namespace: string | undefined;
	readonly kind: "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet" | "ReplicationController" | "Pod" | "Rollout";
	readonly labels: { readonly [key: string]: string };
	readonly type: "ClusterIP" | "NodePort" | "LoadBalancer" | "Headless";
	readonly ports: readonly AppPort[];
	/** Containers beside the one that declares the ports. */
	readonly sidecars: number;
	readonly hostNetwork: boolean;
}

export interface AppPort {
	readonly name: string;
	/** What the Service offers. */
	readonly port: number;
	/** What the container listens on. */
	readonly number: number;
	/** How the Service names the container's port. */
	readonly target: "name" | "number" | "none";
	readonly protocol: "TCP" | "UDP" | undefined;
	readonly nodePort: number | undefined;
	readonly hostPort: number | undefined;
	readonly probe: boolean;
}

/** The Service in front of an app. */
export function serviceOf(app: App): Fields {
	const exposed = app.type === "NodePort" || app.type === "LoadBalancer";
	return {
		apiVersion: "v1",
		kind: "Service",
		metadata: metadataOf(app),
		spec: {
			...(app.type === "Headless" ? { clusterIP: "None" } : { type: app.type }),
			...(exposed ? { externalTrafficPolicy: "Cluster" } : {}),
			selector: app.labels,
			ports: app.ports.map((port) => ({
				...(app.ports.length > 1 ? { name: port.name } : {}),
				...protocol(port),
				port: port.port,
				...(port.target === "none" ? {} : { targetPort: port.target === "name" ? port.name : port.number }),
				...(exposed && port.nodePort !== undefined ? { nodePort: port.nodePort } : {}),
			})),
		},
	};
}

/** What makes the Pods of an app. */
export function workloadOf(app: App): Fields {
	const { kind } = app;
	if (kind === "Pod") return { apiVersion: "v1", kind, metadata: { ...metadataOf(app), labels: app.labels }, spec: podSpec(app) };
	const template = { metadata: { labels: app.labels }, spec: podSpec(app) };
	const selector = kind === "ReplicationController" ? app.labels : { matchLabels: app.labels };
	const spec = {
		...(kind === "DaemonSet" ? {} : { replicas: 2 }),
		...(kind === "StatefulSet" ? { serviceName: app.name } : {}),
		selector,
		template,
	};
	return { apiVersion: GROUPS[kind] ?? "apps/v1", kind, metadata: metadataOf(app), spec };
}

const GROUPS: Readonly<Record<string, string>> = { ReplicationController: "v1", Rollout: "argoproj.io/v1alpha1" };

function metadataOf({ name, namespace }: App): Fields {
	return { name, ...(namespace === undefined ? {} : { namespace }) };
}

function protocol(port: AppPort): Fields {
	return port.protocol === undefined ? {} : { protocol: port.protocol };
}

function podSpec(app: App): Fields {
	const [probed] = app.ports.filter((port) => port.probe && port.protocol !== "UDP");
	const main = {
		name: "main",
		image: `registry.example.com/${app.name}:1.0`,
		ports: app.ports.map((port) => ({
			name: port.name,
			containerPort: port.number,
			...protocol(port),
			...(port.hostPort !== undefined ? { hostPort: app.hostNetwork ? port.number : port.hostPort } : {}),
		})),
		...(probed ? { readinessProbe: { httpGet: { path: "/healthz", port: probed.name } } } : {}),
	};
	const sidecars = Array.from({ length: app.sidecars }, (_, index) => ({
		name: `sidecar-${index}`,
		image: `registry.example.com/sidecar-${index}:1.0`,
		ports: [{ name: `side-${index}`, containerPort: 15000 + index }],
	}));
	return { ...(app.hostNetwork ? { hostNetwork: true } : {}), containers: [main, ...sidecars] };
}
