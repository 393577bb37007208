import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { deployedIn, placesIn } from "../../../server/src/features/deployed.ts";
import { fileOf } from "../../../server/src/links/snapshot.ts";
import { unitsOf } from "../../../server/src/links/units.ts";
import { textAt } from "../../../server/src/text/source.ts";
import { type Node, type ScalarNode, valueAt } from "../../../server/src/yaml/nodes.ts";
import { snapshotOf } from "../../support/workspace.ts";

// What is rendered is made of what somebody wrote: whatever a kustomization does, each scalar of an object says where.

const BASE = {
	"base/kustomization.yaml": "resources: [deployment.yaml, rest.yaml]\n",
	"base/deployment.yaml": `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, labels: &labels { app: web } }
spec:
  replicas: 2
  selector: { matchLabels: *labels }
  template:
    metadata: { labels: { <<: *labels, tier: "front" } }
    spec:
      containers:
        - name: web
          image: nginx:1.25
          args: ["--port", '8080', $(HOST)]
          ports: [{ name: http, containerPort: 8080 }, { containerPort: 53, protocol: UDP }]
          envFrom: [{ configMapRef: { name: settings } }]
`,
	"base/rest.yaml": `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    note: >-
      one
      line
spec:
  selector: { app: web }
  ports:
    - port: 80
      targetPort: "http"
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web }
spec:
  tls: [{ secretName: tls }]
  rules: [{ host: $(HOST), http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, labels: { app: db } }
spec:
  serviceName: web
  selector: { matchLabels: { app: db } }
  template: { metadata: { labels: { app: db } }, spec: { containers: [{ name: db, image: "db@sha256:${"a".repeat(64)}" }] } }
  volumeClaimTemplates: [{ metadata: { name: data }, spec: {} }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web }
spec: { podSelector: { matchLabels: { app: web } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: db } } }] }] }
`,
};

/** Fields of a kustomization, each a way to change what the base has, and the files that they need. */
const LINES: readonly string[] = [
	"namespace: shop",
	"namePrefix: prod-",
	"nameSuffix: -v2",
	'commonLabels: { team: "shop" }',
	"labels: [{ pairs: { env: prod, size: 'xl' }, includeSelectors: true }]",
	"commonAnnotations: { owner: me }",
	'images: [{ name: nginx, newTag: "1.26" }, { name: db, newName: other/db, digest: "sha256:b" }]',
	"replicas: [{ name: web, count: 5 }, { name: db, count: 1 }]",
	"configMapGenerator: [{ name: settings, literals: [A=1] }]",
	"secretGenerator: [{ name: tls, literals: [key=x] }]",
	"components: [../part]",
	"vars: [{ name: HOST, objref: { apiVersion: v1, kind: Service, name: web } }]",
	"replacements: [{ source: { kind: Service, name: web, fieldPath: spec.ports.0.port }, targets: [{ select: { kind: Ingress }, fieldPaths: ['metadata.annotations.port'], options: { create: true } }] }]",
	"patches: [{ path: patch.yaml }, { target: { kind: Deployment|StatefulSet }, path: ops.yaml }]",
	"patchesStrategicMerge: ['{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {ports: [{port: 80, nodePort: 30080}]}}']",
	"transformers: ['{apiVersion: builtin, kind: PrefixTransformer, metadata: {name: x}, prefix: t-, fieldSpecs: [{path: metadata/name}]}']",
];
const MORE = {
	"part/kustomization.yaml":
		"apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nlabels: [{ pairs: { part: yes-it-is }, includeTemplates: true }]\n",
	"over/patch.yaml": `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, labels: { app: null, more: "1" } }
spec:
  replicas: 3
  template:
    spec:
      containers: [{ name: web, ports: [{ name: http, containerPort: 8081 }], env: [{ name: A, value: |
        text
      }] }, { name: side, image: "busybox:1" }]
`.replace("|\n        text\n      ", '"text" '),
	"over/ops.yaml":
		"- { op: add, path: /spec/template/spec/hostNetwork, value: true }\n- { op: copy, from: /metadata/name, path: /metadata/labels/copied }\n- { op: replace, path: /spec/template/spec/containers/0/name, value: 'main' }\n",
	"over/copied.yaml": "",
};

test("every scalar of what an overlay deploys has its place first, in a file that is there, and then what it came through", () => {
	fc.assert(
		fc.property(fc.subarray([...LINES]), fc.subarray([...LINES].slice(0, 8)), fc.boolean(), (lines, top, twice) => {
			const files = {
				...BASE,
				...MORE,
				"over/kustomization.yaml": `resources: [../base]\n${lines.join("\n")}\n`,
				...(twice && { "top/kustomization.yaml": `resources: [../over]\n${top.join("\n")}\n` }),
			};
			const snapshot = snapshotOf(new Map(Object.entries(files)));
			const [unit] = unitsOf(snapshot, `/ws/${twice ? "top" : "over"}/kustomization.yaml`);
			assert.ok(unit?.complete, unit?.gaps.map(({ reason }) => reason).join("; "));
			const modelled = deployedIn(unit).filter(({ root }) => !/^(ConfigMap|Secret)$/.test(textOf(root, "kind")));
			assert.equal(modelled.length, 5);
			for (const { root } of modelled) checkPlaces(root, (uri) => fileOf(snapshot, uri) !== undefined);
		}),
		{ numRuns: 150 },
	);
});

function checkPlaces(root: Node, isThere: (uri: string) => boolean): void {
	const scalars = new Map(scalarsIn(root));
	const places = placesIn(root);
	assert.deepEqual([...places.keys()], [...scalars.keys()]);
	for (const [pointer, scalar] of scalars) {
		const [first, ...chain] = places.get(pointer) ?? [];
		assert.ok(first && isThere(first.source.uri), pointer);
		for (const at of [first, ...chain]) assert.ok(at.start >= 0 && at.start < at.end && at.end <= at.source.text.length, pointer);
		assert.equal(new Set([first, ...chain].map(({ source, start, end }) => `${source.uri} ${start} ${end}`)).size, chain.length + 1);
		// What does not stand at its place as it is was made of several things, or is folded or put together there.
		const written = textAt(first).replace(/^(["'])(.*)\1$/s, "$2");
		const isMade = chain.length > 0 || first.source.uri.endsWith("kustomization.yaml") || written.startsWith(">-");
		assert.ok(written === scalar.text || isMade, `${pointer}: ${scalar.text} stands at ${written}`);
	}
}

function* scalarsIn(node: Node, pointer = ""): Iterable<readonly [string, ScalarNode]> {
	if (node.kind === "scalar") yield [pointer, node];
	else if (node.kind === "seq") for (const [index, item] of node.items.entries()) yield* scalarsIn(item, `${pointer}/${index}`);
	else
		for (const { name, value } of node.entries) yield* scalarsIn(value, `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`);
}

function textOf(node: Node, name: string): string {
	const found = valueAt(node, name);
	return found?.kind === "scalar" ? found.text : "";
}
