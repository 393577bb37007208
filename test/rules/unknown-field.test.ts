import { unknownField } from "../../server/src/rules/unknown-field.ts";
import { check } from "../support/carets.ts";

const service = (spec: string) => `
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
${spec}
`;

check(
	unknownField,
	"another case, a letter too much, two letters swapped",
	service(`  Type: NodePort
# ^^^^ error: Type is no field here: it is called type
  externalTraficPolicy: Local
# ^^^^^^^^^^^^^^^^^^^^ error: externalTraficPolicy is no field here: it is called externalTrafficPolicy
  ports:
    - { prot: 80, targetport: 8080 }
#       ^^^^ error: prot is no field here: it is called port
#                 ^^^^^^^^^^ error: targetport is no field here: it is called targetPort`),
	{
		fix: {
			title: "Write targetPort",
			gives: service("  Type: NodePort\n  externalTraficPolicy: Local\n  ports:\n    - { prot: 80, targetPort: 8080 }"),
		},
	},
);

check(
	unknownField,
	"a name that is there already, or a value that does not fit, is not renamed",
	service(`  externalIP: 10.0.0.1
# ^^^^^^^^^^ error: externalIP is no field here: it is called externalIPs
  ports:
    - port: 80
      PORT: 81
#     ^^^^ error: PORT is no field here: it is called port`),
);

check(
	unknownField,
	"the beginning of a field, near one that is there",
	service(`  ports:
    - { port: 80, prot: TCP }
#                 ^^^^ error: prot is no field here: it is called protocol`),
	{ only: true, fix: { title: "Write protocol", gives: service("  ports:\n    - { port: 80, protocol: TCP }") } },
);

check(
	unknownField,
	"a space that is missing behind a dash",
	service(`  ports:
  -port: 80
# ^^^^^ error: A list item needs a space between - and port`),
	{ only: true, fix: { title: "Write - port", gives: service("  ports:\n  - port: 80") } },
);

check(
	unknownField,
	"a dash before a field that is no item",
	service(`  -type: ClusterIP
# ^^^^^ error: -type is no field here: it is called type
  ports: [{ port: 80 }]`),
	{ only: true, fix: { title: "Write type", gives: service("  type: ClusterIP\n  ports: [{ port: 80 }]") } },
);

check(
	unknownField,
	"a space that is missing behind a colon",
	service(`  ports: [{port:80}]
#          ^^^^^^^ error: "port:80" needs a space after its colon`),
	{ only: true, fix: { title: "Write port: 80", gives: service("  ports: [{port: 80}]") } },
);

check(
	unknownField,
	"a key with a colon in it and one behind it is not taken apart",
	service(`  ports: [{ port: 80 }]
  type:ec:`),
	{ only: true },
);

check(
	unknownField,
	"a space that is none for YAML",
	service(`  ports:
  -\u00a0port: 80
# ^^^^^^ error: A character that cannot be seen, U+00A0, stands in this key`),
	{ only: true, fix: { title: "Write - port", gives: service("  ports:\n  - port: 80") } },
);

check(
	unknownField,
	"a space that is none for YAML, before a key that stands where it belongs",
	service(`  type: NodePort
  \u00a0ports: [{ port: 80 }]
# ^^^^^^ error: A character that cannot be seen, U+00A0, stands in this key`),
	{ only: true, fix: { title: "Write ports", gives: service("  type: NodePort\n  ports: [{ port: 80 }]") } },
);

check(
	unknownField,
	"a port's field beside ports moves into the only port",
	service(`  targetPort: 8080
# ^^^^^^^^^^ error: The field targetPort belongs to an entry of ports
  ports:
    - port: 80`),
	{ fix: { title: "Move targetPort to where it belongs", gives: service("  ports:\n    - port: 80\n      targetPort: 8080") } },
);

for (const newline of ["\n", "\r\n"] as const) {
	check(
		unknownField,
		`the last line of the spec moves to the spec's own column, line breaks ${JSON.stringify(newline)}`,
		service(`  ports:
    - port: 80
      type: NodePort
#     ^^^^ error: The field type belongs to spec`),
		{ newline, fix: { title: "Move type to where it belongs", gives: service("  ports:\n    - port: 80\n  type: NodePort") } },
	);
}

check(
	unknownField,
	"fields of the spec in a port and at the top, of the metadata in the spec",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
type: NodePort
spec:
  labels: { app: web }
# ^^^^^^ error: The field labels belongs to metadata
  ports:
    - port: 80
      selector: { app: web }
#     ^^^^^^^^ error: The field selector belongs to spec
      containerPort: 80
#     ^^^^^^^^^^^^^ error: The field containerPort belongs to a container
`.replace("type: NodePort\n", ""),
);

check(
	unknownField,
	"container ports and probes",
	`
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: web
      ports:
        - port: 80
#         ^^^^ error: port is no field here: it is called containerPort
        - { ContainerPort: 81 }
#           ^^^^^^^^^^^^^ error: ContainerPort is no field here: it is called containerPort
      livenessProbe:
        httpget: { port: 80 }
#       ^^^^^^^ error: httpget is no field here: it is called httpGet
        httpGet:
          port: 80
          initialDelaySeconds: 5
#         ^^^^^^^^^^^^^^^^^^^ error: The field initialDelaySeconds belongs to the probe, a level up
        path: /
#       ^^^^ error: The field path belongs to httpGet
`,
	{
		fix: {
			title: "Write containerPort",
			gives: `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: web
      ports:
        - containerPort: 80
        - { ContainerPort: 81 }
      livenessProbe:
        httpget: { port: 80 }
        httpGet:
          port: 80
          initialDelaySeconds: 5
        path: /
`,
		},
	},
);

check(
	unknownField,
	"host ports beside the containers and in one, the host's network in one",
	`
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  hostPort: 8080
# ^^^^^^^^ error: The field hostPort belongs to a container
  containers:
    - name: web
      hostNetwork: true
#     ^^^^^^^^^^^ error: The field hostNetwork belongs to the Pod, beside its containers
      ports:
        - containerPort: 80
`,
	{
		fix: {
			title: "Move hostPort to where it belongs",
			gives: `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: web
      hostNetwork: true
      ports:
        - containerPort: 80
          hostPort: 8080
`,
		},
	},
);

check(
	unknownField,
	"fields that are newer or older than what is known, keys of other kinds, placeholders",
	`
apiVersion: v1
kind: Service
metadata: { name: web, clusterName: a }
spec:
  topologyKeys: ["*"]
  ipFamily: IPv4
  someNewField: true
  \${FIELD}: 1
  ports:
    - port: 80
      weight: 1
---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: web }
spec:
  template: { spec: { containers: [{ name: web, ports: [{ port: 80, containerPort: 80 }] }] } }
`,
);
