import { invalidConfiguration } from "../../server/src/rules/invalid-configuration.ts";
import { nodePortConflict } from "../../server/src/rules/node-port-conflict.ts";
import { check } from "../support/carets.ts";

check(
	invalidConfiguration,
	"what has no meaning is marked, and the rest of the file holds",
	`
#- .portolan.yaml
rules:
  service-without-pod: error
# ^^^^^^^^^^^^^^^^^^^ warning: There is no rule service-without-pod; did you mean service-without-pods?
  everything: off
# ^^^^^^^^^^ There is no rule everything
  slash-comment: loud
#                ^^^^ slash-comment is one of off, hint, information, warning, error, auto, not loud
  node-port-out-of-range: off
cluster:
  versions: "1.35"
# ^^^^^^^^ There is no setting versions in cluster; did you mean version?
#- web.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: NodePort
  ports: [{ port: 80, nodePort: 8080 }]
`,
	{
		fix: {
			title: "Write service-without-pods",
			gives: `#- .portolan.yaml
rules:
  service-without-pods: error
  everything: off
  slash-comment: loud
  node-port-out-of-range: off
cluster:
  versions: "1.35"
`,
		},
	},
);

check(
	invalidConfiguration,
	"what is set already was not meant by another name",
	`
#- .portolan.yaml
rules:
  service-without-pods: error
  service-without-pod: error
# ^^^^^^^^^^^^^^^^^^^ warning: There is no rule service-without-pod
cluster: { domain: a, domains: b }
#                     ^^^^^^^ There is no setting domains in cluster (version, domain, nodePortRange, podCIDR, nodes, proxy)
`,
);

check(
	invalidConfiguration,
	"a file that cannot be parsed says why, and sets nothing",
	`
#- .portolan.yaml
rules:
  node-port-out-of-range: [off
#                         ^^^^ This [ has no closing ]
#- web.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: NodePort
  ports: [{ port: 80, nodePort: 8080 }]
#                               ^^^^ nodePort 8080 is outside 30000-32767, the default range
`,
	{},
);

check(
	invalidConfiguration,
	"a comment silences here too, and the rule can be switched off where it speaks",
	`
#- a/.portolan.yaml
# portolan-ignore: invalid-configuration -- for the next version
sails: 3
rules:
  no-such-rule: off # portolan-ignore: invalid-configuration
#- b/.portolan.yaml
sails: 3
rules: { invalid-configuration: off }
`,
);

check(
	nodePortConflict,
	"in a configured unit it is an error, whatever files the Services stand in, and the others are another unit",
	`
#- .portolan.yaml
units: [{ name: shop, paths: [a, b] }]
#- a/one.yaml
apiVersion: v1
kind: Service
metadata: { name: one }
spec:
  type: NodePort
  ports: [{ port: 80, nodePort: 30080 }]
#                               ^^^^^ error: Services one and two both take node port 30080
#- b/two.yaml
apiVersion: v1
kind: Service
metadata: { name: two }
spec:
  type: NodePort
  ports: [{ port: 80, nodePort: 30080 }]
#                               ^^^^^ error: Services two and one both take node port 30080
#- c/three.yaml
apiVersion: v1
kind: Service
metadata: { name: three }
spec:
  type: NodePort
  ports: [{ port: 80, nodePort: 30080 }]
`,
	{ only: true },
);

check(
	invalidConfiguration,
	"only the first document is read, which is said of those behind it",
	`
#- .portolan.yaml
rules: { no-such-rule: off }
#        ^^^^^^^^^^^^ warning: There is no rule no-such-rule
---
  rules: { invalid-configuration: off }
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: Only the first document of a configuration is read
`,
);

check(
	invalidConfiguration,
	"what is wrong beside a chart is so with all of its values",
	`
#- .portolan.yaml
cluster: { versions: "1.35" }
#          ^^^^^^^^ warning: There is no setting versions in cluster; did you mean version?
#- Chart.yaml
apiVersion: v2
name: web
version: 1.0.0
#- values.yaml
port: 80
#- values-prod.yaml
port: 81
#- templates/web.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { ports: [{ port: 80 }] }
`,
);
