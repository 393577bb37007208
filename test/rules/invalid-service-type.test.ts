import { invalidServiceType } from "../../server/src/rules/invalid-service-type.ts";
import { check } from "../support/carets.ts";

const service = (spec: string) => `
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
${spec}
  ports: [{ port: 80 }]
`;

check(
	invalidServiceType,
	"another case is the only thing that is wrong, so the fix is safe",
	service(`  type: loadbalancer
#       ^^^^^^^^^^^^ error: type "loadbalancer" is none of ClusterIP, NodePort, LoadBalancer, ExternalName`),
	{ fix: { title: "Write LoadBalancer", gives: service("  type: LoadBalancer") } },
);

check(
	invalidServiceType,
	"the nearest type keeps the quotes that are there",
	service(`  type: 'NodePorts'
#       ^^^^^^^^^^^ type "NodePorts" is none of ClusterIP, NodePort, LoadBalancer, ExternalName`),
	{ fix: { title: "Write NodePort", gives: service("  type: 'NodePort'") } },
);

check(
	invalidServiceType,
	"a word that is near none has no fix, and what depends on the type is not said",
	service(`  type: Headless
#       ^^^^^^^^ type "Headless" is none of ClusterIP, NodePort, LoadBalancer, ExternalName
  externalTrafficPolicy: Local
  loadBalancerClass: example.com/lb
  healthCheckNodePort: 30000`),
);

check(
	invalidServiceType,
	"JSON",
	`
{ "apiVersion": "v1", "kind": "Service", "metadata": { "name": "web" }, "spec": { "type": "Nodeport", "ports": [{ "port": 80 }] } }
#                                                                                         ^^^^^^^^^^ type "Nodeport" is none of ClusterIP, NodePort, LoadBalancer, ExternalName
`,
	{
		fix: {
			title: "Write NodePort",
			gives: `
{ "apiVersion": "v1", "kind": "Service", "metadata": { "name": "web" }, "spec": { "type": "NodePort", "ports": [{ "port": 80 }] } }
`,
		},
	},
);

for (const type of ["ClusterIP", "NodePort", "LoadBalancer", '""', "~", "", "${TYPE}", "$TYPE"]) {
	check(invalidServiceType, `a type that Kubernetes has, none, or a placeholder: ${type}`, service(`  type: ${type}`));
}
