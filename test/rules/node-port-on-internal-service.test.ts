import { nodePortOnInternalService } from "../../server/src/rules/node-port-on-internal-service.ts";
import { check } from "../support/carets.ts";

const service = (spec: string) => `
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
${spec}
`;

check(
	nodePortOnInternalService,
	"every node port, out of the range or not",
	service(`  type: ClusterIP
  ports:
    - { name: a, port: 80, nodePort: 30080 }
#                                    ^^^^^ error: nodePort 30080 is on a Service of type ClusterIP
    - { name: b, port: 81, nodePort: 80 }
#                                    ^^ error: nodePort 80 is on a Service of type ClusterIP
    - { name: c, port: 82, nodePort: 30080 }
#                                    ^^^^^ error: nodePort 30080 is on a Service of type ClusterIP`),
	{
		fix: {
			title: "Remove nodePort",
			gives: service(`  type: ClusterIP
  ports:
    - { name: a, port: 80 }
    - { name: b, port: 81, nodePort: 80 }
    - { name: c, port: 82, nodePort: 30080 }`),
		},
	},
);

check(
	nodePortOnInternalService,
	"a headless Service is one too, and the type is changed where it stands",
	service(`  type: "ClusterIP"
  clusterIP: None
  ports:
    - port: 80
      nodePort: 30080
#               ^^^^^ error: nodePort 30080 is on a Service of type ClusterIP`),
	{
		fix: {
			title: "Set type to NodePort",
			gives: service('  type: "NodePort"\n  clusterIP: None\n  ports:\n    - port: 80\n      nodePort: 30080'),
		},
	},
);

check(
	nodePortOnInternalService,
	"an empty type is ClusterIP",
	service(`  type: ""
  ports: [{ port: 80, nodePort: 30080 }]
#                               ^^^^^ error: nodePort 30080 is on a Service of type ClusterIP, as no type is written`),
);

check(
	nodePortOnInternalService,
	"0, null and placeholders, of the number and of the type",
	`${service("  ports:\n    - { name: a, port: 80, nodePort: 0 }\n    - { name: b, port: 81, nodePort: ~ }\n    - name: c\n      port: 82\n      nodePort: ${NODE_PORT}")}---${service("  type: ${TYPE}\n  ports: [{ port: 80, nodePort: 30080 }]").replace("name: web", "name: b")}`,
);

check(nodePortOnInternalService, "types that have node ports", service("  type: LoadBalancer\n  ports: [{ port: 80, nodePort: 30080 }]"));
