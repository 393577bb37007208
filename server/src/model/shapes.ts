import { isService, isWorkload } from "./manifest.ts";
import type { KubeObject } from "./object.ts";
import { type MapShape, type Misfit, misfits, type Shape } from "./shape.ts";

/**
 * The shape of an object, as far as its kind is known: of others the metadata.
 * Source: k8s.io/api v0.36.2, core/v1, apps/v1 and batch/v1 types.go.
 */
export function shapeOf(object: KubeObject): MapShape {
	if (isService(object)) return SERVICE;
	if (!isWorkload(object)) return (Object.hasOwn(NETWORKING, keyOf(object)) && NETWORKING[keyOf(object)]) || ONLY_METADATA;
	return (Object.hasOwn(WORKLOADS, object.kind) && !object.custom && WORKLOADS[object.kind]) || CUSTOM;
}

const cache = new WeakMap<KubeObject, readonly Misfit[]>();

/** Every value of an object that has another type than its field. */
export function misfitsOf(object: KubeObject): readonly Misfit[] {
	let found = cache.get(object);
	if (!found) {
		found = misfits(object.root, shapeOf(object));
		cache.set(object, found);
	}
	return found;
}

const ANY: Shape = { is: "any" };
const TEXT: Shape = { is: "text" };
const LABEL: Shape = { is: "text", role: "label" };
const FREE: Shape = { is: "text", role: "free" };
const TEXTS: Shape = { is: "list", of: TEXT };
const INT: Shape = { is: "int32" };
const BOOL: Shape = { is: "bool" };
const PORT: Shape = { is: "int32", role: "port" };
const PORT_OR_NAME: Shape = { is: "int-or-text", role: "port" };
const LABELS: Shape = { is: "texts", role: "labels" };

type Fields = Readonly<Record<string, Shape>>;

function map(fields: Fields): MapShape {
	return { is: "map", fields: new Map(Object.entries(fields)) };
}

function closed(fields: Fields): MapShape {
	return { ...map(fields), closed: true };
}

function list(of: Shape): Shape {
	return { is: "list", of };
}

const METADATA_FIELDS: Fields = {
	name: LABEL,
	generateName: LABEL,
	namespace: LABEL,
	labels: LABELS,
	annotations: { is: "texts" },
	selfLink: ANY,
	uid: ANY,
	resourceVersion: ANY,
	generation: ANY,
	creationTimestamp: ANY,
	deletionTimestamp: ANY,
	deletionGracePeriodSeconds: ANY,
	ownerReferences: ANY,
	finalizers: ANY,
	managedFields: ANY,
};

const METADATA = map(METADATA_FIELDS);
const ONLY_METADATA = map({ metadata: METADATA });

const SERVICE = closed({
	apiVersion: TEXT,
	kind: TEXT,
	metadata: closed(METADATA_FIELDS),
	spec: closed({
		ports: list(closed({ name: LABEL, protocol: TEXT, appProtocol: TEXT, port: PORT, targetPort: PORT_OR_NAME, nodePort: PORT })),
		selector: LABELS,
		clusterIP: TEXT,
		clusterIPs: TEXTS,
		type: TEXT,
		externalIPs: TEXTS,
		sessionAffinity: TEXT,
		loadBalancerIP: TEXT,
		loadBalancerSourceRanges: TEXTS,
		externalName: TEXT,
		externalTrafficPolicy: TEXT,
		healthCheckNodePort: PORT,
		publishNotReadyAddresses: BOOL,
		sessionAffinityConfig: closed({ clientIP: closed({ timeoutSeconds: INT }) }),
		ipFamilies: TEXTS,
		ipFamilyPolicy: TEXT,
		allocateLoadBalancerNodePorts: BOOL,
		loadBalancerClass: TEXT,
		internalTrafficPolicy: TEXT,
		trafficDistribution: TEXT,
	}),
	status: ANY,
});

const HTTP_GET = closed({
	path: FREE,
	port: PORT_OR_NAME,
	host: TEXT,
	scheme: TEXT,
	httpHeaders: list(map({ name: FREE, value: FREE })),
});

const TCP_SOCKET = closed({ port: PORT_OR_NAME, host: TEXT });
const EXEC = closed({ command: list(FREE) });

const PROBE = closed({
	exec: EXEC,
	httpGet: HTTP_GET,
	tcpSocket: TCP_SOCKET,
	grpc: closed({ port: PORT, service: FREE }),
	initialDelaySeconds: INT,
	timeoutSeconds: INT,
	periodSeconds: INT,
	successThreshold: INT,
	failureThreshold: INT,
	terminationGracePeriodSeconds: ANY,
});

const HOOK = closed({ exec: EXEC, httpGet: HTTP_GET, tcpSocket: TCP_SOCKET, sleep: ANY });

const CONTAINERS = list(
	map({
		name: LABEL,
		image: TEXT,
		command: list(FREE),
		args: list(FREE),
		env: list(map({ name: FREE, value: FREE })),
		ports: list(closed({ name: LABEL, hostPort: PORT, containerPort: PORT, protocol: TEXT, hostIP: TEXT })),
		livenessProbe: PROBE,
		readinessProbe: PROBE,
		startupProbe: PROBE,
		lifecycle: map({ postStart: HOOK, preStop: HOOK }),
		restartPolicy: TEXT,
	}),
);

const POD_SPEC = map({
	containers: CONTAINERS,
	initContainers: CONTAINERS,
	hostNetwork: BOOL,
	nodeName: LABEL,
	nodeSelector: LABELS,
	hostname: LABEL,
	subdomain: LABEL,
});

const TEMPLATE = map({ metadata: METADATA, spec: POD_SPEC });

const SELECTOR_FIELDS: Fields = {
	matchLabels: LABELS,
	matchExpressions: list(map({ key: LABEL, operator: TEXT, values: list(LABEL) })),
};
const SELECTOR = map(SELECTOR_FIELDS);

const DEPLOYED = workload({ selector: SELECTOR, replicas: INT, template: TEMPLATE });
const JOB_FIELDS: Fields = { selector: SELECTOR, manualSelector: BOOL, template: TEMPLATE };

function workload(spec: Fields): MapShape {
	return map({ metadata: METADATA, spec: map(spec) });
}

const WORKLOADS: Readonly<Record<string, MapShape>> = {
	Pod: TEMPLATE,
	Deployment: DEPLOYED,
	ReplicaSet: DEPLOYED,
	StatefulSet: workload({ selector: SELECTOR, replicas: INT, template: TEMPLATE, serviceName: LABEL }),
	DaemonSet: workload({ selector: SELECTOR, template: TEMPLATE }),
	ReplicationController: workload({ selector: LABELS, replicas: INT, template: TEMPLATE }),
	Job: workload(JOB_FIELDS),
	CronJob: workload({ jobTemplate: workload(JOB_FIELDS) }),
};

function keyOf({ apiVersion, kind }: KubeObject): string {
	return `${apiVersion} ${kind}`;
}

const POLICY_SELECTOR = closed(SELECTOR_FIELDS);
const PEERS = list(
	closed({ podSelector: POLICY_SELECTOR, namespaceSelector: POLICY_SELECTOR, ipBlock: closed({ cidr: TEXT, except: TEXTS }) }),
);
const POLICY_PORTS = list(closed({ protocol: TEXT, port: { is: "int-or-text" }, endPort: INT }));

const BACKEND = closed({
	service: closed({ name: LABEL, port: closed({ name: LABEL, number: INT }) }),
	resource: closed({ apiGroup: TEXT, kind: TEXT, name: LABEL }),
});

const ENDPOINT_PORTS = list(closed({ name: LABEL, protocol: TEXT, port: INT, appProtocol: TEXT }));
const ENDPOINT_ADDRESSES = list(closed({ ip: TEXT, hostname: LABEL, nodeName: LABEL, targetRef: ANY }));

/** Source: networking/v1 and discovery/v1 types.go of the same version. */
const NETWORKING: Readonly<Record<string, MapShape>> = {
	"v1 Endpoints": map({
		metadata: METADATA,
		subsets: list(closed({ addresses: ENDPOINT_ADDRESSES, notReadyAddresses: ENDPOINT_ADDRESSES, ports: ENDPOINT_PORTS })),
	}),
	"discovery.k8s.io/v1 EndpointSlice": map({
		metadata: METADATA,
		addressType: TEXT,
		endpoints: list(map({ addresses: TEXTS, hostname: LABEL, nodeName: LABEL, zone: LABEL })),
		ports: ENDPOINT_PORTS,
	}),
	"networking.k8s.io/v1 NetworkPolicy": workload({
		podSelector: POLICY_SELECTOR,
		ingress: list(closed({ from: PEERS, ports: POLICY_PORTS })),
		egress: list(closed({ to: PEERS, ports: POLICY_PORTS })),
		policyTypes: TEXTS,
	}),
	"networking.k8s.io/v1 Ingress": workload({
		ingressClassName: LABEL,
		defaultBackend: BACKEND,
		tls: list(closed({ hosts: TEXTS, secretName: LABEL })),
		rules: list(closed({ host: TEXT, http: closed({ paths: list(closed({ path: FREE, pathType: TEXT, backend: BACKEND })) }) })),
	}),
};

/** A kind of an operator: its metadata is like any other, and its template should be. */
const CUSTOM = workload({ template: TEMPLATE });
