import { clusterIpConflict } from "../../server/src/rules/cluster-ip-conflict.ts";
import { check } from "../support/carets.ts";

check(
	clusterIpConflict,
	"in one file it is refused, whatever the spelling and the namespace, the second address too",
	`
apiVersion: v1
kind: Service
metadata: { name: a, namespace: shop }
spec:
  clusterIP: "fd00::1"
#            ^^^^^^^^^ error: Services a and b both take cluster IP fd00::1
  ports: [{ port: 80 }]
---
apiVersion: v1
kind: Service
metadata: { name: b }
spec:
  clusterIP: 10.0.0.1
  clusterIPs:
    - 10.0.0.1
    - "FD00::1"
#     ^^^^^^^^^ error: Services b and a both take cluster IP fd00::1
  ipFamilyPolicy: PreferDualStack
  ports: [{ port: 80 }]
`,
	{ only: true },
);

const service = (name: string, spec: string) => `apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec:
  ports: [{ port: 80 }]
${spec}
`;

check(
	clusterIpConflict,
	"between files it is a warning, for the same Pods information",
	`
#- a.yaml
${service("a", "  clusterIP: 10.0.0.1\n#            ^^^^^^^^ warning: Services a and b both take cluster IP 10.0.0.1; where both are deployed, the second is refused")}
#- b.yaml
${service("b", "  clusterIP: 10.0.0.1\n#            ^^^^^^^^ warning: Services b and a both take cluster IP 10.0.0.1; where both are deployed, the second is refused")}
#- c.yaml
${service("c", "  selector: { app: c }\n  clusterIP: 10.0.0.2\n#            ^^^^^^^^ information: Services c and d both take cluster IP 10.0.0.2 for the same Pods; where both are deployed, the second is refused")}
#- d.yaml
${service("d", "  selector: { app: c }\n  clusterIP: 10.0.0.2\n#            ^^^^^^^^ information: Services d and c both take cluster IP 10.0.0.2 for the same Pods; where both are deployed, the second is refused")}`,
);

check(
	clusterIpConflict,
	"two versions of one Service, headless Services and placeholders do not meet",
	`
#- a.yaml
${service("a", "  clusterIP: 10.0.0.1")}
#- a-copy.yaml
${service("a", "  clusterIP: 10.0.0.1")}
#- b.yaml
${service("b", "  clusterIP: None")}---
${service("c", "  clusterIP: None")}---
${service("d", "  clusterIP: ${IP}")}---
${service("e", "  clusterIP: ${IP}")}`,
);
