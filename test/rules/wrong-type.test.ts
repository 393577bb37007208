import { wrongType } from "../../server/src/rules/wrong-type.ts";
import { check } from "../support/carets.ts";

check(
	wrongType,
	"every field of a Service that is read, in every wrong type",
	`
apiVersion: v1
kind: Service
metadata: { name: web, annotations: none }
#                                   ^^^^ error: metadata.annotations is a text, where a map belongs
spec:
  type: true
#       ^^^^ error: spec.type is the boolean true, where a text belongs
  clusterIP: 10
#            ^^ error: spec.clusterIP is the number 10, where a text belongs
  clusterIPs: 10.0.0.1
#             ^^^^^^^^ error: spec.clusterIPs is a text, where a list belongs
  externalIPs: [1, 10.0.0.1]
#               ^ error: spec.externalIPs[0] is the number 1, where a text belongs
  publishNotReadyAddresses: "true"
#                           ^^^^^^ error: spec.publishNotReadyAddresses is a text, where true or false belongs
  sessionAffinity: ClientIP
  sessionAffinityConfig: { clientIP: { timeoutSeconds: "90" } }
#                                                      ^^^^ error: spec.sessionAffinityConfig.clientIP.timeoutSeconds is a text, where a whole number of 32 bits belongs
  ports:
    - { name: [http], port: 80, protocol: 6 }
#             ^^^^^^ error: spec.ports[0].name is a list, where a text belongs
#                                         ^ error: spec.ports[0].protocol is the number 6, where a text belongs
    - 8080
#     ^^^^ error: spec.ports[1] is the number 8080, where a map belongs
`,
	{ only: true },
);

for (const [spec, what] of [
	["ports: { port: 80 }", "spec.ports is a map, where a list belongs"],
	["ports: 80", "spec.ports is the number 80, where a list belongs"],
]) {
	const carets = `#        ${"^".repeat((spec?.length ?? 0) - 7)}`;
	check(
		wrongType,
		`ports that are no list: ${spec}`,
		`\napiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n  ${spec}\n${carets} error: ${what}\n`,
	);
}

check(
	wrongType,
	"a map over several lines is reported at its key",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports:
# ^^^^^ error: spec.ports is a map, where a list belongs
    port: 80
    targetPort: 8080
`,
);

check(
	wrongType,
	"variables, arguments and commands are texts; quotes are all that they lack",
	`
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  hostNetwork: "yes"
#              ^^^^^ error: spec.hostNetwork is a text, where true or false belongs
  containers:
    - name: web
      command: [serve, on]
#                      ^^ error: spec.containers[0].command[1] is the boolean true (written on), where a text belongs
      args:
        - --port
        - 8080
#         ^^^^ error: spec.containers[0].args[1] is the number 8080, where a text belongs
      env:
        - { name: DEBUG, value: true }
#                               ^^^^ error: spec.containers[0].env[0].value is the boolean true, where a text belongs
        - { name: PORT, value: "8080" }
        - { name: EMPTY, value: }
      livenessProbe: { periodSeconds: "10", tcpSocket: { port: 80 } }
#                                     ^^^^ error: spec.containers[0].livenessProbe.periodSeconds is a text, where a whole number of 32 bits belongs
`,
	{
		fix: {
			title: "Put it in quotes",
			gives: `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  hostNetwork: "yes"
  containers:
    - name: web
      command: [serve, "on"]
      args:
        - --port
        - 8080
      env:
        - { name: DEBUG, value: true }
        - { name: PORT, value: "8080" }
        - { name: EMPTY, value: }
      livenessProbe: { periodSeconds: "10", tcpSocket: { port: 80 } }
`,
		},
	},
);

check(
	wrongType,
	"nulls are the zero value, placeholders cannot be told, fields that are not known are not looked at",
	`
apiVersion: v1
kind: Service
metadata: { name: web, annotations: ~, finalizers: 5 }
spec:
  type: ~
  externalIPs:
  publishNotReadyAddresses: \${READY}
  ports:
    - port: 80
      protocol: ~
status: none
`,
);

check(
	wrongType,
	"a document whose YAML is broken is not judged",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: true
  ports: [{ port: 80 }
`,
	{ only: true },
);

check(
	wrongType,
	"labels over labels, of a ReplicationController too",
	`
apiVersion: v1
kind: ReplicationController
metadata: { name: web }
spec:
  replicas: "2"
#           ^^^ error: spec.replicas is a text, where a whole number of 32 bits belongs
  selector: { matchLabels: { app: web } }
#                          ^^^^^^^^^^^^ error: spec.selector.matchLabels is a map, where a text belongs
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web }] }
`,
	{ only: true },
);

check(
	wrongType,
	"a blank in brackets is filled in",
	`
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: a
      image: [IMAGE_URL]
    - name: b
      image: [nginx]
#            ^^^^^^^ error: spec.containers[1].image is a list, where a text belongs
`,
);

check(
	wrongType,
	"items that are none, since their dashes have no space behind them",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports:
    -port: 80
#   ^^^^^^^^^ error: spec.ports is a map, where a list belongs: a list item needs a space between - and port
`,
	{ only: true },
);
