import { invalidPortNumber } from "../../server/src/rules/invalid-port-number.ts";
import { check } from "../support/carets.ts";

const service = (port: string) => `
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports:
    - ${port}
`;

const pod = (container: string) => `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: web
${container}
`;

check(
	invalidPortNumber,
	"a port in quotes loses them",
	service(`{ port: '80', targetPort: 8080 }
#             ^^^^ error: port is the text '80', where a whole number belongs`),
	{ fix: { title: "Remove the quotes", gives: service("{ port: 80, targetPort: 8080 }") } },
);

for (const [value, message] of [
	["80.5", "port is the number 80.5, where a whole number belongs"],
	["true", "port is the boolean true, where a whole number belongs"],
	["on", "port is the boolean true (written on), where a whole number belongs"],
	["1:20", "port is the text 1:20, where a whole number belongs"],
	["http", "port is the text http, where a whole number belongs"],
	["[80]", "port is a list, where a whole number belongs"],
	["2147483648", "port is the number 2147483648, where a whole number belongs"],
	["99999999999", "port is the number 99999999999, where a whole number belongs"],
	["0", "port 0 is outside 1-65535"],
	["-1", "port -1 is outside 1-65535"],
	["65536", "port 65536 is outside 1-65535"],
	["0x10000", "port 65536 (written 0x10000) is outside 1-65535"],
	["~", "port is missing"],
	['"70000"', 'port is the text "70000", where a whole number belongs'],
]) {
	check(
		invalidPortNumber,
		`a port that is ${value}`,
		service(`port: ${value}\n#           ${"^".repeat(value?.length ?? 0)} error: ${message}`),
	);
}

for (const value of ["1", "65535", "80.0", "0x50", "8_0", "8e1", "0b1010", "${PORT}", "$(PORT)"]) {
	check(invalidPortNumber, `a port that is ${value} is one, or cannot be told`, service(`port: ${value}`));
}

check(
	invalidPortNumber,
	"a port that is not there is reported on the entry's first key, one without a value on its own",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports:
    - name: a
#     ^^^^ error: port is missing
      targetPort: 8080
    - name: b
      port:
#     ^^^^ error: port is missing
`,
);

check(
	invalidPortNumber,
	"an empty item of the list is a port without anything",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports: [~]
#         ^ error: port is missing
`,
);

check(
	invalidPortNumber,
	"a port under a misspelt name is the misspelling's matter",
	service(`Port: 80
#     ^^^^ error: Port is no field here: it is called port`),
);

check(
	invalidPortNumber,
	"target ports: 0, an empty text and null are the port, a name may be there",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports:
    - { name: a, port: 81, targetPort: 0 }
    - { name: b, port: 82, targetPort: "" }
    - { name: c, port: 83, targetPort: ~ }
    - { name: d, port: 84, targetPort: http }
    - { name: e, port: 85, targetPort: 65536 }
#                                      ^^^^^ targetPort 65536 is outside 1-65535
    - { name: f, port: 86, targetPort: -1 }
#                                      ^^ targetPort -1 is outside 1-65535
    - { name: g, port: 87, targetPort: 80.5 }
#                                      ^^^^ targetPort is the number 80.5, where a whole number or a name belongs
    - { name: h, port: 88, targetPort: { http: 80 } }
#                                      ^^^^^^^^^^^^ targetPort is a map, where a whole number or a name belongs
`,
);

check(
	invalidPortNumber,
	"a name that is read as a boolean gets its quotes",
	service(`{ port: 80, targetPort: y }
#                             ^ targetPort is the boolean true (written y), where a whole number or a name belongs`),
	{ fix: { title: "Put y in quotes", gives: service('{ port: 80, targetPort: "y" }') } },
);

check(
	invalidPortNumber,
	"node ports have no quotes, and their range is another matter",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  healthCheckNodePort: "30001"
#                      ^^^^^^^ healthCheckNodePort is the text "30001", where a whole number belongs
  ports:
    - { port: 80, nodePort: "30000" }
#                           ^^^^^^^ nodePort is the text "30000", where a whole number belongs
`,
);

check(
	invalidPortNumber,
	"containers: the port is required, the host port is not",
	pod(`      ports:
        - { containerPort: 0, hostPort: 0 }
#                          ^ error: containerPort 0 is outside 1-65535
        - { containerPort: 80, hostPort: 65536 }
#                                        ^^^^^ error: hostPort 65536 is outside 1-65535
        - { containerPort: 81, hostPort: "8081" }
#                                        ^^^^^^ error: hostPort is the text "8081", where a whole number belongs
        - name: http
#         ^^^^ error: containerPort is missing
        - { containerPort: 82, hostPort: ~ }`),
);

check(
	invalidPortNumber,
	"probes: no default, so 0, null and nothing are refused",
	pod(`      livenessProbe:
        httpGet: { path: /, port: 0 }
#                                 ^ error: livenessProbe.httpGet.port 0 is outside 1-65535
      readinessProbe:
        tcpSocket: { host: localhost }
#       ^^^^^^^^^ error: readinessProbe.tcpSocket.port is missing
      startupProbe:
        httpGet: { port: ~ }
#                        ^ error: startupProbe.httpGet.port is missing
      lifecycle:
        preStop: { httpGet: { port: 80.5 } }
#                                   ^^^^ error: preStop.httpGet.port is the number 80.5, where a whole number or a name belongs`),
);

check(
	invalidPortNumber,
	"a gRPC probe has a number only",
	pod(`      livenessProbe:
        grpc: { port: "8080" }
#                     ^^^^^^ error: livenessProbe.grpc.port is the text "8080", where a whole number belongs
      readinessProbe:
        grpc: { port: 0 }
#                     ^ error: readinessProbe.grpc.port 0 is outside 1-65535`),
	{
		fix: {
			title: "Remove the quotes",
			gives: pod("      livenessProbe:\n        grpc: { port: 8080 }\n      readinessProbe:\n        grpc: { port: 0 }"),
		},
	},
);

check(
	invalidPortNumber,
	"what Kubernetes does not see itself it does not refuse",
	`
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: web }
spec:
  template:
    spec:
      containers:
        - name: web
          ports: [{ containerPort: "80" }]
#                                  ^^^^ error: containerPort is the text "80", where a whole number belongs
`,
);

check(
	invalidPortNumber,
	"a value behind an anchor is reported at the anchor and not changed",
	`
apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    port: &port "80"
#               ^^^^ error: port is the text "80", where a whole number belongs
spec:
  ports:
    - port: *port
`,
);

check(
	invalidPortNumber,
	"an operator may fill in what is missing",
	`
apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: web }
spec: { template: { spec: { containers: [{ image: a, ports: [{ name: h2c }], readinessProbe: { httpGet: { path: / } } }] } } }
`,
);
