import { quotedTargetPort } from "../../server/src/rules/quoted-target-port.ts";
import { check } from "../support/carets.ts";

check(
	quotedTargetPort,
	"a number in double quotes",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports:
    - { port: 80, targetPort: "8080" } # the app
#                             ^^^^^^ error: targetPort "8080" is a name because of its quotes, and no container port can have it
`,
	{
		fix: {
			title: "Remove the quotes",
			gives: `
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports:
    - { port: 80, targetPort: 8080 } # the app
`,
		},
	},
);

check(
	quotedTargetPort,
	"a name and a number are fine, and so is an empty text, which is the port",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports:
    - { name: a, port: 80, targetPort: web8080 }
    - { name: b, port: 81, targetPort: 8080 }
    - { name: c, port: 82, targetPort: "" }
`,
);

check(
	quotedTargetPort,
	"zero in quotes is a name too, but no number to make of it",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports:
    - port: 80
      targetPort: '0'
#                 ^^^ targetPort "0" is a name because of its quotes, and no container port can have it
`,
);

check(
	quotedTargetPort,
	"leading zeros go with the quotes, for 010 would be 8",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports:
    - port: 80
      targetPort: '010'
#                 ^^^^^ targetPort "010" is a name because of its quotes, and no container port can have it
`,
	{
		newline: "\r\n",
		fix: {
			title: "Remove the quotes",
			gives: `
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports:
    - port: 80
      targetPort: 10
`,
		},
	},
);

check(
	quotedTargetPort,
	"a placeholder is not judged",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports:
    - port: 80
      targetPort: "\${PORT}"
`,
);

check(
	quotedTargetPort,
	"JSON in a List",
	`
#- list.json
{
  "apiVersion": "v1",
  "kind": "List",
  "items": [
    {
      "apiVersion": "v1",
      "kind": "Service",
      "metadata": { "name": "web" },
      "spec": { "ports": [{ "port": 80, "targetPort": "8080" }] }
#                                                     ^^^^^^ targetPort "8080" is a name because of its quotes, and no container port can have it
    }
  ]
}
`,
);

check(
	quotedTargetPort,
	"the ports of probes and lifecycle handlers, in regular containers and sidecars",
	`
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      initContainers:
        - name: proxy
          restartPolicy: Always
          startupProbe:
            tcpSocket: { port: "9000" }
#                              ^^^^^^ startupProbe.tcpSocket.port "9000" is a name because of its quotes, and no container port can have it
        - name: once
          image: registry.example.com/once
      containers:
        - name: web
          livenessProbe:
            httpGet: { path: /, port: "8080" }
#                                     ^^^^^^ livenessProbe.httpGet.port "8080" is a name because of its quotes, and no container port can have it
          readinessProbe:
            httpGet: { path: /, port: 80 }
          lifecycle:
            preStop:
              httpGet: { path: /, port: "8080" }
#                                       ^^^^^^ preStop.httpGet.port "8080" is a name because of its quotes, and no container port can have it
`,
);

check(
	quotedTargetPort,
	"a probe by gRPC has only numbers and is not this rule's",
	`
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: web
      livenessProbe:
        grpc: { port: "8080" }
`,
	{ only: true },
);

check(
	quotedTargetPort,
	"a number that is text by a tag has no quotes to remove",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports:
    - port: 80
      targetPort: !!str 8080
#                       ^^^^ targetPort 8080 is read as a text, so as a name, and no container port can have it
`,
);
