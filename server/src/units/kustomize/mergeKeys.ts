/** How a strategic merge patch meets what is there: the lists that are merged, by the fields that tell their items apart. */
export interface Schema {
	/** The keys of a merged list; an empty list of keys for one of plain values. `undefined` for what is replaced. */
	readonly keys?: readonly string[];
	readonly items?: Schema | undefined;
	readonly fields?: { readonly [name: string]: Schema };
	/** Instead of `fields`, where they are looked up one by one. */
	readonly field?: (name: string) => Schema | undefined;
}

export function fieldOf(schema: Schema | undefined, name: string): Schema | undefined {
	return schema?.field ? schema.field(name) : schema?.fields?.[name];
}

/**
 * The schema of a kind; `undefined` for kinds that kustomize knows nothing of, whose lists are replaced.
 * Source: patch strategies and merge keys in kyaml's OpenAPI data of Kubernetes 1.21, as PatchStrategyAndKeyList() reads them.
 */
export function schemaOf(apiVersion: string, kind: string): Schema | undefined {
	return SCHEMAS.get(`${apiVersion}/${kind}`) ?? (isKnown(apiVersion) ? PLAIN : undefined);
}

/** A list whose items are told apart by these. */
function by(keys: readonly string[], items: Schema = {}): Schema {
	return { keys, items };
}

function fields(all: { readonly [name: string]: Schema }): Schema {
	return { fields: all };
}

const METADATA = fields({ finalizers: by([]), ownerReferences: by(["uid"]) });
const PLAIN = fields({ metadata: METADATA });
const CONDITIONS = fields({ conditions: by(["type"]) });

const MOUNTS = { env: by(["name"]), volumeDevices: by(["devicePath"]), volumeMounts: by(["mountPath"]) };
const CONTAINER = fields({ ...MOUNTS, ports: by(["containerPort", "protocol"]) });

const POD_SPEC = fields({
	containers: by(["name"], CONTAINER),
	ephemeralContainers: by(["name"], fields(MOUNTS)),
	hostAliases: by(["ip"]),
	imagePullSecrets: by(["name"]),
	initContainers: by(["name"], CONTAINER),
	topologySpreadConstraints: by(["topologyKey", "whenUnsatisfiable"]),
	volumes: by(["name"]),
});
const TEMPLATE = fields({ metadata: METADATA, spec: POD_SPEC });

function object(spec: Schema, status: Schema = CONDITIONS): Schema {
	return fields({ metadata: METADATA, spec, status });
}

const WORKLOAD = object(fields({ template: TEMPLATE }));
const CRON_JOB = object(fields({ jobTemplate: fields({ metadata: METADATA, spec: fields({ template: TEMPLATE }) }) }), {});
const WEBHOOKS = fields({ metadata: METADATA, webhooks: by(["name"]) });
const PDB = object({});
const CSI_NODE = object(fields({ drivers: by(["name"]) }), {});

const SCHEMAS: ReadonlyMap<string, Schema> = new Map([
	["v1/Pod", object(POD_SPEC, fields({ conditions: by(["type"]), podIPs: by(["ip"]) }))],
	["v1/PodTemplate", fields({ metadata: METADATA, template: TEMPLATE })],
	["v1/ReplicationController", WORKLOAD],
	["apps/v1/DaemonSet", WORKLOAD],
	["apps/v1/Deployment", WORKLOAD],
	["apps/v1/ReplicaSet", WORKLOAD],
	["apps/v1/StatefulSet", WORKLOAD],
	["batch/v1/Job", WORKLOAD],
	["batch/v1/CronJob", CRON_JOB],
	["batch/v1beta1/CronJob", CRON_JOB],
	["v1/Service", object(fields({ ports: by(["port", "protocol"]) }))],
	["v1/ServiceAccount", fields({ metadata: METADATA, secrets: by(["name"]) })],
	["v1/Node", object(fields({ podCIDRs: by([]) }), fields({ addresses: by(["type"]), conditions: by(["type"]) }))],
	["v1/Namespace", object({})],
	["v1/PersistentVolumeClaim", object({})],
	["policy/v1/PodDisruptionBudget", PDB],
	["policy/v1beta1/PodDisruptionBudget", PDB],
	["storage.k8s.io/v1/CSINode", CSI_NODE],
	["storage.k8s.io/v1beta1/CSINode", CSI_NODE],
	...["v1", "v1beta1"].flatMap((version) =>
		["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"].map(
			(kind) => [`admissionregistration.k8s.io/${version}/${kind}`, WEBHOOKS] as const,
		),
	),
]);

/** Kubernetes' own groups; those that came after 1.21 and custom resources have no schema. */
function isKnown(apiVersion: string): boolean {
	return KNOWN.has(apiVersion);
}

const KNOWN: ReadonlySet<string> = new Set([
	"v1",
	"apps/v1",
	"batch/v1",
	"batch/v1beta1",
	"autoscaling/v1",
	"autoscaling/v2beta1",
	"autoscaling/v2beta2",
	"networking.k8s.io/v1",
	"networking.k8s.io/v1beta1",
	"extensions/v1beta1",
	"policy/v1",
	"policy/v1beta1",
	"rbac.authorization.k8s.io/v1",
	"rbac.authorization.k8s.io/v1beta1",
	"apiextensions.k8s.io/v1",
	"apiextensions.k8s.io/v1beta1",
]);
