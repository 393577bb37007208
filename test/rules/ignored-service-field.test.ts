import { ignoredServiceField } from "../../server/src/rules/ignored-service-field.ts";
import { check, settingsWith } from "../support/carets.ts";

const service = (spec: string, name = "web") => `
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec:
${spec}
  ports: [{ port: 80 }]
`;

check(
	ignoredServiceField,
	"an external name on another type",
	service(`  type: NodePort
  externalName: db.example.com
#               ^^^^^^^^^^^^^^ warning: externalName is ignored on a Service of type NodePort`),
	{ fix: { title: "Remove externalName", gives: service("  type: NodePort") } },
);

check(
	ignoredServiceField,
	"what a headless Service does not have",
	service(`  clusterIP: None
  loadBalancerIP: 10.0.0.1
#                 ^^^^^^^^ warning: loadBalancerIP is ignored on a headless Service
  sessionAffinity: ClientIP
#                  ^^^^^^^^ warning: sessionAffinity is ignored on a headless Service
  externalIPs: [10.0.0.2]
# ^^^^^^^^^^^ warning: externalIPs are ignored on a headless Service`),
);

check(
	ignoredServiceField,
	"what an ExternalName does not use: only of the addresses Kubernetes says so",
	`
apiVersion: v1
kind: Service
metadata: { name: db }
spec:
  type: ExternalName
  externalName: db.example.com
  externalIPs: [10.0.0.2]
# ^^^^^^^^^^^ warning: externalIPs are ignored on a Service of type ExternalName
  selector: { app: db }
# ^^^^^^^^ information: The selector of a Service of type ExternalName selects nothing
  ports:
# ^^^^^ information: The ports of a Service of type ExternalName are not translated: clients dial the ports of db.example.com
    - port: 5432
      nodePort: 30000
#               ^^^^^ information: No node listens for a Service of type ExternalName
`,
);

check(
	ignoredServiceField,
	"nothing in them is nothing to ignore",
	`
apiVersion: v1
kind: Service
metadata: { name: db }
spec:
  type: ExternalName
  externalName: db.example.com
  externalIPs: []
  selector: {}
  ports: []
---${service('  clusterIP: None\n  externalName: ""\n  loadBalancerIP: ~\n  sessionAffinity: None')}---${service("  clusterIP: None\n  sessionAffinity: ${AFFINITY}", "b")}`,
);

check(
	ignoredServiceField,
	"1.34 warns about an affinity that is the default too",
	service(`  clusterIP: None
  sessionAffinity: None
#                  ^^^^ warning: sessionAffinity is ignored on a headless Service`),
	{ settings: settingsWith({ cluster: { version: { from: 34, to: 34 } } }) },
);
