import { deprecatedServiceField } from "../../server/src/rules/deprecated-service-field.ts";
import { check, settingsWith } from "../support/carets.ts";

const service = (spec: string, annotations = "") => `
apiVersion: v1
kind: Service
metadata:
  name: web
${annotations}spec:
${spec}
  ports: [{ port: 80 }]
`;

const version = (from: number, to: number) => ({ settings: settingsWith({ cluster: { version: { from, to } } }) });

check(
	deprecatedServiceField,
	"external addresses, since 1.36 with a warning",
	service(`  externalIPs: [10.0.0.2]
# ^^^^^^^^^^^ information: externalIPs are deprecated and may go from clusters`),
	version(36, 36),
);

check(
	deprecatedServiceField,
	"where only some versions warn the message says so",
	service(`  externalIPs: [10.0.0.2]
# ^^^^^^^^^^^ information: externalIPs are deprecated and may go from clusters, and Kubernetes warns since 1.36`),
);

check(
	deprecatedServiceField,
	"before 1.36 neither is deprecated",
	service("  externalIPs: [10.0.0.2]\n  trafficDistribution: PreferClose"),
	version(34, 35),
);

check(
	deprecatedServiceField,
	"an address for the load balancer, which is not warned about",
	service(`  type: LoadBalancer
  loadBalancerIP: 10.0.0.1
#                 ^^^^^^^^ information: loadBalancerIP is deprecated since 1.24: implementations have annotations of their own for it`),
);

check(
	deprecatedServiceField,
	"the annotation of topology hints gets its new name, quotes and value stay",
	service(
		"  type: NodePort",
		`  annotations:
    "service.kubernetes.io/topology-aware-hints": auto
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information: The annotation service.kubernetes.io/topology-aware-hints is deprecated for service.kubernetes.io/topology-mode
`,
	),
	{
		fix: {
			title: "Rename the annotation",
			gives: service("  type: NodePort", '  annotations:\n    "service.kubernetes.io/topology-mode": auto\n'),
		},
	},
);

check(
	deprecatedServiceField,
	"both annotations with different values are refused",
	service(
		"  type: NodePort",
		`  annotations:
    service.kubernetes.io/topology-aware-hints: auto
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information: The annotation service.kubernetes.io/topology-aware-hints is deprecated for service.kubernetes.io/topology-mode
    service.kubernetes.io/topology-mode: Auto
#                                        ^^^^ error: service.kubernetes.io/topology-mode Auto and service.kubernetes.io/topology-aware-hints auto must be the same where both are written
`,
	),
	{
		fix: {
			title: "Remove service.kubernetes.io/topology-aware-hints",
			gives: service("  type: NodePort", "  annotations:\n    service.kubernetes.io/topology-mode: Auto\n"),
		},
	},
);

check(
	deprecatedServiceField,
	"Endpoints, since 1.33",
	`
apiVersion: v1
kind: Endpoints
#     ^^^^^^^^^ information: Endpoints is deprecated for EndpointSlice of discovery.k8s.io/v1
metadata: { name: web }
subsets: [{ addresses: [{ ip: 10.0.0.1 }], ports: [{ port: 80 }] }]
`,
);

check(
	deprecatedServiceField,
	"empty values, placeholders and successors",
	`${service("  externalIPs: []\n  loadBalancerIP: ''\n  trafficDistribution: PreferSameZone", "  annotations: { service.kubernetes.io/topology-mode: Auto }\n")}---${service("  loadBalancerIP: ${IP}\n  externalIPs: ${IPS}\n  trafficDistribution: ${WHERE}").replace("name: web", "name: b")}`,
);
