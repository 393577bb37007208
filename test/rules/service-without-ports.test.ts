import { serviceWithoutPorts } from "../../server/src/rules/service-without-ports.ts";
import { check } from "../support/carets.ts";

check(
	serviceWithoutPorts,
	"no ports: the key of the map that lacks them is marked, and without one the item's first key",
	`
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Service
    metadata: { name: a }
    spec: { type: NodePort }
#   ^^^^ error: A Service of type NodePort needs ports
  - apiVersion: v1
    kind: Service
    metadata: { name: b }
    spec: { ports: [] }
#           ^^^^^ error: A Service of type ClusterIP needs ports
  - apiVersion: v1
#   ^^^^^^^^^^ error: A Service of type ClusterIP needs ports
    kind: Service
    metadata: { name: c }
  - apiVersion: v1
    kind: Service
    metadata: { name: d }
    spec:
#   ^^^^ error: A Service of type ClusterIP needs ports
`,
);

check(
	serviceWithoutPorts,
	"the port that the Pods declare, in a list of its own",
	`
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Service
    metadata: { name: dns }
    spec:
#   ^^^^ error: A Service of type ClusterIP needs ports
      selector:
        app: dns
  - apiVersion: v1
    kind: Pod
    metadata: { name: dns, labels: { app: dns } }
    spec: { containers: [{ name: dns, ports: [{ containerPort: 53, protocol: UDP }] }] }
`,
	{
		fix: {
			title: "Add port 53",
			gives: `
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Service
    metadata: { name: dns }
    spec:
      selector:
        app: dns
      ports:
        - port: 53
          protocol: UDP
  - apiVersion: v1
    kind: Pod
    metadata: { name: dns, labels: { app: dns } }
    spec: { containers: [{ name: dns, ports: [{ containerPort: 53, protocol: UDP }] }] }
`,
		},
	},
);

check(
	serviceWithoutPorts,
	"JSON, and a list that is empty",
	`
{ "apiVersion": "v1", "kind": "List", "items": [
  { "apiVersion": "v1", "kind": "Service", "metadata": { "name": "web" }, "spec": { "ports": [], "selector": { "app": "web" } } },
#                                                                                   ^^^^^^^ error: A Service of type ClusterIP needs ports
  { "apiVersion": "v1", "kind": "Pod", "metadata": { "name": "web", "labels": { "app": "web" } }, "spec": { "containers": [{ "name": "web", "ports": [{ "containerPort": 80 }] }] } }
] }
`,
	{
		fix: {
			title: "Add port 80",
			gives: `
{ "apiVersion": "v1", "kind": "List", "items": [
  { "apiVersion": "v1", "kind": "Service", "metadata": { "name": "web" }, "spec": { "ports": [{ "port": 80 }], "selector": { "app": "web" } } },
  { "apiVersion": "v1", "kind": "Pod", "metadata": { "name": "web", "labels": { "app": "web" } }, "spec": { "containers": [{ "name": "web", "ports": [{ "containerPort": 80 }] }] } }
] }
`,
		},
	},
);

const service = (spec: string) => `
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { ${spec} }
`;

check(serviceWithoutPorts, "a headless Service needs none", service("clusterIP: None"));
check(serviceWithoutPorts, "an ExternalName needs none", service("type: ExternalName, externalName: db.example.com"));
check(
	serviceWithoutPorts,
	"what is most likely meant for an ExternalName needs none",
	service("type: externalName, externalName: db.example.com"),
	{ only: true },
);
check(serviceWithoutPorts, "whether an address is None cannot be told of a placeholder", service('clusterIP: "${IP}"'));
check(serviceWithoutPorts, "ports may be a placeholder", service('ports: "${PORTS}"'));

check(
	serviceWithoutPorts,
	"ports under another name or in another place are there",
	`
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Service
    metadata: { name: a }
    spec: { Ports: [{ port: 80 }] }
#           ^^^^^ error: Ports is no field here: it is called ports
  - apiVersion: v1
    kind: Service
    metadata: { name: b }
    ports: [{ port: 80 }]
#   ^^^^^ error: The field ports belongs to spec
    spec: { type: NodePort }
`,
);

check(
	serviceWithoutPorts,
	"a wrong type is what is wrong",
	service("ports: 80").replace(
		"spec: { ports: 80 }",
		"spec: { ports: 80 }\n#              ^^ error: spec.ports is the number 80, where a list belongs",
	),
);

check(
	serviceWithoutPorts,
	"a kustomization that patches may add them",
	`
#- kustomization.yaml
resources: [service.yaml]
patches: [{ path: patch.yaml }]
#- patch.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { ports: [{ port: 80 }] }
#- service.yaml${service("type: NodePort")}`,
);
