import { unnamedServicePort } from "../../server/src/rules/unnamed-service-port.ts";
import { check } from "../support/carets.ts";

const service = (ports: string) => `
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports:
${ports}
`;

check(
	unnamedServicePort,
	"each port without a name, on its first key; empty names and null too",
	service(`    - port: 80
#     ^^^^ error: The port 80 has no name, which it needs beside others
      targetPort: web
    - { protocol: UDP, port: 81 }
#       ^^^^^^^^ error: The port 81 has no name, which it needs beside others
    - { name: "", port: 82 }
#             ^^ error: The port 82 has no name, which it needs beside others
    - name: ~
#           ^ error: The port 83 has no name, which it needs beside others
      port: 83
    - port: 84
      name:
#     ^^^^ error: The port 84 has no name, which it needs beside others`),
	{
		fix: {
			title: "Name the port web",
			gives: service(`    - port: 80
      targetPort: web
      name: web
    - { protocol: UDP, port: 81 }
    - { name: "", port: 82 }
    - name: ~
      port: 83
    - port: 84
      name:`),
		},
	},
);

check(
	unnamedServicePort,
	"the name of a number that others have is not taken twice",
	service(`    - { name: http, port: 8080 }
    - { port: 80 }
#       ^^^^ The port 80 has no name, which it needs beside others`),
	{ fix: { title: "Name the port tcp-80", gives: service("    - { name: http, port: 8080 }\n    - { port: 80, name: tcp-80 }") } },
);

check(unnamedServicePort, "one port needs no name", service("    - port: 80"));

check(
	unnamedServicePort,
	"a placeholder may be a name",
	service(`    - port: 80
      name: \${NAME}
    - { port: 81, name: a }`),
);

check(
	unnamedServicePort,
	"a misspelt name is there",
	service(`    - { port: 80, Name: a }
#                 ^^^^ Name is no field here: it is called name
    - { port: 81, name: b }`),
);

check(
	unnamedServicePort,
	"JSON",
	`
{ "apiVersion": "v1", "kind": "Service", "metadata": { "name": "web" }, "spec": { "ports": [{ "port": 80 }, { "name": "b", "port": 81 }] } }
#                                                                                             ^^^^^^ The port 80 has no name, which it needs beside others
`,
	{
		fix: {
			title: "Name the port http",
			gives: `
{ "apiVersion": "v1", "kind": "Service", "metadata": { "name": "web" }, "spec": { "ports": [{ "port": 80, "name": "http" }, { "name": "b", "port": 81 }] } }
`,
		},
	},
);
