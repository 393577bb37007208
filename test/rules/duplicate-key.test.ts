import assert from "node:assert/strict";
import { test } from "node:test";
import { duplicateKey } from "../../server/src/rules/duplicate-key.ts";
import { check, findingsOf } from "../support/carets.ts";
import { snapshotOf } from "../support/workspace.ts";

const HEAD = "apiVersion: v1\nkind: Service\nmetadata: { name: web }\n";

check(
	duplicateKey,
	"each one that is overridden is marked, wherever it stands, and the last one is not",
	`
${HEAD}spec:
  type: NodePort
# ^^^^ type stands twice in this map, and the last one wins
  type: ClusterIP
# ^^^^ type stands twice in this map, and the last one wins
  ports: [{ port: 80, port: 81 }]
#           ^^^^ port stands twice in this map, and the last one wins
  type: ClusterIP
`,
	{ only: true },
);

check(
	duplicateKey,
	"keys that are read alike are the same",
	`
${HEAD}spec:
  selector: { "app": a, app: b }
#             ^^^^^ "app" stands twice in this map, and the last one wins
`,
	{ only: true },
);

check(
	duplicateKey,
	"the one that is overridden goes with its line",
	`
${HEAD}spec:
  ports: [{ port: 80 }]
  type: ClusterIP
# ^^^^ type stands twice in this map, and the last one wins
  # between
  type: ClusterIP
`,
	{ only: true, fix: { title: "Remove this type", gives: `${HEAD}spec:\n  ports: [{ port: 80 }]\n  # between\n  type: ClusterIP` } },
);

check(
	duplicateKey,
	"what a merge key brings is no second key",
	`
${HEAD}spec:
  ports:
    - &one { port: 80, protocol: TCP }
    - <<: *one
      port: 81
      name: two
`,
	{ only: true },
);

check(duplicateKey, "the same key in two maps is no second one", `${HEAD}spec: { ports: [{ port: 80 }, { port: 81 }] }\n`, { only: true });
check(
	duplicateKey,
	"a map that stands twice through an alias is marked once",
	`
apiVersion: v1
kind: Service
metadata:
  name: web
  labels: &one { a: b, a: c }
#                ^ a stands twice in this map, and the last one wins
spec: { selector: *one }
`,
	{ only: true },
);
check(duplicateKey, "nothing is said of what is no manifest", "kind: Shop\na: 1\na: 2\ncontainers: []\n", { only: true });

test("duplicate-key: a separator that is missing between two objects is one finding, at the second, and its fix writes it", () => {
	const above = `${HEAD}spec: { ports: [{ port: 80 }] }\r\n# the second\r\n`;
	const second = "kind: Service\r\napiVersion: v1\r\nmetadata: { name: two }\r\nspec: { ports: [{ port: 80 }] }\r\n";
	const [finding, ...others] = findingsOf(snapshotOf(new Map([["a.yaml", above + second]])));
	assert.deepEqual(others, []);
	assert.deepEqual(
		[finding?.rule, finding?.at.start, finding?.message],
		["duplicate-key", above.length, "Another object begins here without --- above it, so that only the last one is created"],
	);
	const edits = finding?.fixes.flatMap((fix) => fix.edits.map(({ start, end, text }) => [fix.title, start, end, text]));
	assert.deepEqual(edits, [["Write --- above it", above.length, above.length, "---\r\n"]]);
});

check(
	duplicateKey,
	"in a document that cannot be read, the separator is what is wrong",
	`
${HEAD}spec: { ports: [{ port: 80 }] }
--
${HEAD}spec: { ports: [{ port: 80 }] }
`,
	{ only: true },
);

const CHART = `
#- Chart.yaml
apiVersion: v2
name: web
version: 1.0.0`;

check(
	duplicateKey,
	"in what a template of a chart prints, at the template's characters",
	`${CHART}
#- templates/service.yaml
{{- if true }}
${HEAD}spec:
  type: {{ .Values.type | default "NodePort" }}
# ^^^^ type stands twice in this map, and the last one wins
  ports:
    - port: {{ 80 }}
#     ^^^^ port stands twice in this map, and the last one wins
      port: 81
  type: ClusterIP
{{- end }}
`,
	{ only: true },
);

check(
	duplicateKey,
	"in a template that holds no action",
	`${CHART}
#- templates/service.yaml
${HEAD}spec:
  type: NodePort
# ^^^^ type stands twice in this map, and the last one wins
  ports: [{ port: 80 }]
  type: ClusterIP
`,
	{ only: true },
);

check(
	duplicateKey,
	"a key of the values beside one of the template",
	`${CHART}
#- values.yaml
labels:
  app: shop
# ^^^ app stands twice in this map, and the last one wins
  tier: front
#- templates/service.yaml
apiVersion: v1
kind: Service
metadata:
  name: web
  labels:
    {{- toYaml .Values.labels | nindent 4 }}
    app: web
spec:
  ports: [{ port: 80 }]
`,
	{ only: true },
);

check(
	duplicateKey,
	"a helper that two objects include is marked once",
	`${CHART}
#- templates/_helpers.tpl
{{- define "web.labels" }}
  app: web
  tier: front
# ^^^^ tier stands twice in this map, and the last one wins
  tier: back
{{- end }}
#- templates/service.yaml
apiVersion: v1
kind: Service
metadata:
  name: web
  labels:
    {{- include "web.labels" . | nindent 4 }}
spec:
  selector:
    {{- include "web.labels" . | nindent 4 }}
  ports: [{ port: 80 }]
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels:
    {{- include "web.labels" . | nindent 4 }}
spec: {}
`,
	{ only: true },
);

check(
	duplicateKey,
	"in an item of a List that a template prints",
	`${CHART}
#- templates/list.yaml
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Service
    metadata: { name: web }
    spec:
      type: NodePort
#     ^^^^ type stands twice in this map, and the last one wins
      type: ClusterIP
      ports: [{ port: 80 }]
`,
	{ only: true },
);
