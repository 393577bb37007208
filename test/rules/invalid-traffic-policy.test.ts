import { invalidTrafficPolicy } from "../../server/src/rules/invalid-traffic-policy.ts";
import { check, settingsWith } from "../support/carets.ts";

check(
	invalidTrafficPolicy,
	"the case is wrong",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: LoadBalancer
  externalTrafficPolicy: "local" # keep the client's address
#                        ^^^^^^^ error: externalTrafficPolicy "local" is none of Cluster, Local
  internalTrafficPolicy: CLUSTER
#                        ^^^^^^^ internalTrafficPolicy "CLUSTER" is none of Cluster, Local
  trafficDistribution: preferClose
#                      ^^^^^^^^^^^ trafficDistribution "preferClose" is none of PreferClose, PreferSameZone, PreferSameNode
  ports: [{ port: 80 }]
`,
	{
		fix: {
			title: "Write Local",
			gives: `
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: LoadBalancer
  externalTrafficPolicy: "Local" # keep the client's address
  internalTrafficPolicy: CLUSTER
  trafficDistribution: preferClose
  ports: [{ port: 80 }]
`,
		},
	},
);

check(
	invalidTrafficPolicy,
	"what Kubernetes knows is fine",
	`
apiVersion: v1
kind: Service
metadata: { name: a }
spec:
  type: NodePort
  externalTrafficPolicy: Local
  internalTrafficPolicy: Local
  trafficDistribution: PreferSameZone
  ports: [{ port: 80 }]
---
apiVersion: v1
kind: Service
metadata: { name: b }
spec:
  trafficDistribution: PreferClose
  internalTrafficPolicy: ~
  ports: [{ port: 80 }]
`,
	{ only: true },
);

check(
	invalidTrafficPolicy,
	"an empty text is unset for the external policy, and a value for the two others",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  externalTrafficPolicy: ""
  internalTrafficPolicy: ""
#                        ^^ internalTrafficPolicy "" is none of Cluster, Local
  trafficDistribution: ""
#                      ^^ trafficDistribution "" is none of PreferClose, PreferSameZone, PreferSameNode
  ports: [{ port: 80 }]
`,
);

check(
	invalidTrafficPolicy,
	"an external policy on a Service that nobody outside reaches",
	`
apiVersion: v1
kind: Service
metadata: { name: a }
spec:
  externalTrafficPolicy: Local # not here
#                        ^^^^^ A Service of type ClusterIP without externalIPs has no externalTrafficPolicy
  ports: [{ port: 80 }]
---
apiVersion: v1
kind: Service
metadata: { name: b }
spec:
  type: ExternalName
  externalName: example.com
  internalTrafficPolicy: Cluster
  externalTrafficPolicy: nonsense
#                        ^^^^^^^^ A Service of type ExternalName has no externalTrafficPolicy
`,
	{
		fix: {
			title: "Remove externalTrafficPolicy",
			gives: `
apiVersion: v1
kind: Service
metadata: { name: a }
spec:
  ports: [{ port: 80 }]
---
apiVersion: v1
kind: Service
metadata: { name: b }
spec:
  type: ExternalName
  externalName: example.com
  internalTrafficPolicy: Cluster
  externalTrafficPolicy: nonsense
`,
		},
	},
);

check(
	invalidTrafficPolicy,
	"external addresses make a ClusterIP Service reachable from outside",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  externalIPs: [192.0.2.10]
  externalTrafficPolicy: Local
  ports: [{ port: 80 }]
`,
	{ only: true },
);

check(
	invalidTrafficPolicy,
	"a type that is not known yet says nothing about the policy",
	`
apiVersion: v1
kind: Service
metadata: { name: a }
spec:
  type: \${TYPE}
  externalTrafficPolicy: Local
  ports: [{ port: 80 }]
---
apiVersion: v1
kind: Service
metadata: { name: b }
spec:
  externalTrafficPolicy: \${POLICY}
  ports: [{ port: 80 }]
`,
);

check(
	invalidTrafficPolicy,
	"a type that could not be read may make it accessible",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  externalTrafficPolicy: Local
  ports: [{ port: 80 }
  type: NodePort
`,
	{ settings: settingsWith({ rules: { "invalid-yaml": "off" } }) },
);

check(
	invalidTrafficPolicy,
	"the newer distributions against a range of versions that begins before them",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  trafficDistribution: PreferSameNode
#                      ^^^^^^^^^^^^^^ warning: trafficDistribution PreferSameNode is refused before Kubernetes 1.34
  ports: [{ port: 80 }]
`,
	{ settings: settingsWith({ cluster: { version: { from: 32, to: 34 } } }) },
);

check(
	invalidTrafficPolicy,
	"and one that ends before them",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  trafficDistribution: PreferSameZone
#                      ^^^^^^^^^^^^^^ error: trafficDistribution PreferSameZone is refused before Kubernetes 1.34
  ports: [{ port: 80 }]
`,
	{ settings: settingsWith({ cluster: { version: { from: 32, to: 33 } } }) },
);
