import { duplicateServicePort } from "../../server/src/rules/duplicate-service-port.ts";
import { check } from "../support/carets.ts";

const service = (spec: string) => `
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
${spec}
`;

check(
	duplicateServicePort,
	"the later of two ports with one number and protocol, TCP by default",
	service(`  ports:
    - { name: a, port: 80, protocol: TCP }
    - { name: b, port: 80, targetPort: 81 }
#                      ^^ error: Port 80 with protocol TCP is in this Service twice
    - { name: c, port: 80, protocol: UDP }
    - { name: d, port: 0x50, protocol: "" }
#                      ^^^^ error: Port 80 with protocol TCP is in this Service twice`),
);

check(
	duplicateServicePort,
	"the later of two names",
	service(`  ports:
    - { name: a, port: 80 }
    - { name: a, port: 81 }
#             ^ error: The port name a is in this Service twice`),
);

check(
	duplicateServicePort,
	"placeholders, unset names and numbers that are none are not compared",
	service(`  ports:
    - name: \${NAME}
      port: 80
    - name: \${NAME}
      port: 81
    - name: a
      port: \${PORT}
    - name: b
      port: \${PORT}
    - name: c
      port: 80
      protocol: \${PROTOCOL}`),
);

check(
	duplicateServicePort,
	"one node port for entries with different ports, whatever the protocol",
	service(`  type: NodePort
  ports:
    - { name: a, port: 80, nodePort: 30001 }
    - { name: b, port: 81, nodePort: 30001, protocol: UDP }
#                                    ^^^^^ error: nodePort 30001 is in this Service twice; only entries with one port number share a node port
    - { name: c, port: 82, nodePort: 30001, protocol: SCTP }
#                                    ^^^^^ error: nodePort 30001 is in this Service twice; only entries with one port number share a node port`),
);

check(
	duplicateServicePort,
	"entries with one port share the number of the first that has one",
	service(`  type: LoadBalancer
  ports:
    - { name: a, port: 53 }
    - { name: b, port: 53, nodePort: 30053, protocol: UDP }
    - { name: c, port: 53, nodePort: 30053, protocol: SCTP }
    - { name: d, port: 54, nodePort: 0 }`),
);

check(
	duplicateServicePort,
	"a second number of one port can be had once",
	service(`  type: NodePort
  ports:
    - { name: a, port: 53, nodePort: 30001 }
    - { name: b, port: 53, nodePort: 30002, protocol: UDP }
    - { name: c, port: 53, nodePort: 30002, protocol: SCTP }
#                                    ^^^^^ error: nodePort 30002 is in this Service twice; only entries with one port number share a node port`),
);

check(
	duplicateServicePort,
	"a number that a later entry of the first port asks for is taken in between",
	service(`  type: NodePort
  ports:
    - { name: a, port: 80 }
    - { name: b, port: 81, nodePort: 30001 }
#                                    ^^^^^ error: nodePort 30001 is in this Service twice; only entries with one port number share a node port
    - { name: c, port: 80, nodePort: 30001, protocol: UDP }`),
);

check(
	duplicateServicePort,
	"a placeholder takes nothing and shares nothing",
	service(`  type: NodePort
  ports:
    - name: a
      port: \${PORT}
      nodePort: 30001
    - name: b
      port: 81
      nodePort: 30001`),
);

check(
	duplicateServicePort,
	"the health check takes one too, of a load balancer with policy Local",
	service(`  type: LoadBalancer
  externalTrafficPolicy: Local
  healthCheckNodePort: 30001
#                      ^^^^^ error: healthCheckNodePort 30001 is in this Service twice
  ports: [{ port: 80, nodePort: 30001 }]`),
);

check(
	duplicateServicePort,
	"an ExternalName allocates none, but one number and protocol stand once",
	service(`  type: ExternalName
  externalName: db.example.com
  ports:
    - { name: a, port: 80, nodePort: 30001 }
    - { name: b, port: 81, nodePort: 30001, protocol: UDP }
    - { name: c, port: 82, nodePort: 30001 }
#                                    ^^^^^ error: nodePort 30001 with protocol TCP is in this Service twice`),
	{ only: true },
);
