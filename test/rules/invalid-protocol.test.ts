import { invalidProtocol } from "../../server/src/rules/invalid-protocol.ts";
import { check } from "../support/carets.ts";

check(
	invalidProtocol,
	"lower case, in a flow map",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports: [{ name: a, port: 80, protocol: tcp }, { name: b, port: 81, protocol: HTTP }]
#                                        ^^^ error: protocol "tcp" is none of TCP, UDP, SCTP
#                                                                              ^^^^ error: protocol "HTTP" is none of TCP, UDP, SCTP
`,
	{
		fix: {
			title: "Write TCP",
			gives: `
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports: [{ name: a, port: 80, protocol: TCP }, { name: b, port: 81, protocol: HTTP }]
`,
		},
	},
);

check(
	invalidProtocol,
	"containers and init containers",
	`
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  initContainers:
    - name: setup
      ports: [{ containerPort: 80, protocol: Tcp }]
#                                            ^^^ protocol "Tcp" is none of TCP, UDP, SCTP
  containers:
    - name: web
      ports:
        - containerPort: 80
          protocol: ICMP
#                   ^^^^ protocol "ICMP" is none of TCP, UDP, SCTP
`,
);

check(
	invalidProtocol,
	"an empty text and null are TCP, and placeholders are not looked at",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports:
    - { name: a, port: 80, protocol: "" }
    - { name: b, port: 81, protocol: ~ }
    - { name: c, port: 82, protocol: SCTP }
    - name: d
      port: 83
      protocol: \${PROTOCOL}
`,
);

check(
	invalidProtocol,
	"a word on which nothing is near",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports:
    - port: 80
      protocol: TCP/UDP
#               ^^^^^^^ protocol "TCP/UDP" is none of TCP, UDP, SCTP
`,
);
