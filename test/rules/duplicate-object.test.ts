import { duplicateObject } from "../../server/src/rules/duplicate-object.ts";
import { check } from "../support/carets.ts";

const service = (metadata: string) => `apiVersion: v1
kind: Service
metadata: ${metadata}
spec: { ports: [{ port: 80 }] }
`;

check(
	duplicateObject,
	"none and default are one namespace, and every later one is reported",
	`
${service("{ name: web }")}---
${service("{ name: web, namespace: default }\n#                 ^^^ warning: Service web is defined twice in this file; the later one overwrites the earlier")}---
${service('{ name: "web" }\n#                 ^^^^^ warning: Service web is defined twice in this file; the later one overwrites the earlier')}`,
);

check(
	duplicateObject,
	"another namespace, kind, group or file is another object",
	`
#- a.yaml
${service("{ name: web, namespace: a }")}---
${service("{ name: web, namespace: b }")}---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: a }
spec: { containers: [{ name: web }] }
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: web }
addressType: IPv4
endpoints: []
#- b.yaml
${service("{ name: web, namespace: a }")}`,
);

check(
	duplicateObject,
	"names that are generated or placeholders, and a namespace on one side only, cannot be told",
	`
${service("{ generateName: web- }")}---
${service("{ generateName: web- }")}---
${service('{ name: "${NAME}" }')}---
${service('{ name: "${NAME}" }')}---
${service("{ name: api }")}---
${service("{ name: api, namespace: shop }")}`,
);

check(
	duplicateObject,
	"an older version of a kind is the same object",
	`
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: web }
spec: { selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web }] } } }
---
apiVersion: extensions/v1beta1
kind: DaemonSet
metadata: { name: web }
#                 ^^^ DaemonSet web is defined twice in this file; the later one overwrites the earlier
spec: { selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web }] } } }
`,
	{ only: true },
);

check(
	duplicateObject,
	"every write of a Knative Service is a revision of it",
	`
apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: web }
spec: { template: { spec: { containers: [{ image: a }] } } }
---
apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: web }
spec: { template: { spec: { containers: [{ image: b }] } } }
`,
);

check(
	duplicateObject,
	"without a name nothing is overwritten",
	`
${service('{ name: "" }')}---
${service('{ name: "" }')}`,
	{ only: true },
);
