import { octalPortNumber } from "../../server/src/rules/octal-port-number.ts";
import { check } from "../support/carets.ts";

const service = (port: string) => `
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: NodePort
  ports:
    - ${port}
`;

check(
	octalPortNumber,
	"the number that is meant is offered too",
	service(`port: 0100
#           ^^^^ warning: port 0100 is octal: Kubernetes reads 64`),
	{ fix: { title: "Write 100", gives: service("port: 100") } },
);

check(
	octalPortNumber,
	"an octal node port in the range, and 0o",
	service(`{ port: 80, targetPort: 0o144, nodePort: 073144 }
#                             ^^^^^ targetPort 0o144 is octal: Kubernetes reads 100
#                                              ^^^^^^ nodePort 073144 is octal: Kubernetes reads 30308`),
);

check(
	octalPortNumber,
	"out of the range it is Kubernetes that speaks",
	service(`{ port: 80, nodePort: 030000 }
#                           ^^^^^^ error: nodePort 12288 (written 030000) is outside 30000-32767, the default range`),
);

check(
	octalPortNumber,
	"an 8 or a 9 makes it decimal, one digit is the same in both, and other spellings say what they are",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: NodePort
  ports:
    - { name: a, port: 080, nodePort: 030080 }
    - { name: b, port: 07 }
    - { name: c, port: 0x51 }
    - { name: d, port: 8_2 }
    - { name: e, port: +83 }
    - { name: f, port: 84.0 }
`,
);

check(
	octalPortNumber,
	"containers and probes",
	`
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: web
      ports: [{ containerPort: 0120, hostPort: 0121 }]
#                              ^^^^ containerPort 0120 is octal: Kubernetes reads 80
#                                              ^^^^ hostPort 0121 is octal: Kubernetes reads 81
      livenessProbe: { tcpSocket: { port: 0120 } }
#                                         ^^^^ port 0120 is octal: Kubernetes reads 80
`,
	{ only: true },
);
