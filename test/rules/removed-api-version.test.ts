import assert from "node:assert/strict";
import { test } from "node:test";
import { removedApiVersion } from "../../server/src/rules/removed-api-version.ts";
import { check } from "../support/carets.ts";
import { said } from "../support/said.ts";

check(
	removedApiVersion,
	"it stands on the version, and quotes stay",
	`
apiVersion: "batch/v1beta1"
#           ^^^^^^^^^^^^^^^ error: CronJob batch/v1beta1 is refused since Kubernetes 1.25, its version is batch/v1
kind: CronJob
metadata: { name: web }
spec: { schedule: "@daily", jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: a, image: a }] } } } } }
`,
	{
		fix: {
			title: "Set apiVersion to batch/v1",
			gives: `
apiVersion: "batch/v1"
kind: CronJob
metadata: { name: web }
spec: { schedule: "@daily", jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: a, image: a }] } } } } }
`,
		},
	},
);

check(
	removedApiVersion,
	"it is linked like its successor",
	`
#- service.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: http }] }
#                                                               ^^^^ error: targetPort http is not a port of Deployment web (its container a declares 80 as web)
#- web.yaml
apiVersion: apps/v1beta2
#           ^^^^^^^^^^^^ error: Deployment apps/v1beta2 is refused since Kubernetes 1.16, its version is apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: a, image: a, ports: [{ name: web, containerPort: 80 }] }] }
`,
);

const TEMPLATE = "template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: a, image: a }] } }";

function of(kind: string, apiVersion: string, version?: { from: number; to: number }): readonly string[] {
	const spec =
		kind === "CronJob" ? `{ jobTemplate: { spec: { ${TEMPLATE} } } }` : `{ selector: { matchLabels: { app: web } }, ${TEMPLATE} }`;
	return said(
		removedApiVersion,
		`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: web }\nspec: ${spec}\n`,
		version ? { version } : {},
	);
}

for (const [kind, versions, since] of [
	["Deployment", ["extensions/v1beta1", "apps/v1beta1", "apps/v1beta2"], 16],
	["DaemonSet", ["extensions/v1beta1", "apps/v1beta2"], 16],
	["ReplicaSet", ["extensions/v1beta1", "apps/v1beta2"], 16],
	["StatefulSet", ["apps/v1beta1", "apps/v1beta2"], 16],
	["CronJob", ["batch/v2alpha1"], 21],
	["CronJob", ["batch/v1beta1"], 25],
	["EndpointSlice", ["discovery.k8s.io/v1beta1"], 25],
] as const) {
	for (const version of versions) {
		test(`removed-api-version: ${kind} ${version}, gone since 1.${since}`, () => {
			const text = (answer: string) => [
				new RegExp(`^${answer}: ${kind} ${version} is refused since Kubernetes 1\\.${since}, its version is \\S+$`),
			];
			const matches = (found: readonly string[], wanted: readonly RegExp[]) => {
				assert.equal(found.length, wanted.length);
				for (const [index, each] of found.entries()) assert.match(each, wanted[index] ?? /^$/);
			};
			matches(of(kind, version), text("error, refuses"));
			matches(of(kind, version, { from: since - 1, to: since }), text("warning"));
			matches(of(kind, version, { from: since - 2, to: since - 1 }), []);
		});
	}
}

for (const [kind, version] of [
	["Deployment", "apps/v1"],
	["CronJob", "batch/v1"],
	["Rollout", "extensions/v1beta1"],
] as const) {
	test(`removed-api-version: ${kind} ${version} is no version that was there once and is gone`, () =>
		assert.deepEqual(of(kind, version), []));
}

for (const [kind, version, served] of [
	["Deployment", "v1", "apps/v1"],
	["Pod", "apps/v1", "v1"],
	["Job", "apps/v1", "batch/v1"],
	["DaemonSet", "apps/v1beta1", "apps/v1"],
] as const) {
	test(`removed-api-version: ${kind} ${version} has never been there`, () =>
		assert.deepEqual(of(kind, version), [`error, refuses: Kubernetes has no ${kind} in ${version}, its version is ${served}`]));
}

check(
	removedApiVersion,
	"a version of another kind is replaced",
	`
apiVersion: v1
#           ^^ error: Kubernetes has no ReplicaSet in v1, its version is apps/v1
kind: ReplicaSet
metadata: { name: web }
`,
	{ fix: { title: "Set apiVersion to apps/v1", gives: "\napiVersion: apps/v1\nkind: ReplicaSet\nmetadata: { name: web }\n" } },
);

for (const [title, spec] of [
	["demands a selector", `{ ${TEMPLATE} }`],
	["has no rollbackTo", `{ selector: { matchLabels: { app: web } }, rollbackTo: { revision: 1 }, ${TEMPLATE} }`],
] as const) {
	check(
		removedApiVersion,
		`no fix is offered where the successor ${title}`,
		`
apiVersion: extensions/v1beta1
#           ^^^^^^^^^^^^^^^^^^ Deployment extensions/v1beta1 is refused since Kubernetes 1.16, its version is apps/v1
kind: Deployment
metadata: { name: web }
spec: ${spec}
`,
	);
}
