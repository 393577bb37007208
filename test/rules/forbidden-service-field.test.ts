import { forbiddenServiceField } from "../../server/src/rules/forbidden-service-field.ts";
import { check } from "../support/carets.ts";

const service = (spec: string, name = "web") => `
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec:
${spec}
  ports: [{ port: 80 }]
`;

check(
	forbiddenServiceField,
	"what only a load balancer has",
	service(`  type: NodePort
  loadBalancerClass: ""
#                    ^^ error: Only a Service of type LoadBalancer has loadBalancerClass, and this one is of type NodePort
  allocateLoadBalancerNodePorts: false
#                                ^^^^^ error: Only a Service of type LoadBalancer has allocateLoadBalancerNodePorts, and this one is of type NodePort
  loadBalancerSourceRanges:
# ^^^^^^^^^^^^^^^^^^^^^^^^ error: Only a Service of type LoadBalancer has loadBalancerSourceRanges, and this one is of type NodePort
    - nowhere
    - 203.0.113.0/24`),
	{
		fix: {
			title: "Remove loadBalancerSourceRanges",
			gives: service('  type: NodePort\n  loadBalancerClass: ""\n  allocateLoadBalancerNodePorts: false'),
		},
	},
);

check(
	forbiddenServiceField,
	"null, an empty list and placeholders are nothing",
	service(`  loadBalancerClass: ~
  allocateLoadBalancerNodePorts:
  loadBalancerSourceRanges: []
  healthCheckNodePort: 0`),
);

check(
	forbiddenServiceField,
	"placeholders, of the field and of the type",
	`${service("  loadBalancerClass: ${CLASS}")}---${service("  type: ${TYPE}\n  loadBalancerClass: example.com/lb", "b")}`,
);

check(
	forbiddenServiceField,
	"the annotation, even an empty one, where the list is empty",
	`
apiVersion: v1
kind: Service
metadata:
  name: web
  annotations: { service.beta.kubernetes.io/load-balancer-source-ranges: "" }
#                                                                        ^^ error: Only a Service of type LoadBalancer has the annotation service.beta.kubernetes.io/load-balancer-source-ranges, and this one is of type ClusterIP
spec:
  ports: [{ port: 80 }]
`,
);

check(
	forbiddenServiceField,
	"a health check node port needs a load balancer with policy Local",
	`${service(`  type: NodePort
  externalTrafficPolicy: Local
  healthCheckNodePort: 30000
#                      ^^^^^ error: Only a Service of type LoadBalancer with externalTrafficPolicy Local has a healthCheckNodePort, and this one is of type NodePort`)}---${service(
		`  type: LoadBalancer
  healthCheckNodePort: 30000
#                      ^^^^^ error: Only a Service of type LoadBalancer with externalTrafficPolicy Local has a healthCheckNodePort, and this one has externalTrafficPolicy Cluster`,
		"b",
	)}---${service("  type: LoadBalancer\n  externalTrafficPolicy: ${POLICY}\n  healthCheckNodePort: 30001", "c")}`,
);

check(
	forbiddenServiceField,
	"an ExternalName has no addresses and families",
	`${service(`  type: ExternalName
  externalName: db.example.com
  clusterIP: None
#            ^^^^ error: A Service of type ExternalName has no clusterIP
  ipFamilies: [IPv4]
#             ^^^^^^ error: A Service of type ExternalName has no ipFamilies
  ipFamilyPolicy: SingleStack
#                 ^^^^^^^^^^^ error: A Service of type ExternalName has no ipFamilyPolicy`)}---${service(
		`  type: ExternalName
  externalName: db.example.com
  clusterIP: 10.0.0.1
  clusterIPs: [10.0.0.1]
#             ^^^^^^^^^^ error: A Service of type ExternalName has no clusterIPs`,
		"b",
	)}---${service('  type: ExternalName\n  externalName: db.example.com\n  clusterIP: ""\n  ipFamilies: []', "c")}`,
	{ only: true },
);

check(
	forbiddenServiceField,
	"both fields of the cluster IP go together",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: LoadBalancer
  clusterIP: None
  clusterIPs:
    - None
#     ^^^^ error: A Service of type LoadBalancer cannot be headless (clusterIP None)
  ports: [{ port: 80 }]
`,
	{ fix: { title: "Remove clusterIP and clusterIPs", gives: service("  type: LoadBalancer") } },
);
