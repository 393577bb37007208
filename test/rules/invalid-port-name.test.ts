import { invalidPortName } from "../../server/src/rules/invalid-port-name.ts";
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
	invalidPortName,
	"upper case in the name of a Service port",
	service(`{ name: HTTP, port: 80 }
#             ^^^^ error: The Service port name "HTTP" has upper-case letters`),
	{ fix: { title: "Set name to http", gives: service("{ name: http, port: 80 }") } },
);

for (const [name, wrong] of [
	["http.web", 'has "." in it, and a-z, 0-9 and - are allowed'],
	["http_web", 'has "_" in it, and a-z, 0-9 and - are allowed'],
	["http-", "begins or ends with -"],
	["-http", "begins or ends with -"],
	["größe", 'has "ö" in it, and a-z, 0-9 and - are allowed'],
	["a".repeat(64), "has 64 characters, and 63 are the most"],
]) {
	check(
		invalidPortName,
		`a Service port ${name}`,
		service(`name: ${name}\n#           ${"^".repeat(name?.length ?? 0)} The Service port name "${name}" ${wrong}\n      port: 80`),
	);
}

for (const name of ["a--b", "'8080'", "a".repeat(63), "''", "~", "${NAME}"]) {
	check(
		invalidPortName,
		`a Service port may be called ${name}, or has no name, or a placeholder`,
		service(`name: ${name}\n      port: 80`),
	);
}

for (const [name, wrong] of [
	["http--web", "has two - in a row"],
	["-web", "begins or ends with -"],
	["web-", "begins or ends with -"],
	["abcdefghijklmnop", "has 16 characters, and 15 are the most"],
	["Http", "has upper-case letters"],
	["1:20", 'has ":" in it, and a-z, 0-9 and - are allowed'],
	["http web", 'has " " in it, and a-z, 0-9 and - are allowed'],
]) {
	check(
		invalidPortName,
		`a target port ${name}`,
		service(`port: 80\n      targetPort: ${name}\n#                 ${"^".repeat(name?.length ?? 0)} error: targetPort "${name}" ${wrong}`),
	);
}

for (const name of ["a".repeat(15), "80a", "x", "a-1-b"]) {
	check(invalidPortName, `a target port may be called ${name}`, service(`port: 80\n      targetPort: ${name}`));
}

check(
	invalidPortName,
	"a number in quotes is a matter of the quotes",
	service(`{ port: 80, targetPort: "8080" }
#                             ^^^^^^ error: targetPort "8080" is a name because of its quotes, and no container port can have it`),
);

check(
	invalidPortName,
	"container ports, init containers included, and names without a letter",
	`
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  initContainers:
    - name: setup
      ports: [{ name: my_port, containerPort: 80 }]
#                     ^^^^^^^ error: The container port name "my_port" has "_" in it, and a-z, 0-9 and - are allowed
  containers:
    - name: web
      ports:
        - { name: "8080", containerPort: 8080 }
#                 ^^^^^^ error: The container port name "8080" has no letter in it
        - { name: "", containerPort: 8081 }
        - { name: ~, containerPort: 8082 }
`,
	{
		fix: {
			title: "Set name to my-port",
			gives: `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  initContainers:
    - name: setup
      ports: [{ name: my-port, containerPort: 80 }]
  containers:
    - name: web
      ports:
        - { name: "8080", containerPort: 8080 }
        - { name: "", containerPort: 8081 }
        - { name: ~, containerPort: 8082 }
`,
		},
	},
);

check(
	invalidPortName,
	"a long name is cut where 15 characters end, without a - at its end",
	pod(`      ports:
        - { name: prometheus-met-rics, containerPort: 9090 }
#                 ^^^^^^^^^^^^^^^^^^^ The container port name "prometheus-met-rics" has 19 characters, and 15 are the most`),
	{ fix: { title: "Set name to prometheus-met", gives: pod("      ports:\n        - { name: prometheus-met, containerPort: 9090 }") } },
);

check(
	invalidPortName,
	"probes and hooks: an empty name is no default there",
	pod(`      livenessProbe: { httpGet: { port: HTTP } }
#                                       ^^^^ error: livenessProbe.httpGet.port "HTTP" has upper-case letters
      lifecycle: { postStart: { tcpSocket: { port: "" } } }
#                                                  ^^ error: postStart.tcpSocket.port is empty`),
);
