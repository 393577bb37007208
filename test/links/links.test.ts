import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { effectiveSelector, linksOf, matchesIn, sameIdentity, selects } from "../../server/src/links/links.ts";
import { allUnits } from "../../server/src/links/units.ts";
import { nameOf, sameNamespace } from "../../server/src/model/object.ts";
import type { Workload } from "../../server/src/model/workload.ts";
import { sees, type Unit } from "../../server/src/units/unit.ts";
import { cutFiles, snapshotOf } from "../support/workspace.ts";

function unitOf(block: string): Unit {
	const [unit] = allUnits(snapshotOf(cutFiles(block)));
	assert.ok(unit);
	return unit;
}

interface Sides {
	readonly selector: string;
	readonly labels: string;
	readonly serviceNamespace?: string;
	readonly workloadNamespace?: string;
	readonly workload?: string;
	readonly type?: string;
}

function block({
	selector,
	labels,
	serviceNamespace = "~",
	workloadNamespace = "~",
	workload = "apps/v1 Deployment",
	type = "~",
}: Sides): string {
	const [version, kind] = workload.split(" ");
	return `apiVersion: v1
kind: Service
metadata: { name: s, namespace: ${serviceNamespace} }
spec: { selector: ${selector}, type: ${type} }
---
apiVersion: ${version}
kind: ${kind}
metadata: { name: w, namespace: ${workloadNamespace}, labels: { own: label } }
spec: { template: { metadata: { labels: ${labels} }, spec: { containers: [{ name: c }] } } }
`;
}

function verdict(text: string): string {
	const links = linksOf(unitOf(text));
	const [service] = links.services;
	assert.ok(service);
	const { workloads, uncertain } = links.selection(service);
	return workloads.length > 0 ? "yes" : uncertain.length > 0 ? "cannot-tell" : "no";
}

const ROLLOUT = "argoproj.io/v1alpha1 Rollout";

const VERDICTS: readonly (readonly [title: string, sides: Sides, verdict: "yes" | "no" | "cannot-tell"])[] = [
	["the same pair", { selector: "{ app: a }", labels: "{ app: a, tier: b }" }, "yes"],
	["another value", { selector: "{ app: a }", labels: "{ app: b }" }, "no"],
	["a pair that the template lacks", { selector: "{ app: a, tier: b }", labels: "{ app: a }" }, "no"],
	["a label of the workload's own", { selector: "{ own: label }", labels: "{ app: a }" }, "no"],
	["no labels", { selector: "{ app: a }", labels: "~" }, "no"],
	["no selector", { selector: "~", labels: "{ app: a }" }, "no"],
	["an empty selector", { selector: "{}", labels: "{ app: a }" }, "no"],
	["an ExternalName", { selector: "{ app: a }", labels: "{ app: a }", type: "ExternalName" }, "no"],
	["a null value selects an empty label", { selector: "{ app: ~ }", labels: "{ app: '' }" }, "yes"],
	["a null value selects no other label", { selector: "{ app: ~ }", labels: "{ app: a }" }, "no"],
	["quotes do not matter", { selector: "{ app: 'a' }", labels: '{ "app": a }' }, "yes"],
	["a number is refused, so nobody knows", { selector: "{ app: 1 }", labels: "{ app: '1' }" }, "cannot-tell"],
	["a boolean label", { selector: "{ app: 'on' }", labels: "{ app: on }" }, "cannot-tell"],
	["a placeholder", { selector: "{ app: $APP }", labels: "{ app: a }" }, "cannot-tell"],
	["a placeholder on the other side", { selector: "{ app: a }", labels: "{ app: '{{ .app }}' }" }, "cannot-tell"],
	["the same placeholder", { selector: "{ app: $APP }", labels: "{ app: $APP }" }, "yes"],
	["another placeholder", { selector: "{ app: $APP }", labels: "{ app: $OTHER }" }, "cannot-tell"],
	["a placeholder beside a pair that differs", { selector: "{ app: $APP, tier: b }", labels: "{ app: a, tier: c }" }, "no"],
	["a placeholder as a key of the labels", { selector: "{ app: a }", labels: "{ $KEY: a }" }, "cannot-tell"],
	["a placeholder as a key of the selector", { selector: "{ $KEY: a, app: a }", labels: "{ app: a }" }, "cannot-tell"],
	["labels that are a placeholder", { selector: "{ app: a }", labels: "$LABELS" }, "cannot-tell"],
	["labels that are a list", { selector: "{ app: a }", labels: "[app]" }, "cannot-tell"],
	["a selector that is a list", { selector: "[app]", labels: "{ app: a }" }, "cannot-tell"],
	["a label that a controller sets, beside others", { selector: "{ app: a, pod-template-hash: x }", labels: "{ app: a }" }, "yes"],
	[
		"nothing but labels that a controller sets",
		{ selector: "{ apps.kubernetes.io/pod-index: '0' }", labels: "{ app: a }", workload: "apps/v1 StatefulSet" },
		"cannot-tell",
	],
	[
		"nothing but labels that a controller sets, and no labels",
		{ selector: "{ batch.kubernetes.io/job-name: w }", labels: "~", workload: "batch/v1 Job" },
		"cannot-tell",
	],
	[
		"the namespace is written on both sides",
		{ selector: "{ app: a }", labels: "{ app: a }", serviceNamespace: "x", workloadNamespace: "x" },
		"yes",
	],
	["another namespace", { selector: "{ app: a }", labels: "{ app: a }", serviceNamespace: "x", workloadNamespace: "z" }, "no"],
	["the namespace is written on one side", { selector: "{ app: a }", labels: "{ app: a }", serviceNamespace: "x" }, "cannot-tell"],
	["default is written on one side", { selector: "{ app: a }", labels: "{ app: a }", workloadNamespace: "default" }, "yes"],
	["a custom kind with the labels", { selector: "{ app: a }", labels: "{ app: a }", workload: ROLLOUT }, "yes"],
	[
		"a custom kind without them, whose operator may add them",
		{ selector: "{ app: a }", labels: "{ tier: b }", workload: ROLLOUT },
		"cannot-tell",
	],
	["a custom kind with another value", { selector: "{ app: a }", labels: "{ app: b }", workload: ROLLOUT }, "no"],
];

for (const [title, sides, wanted] of VERDICTS) {
	test(`${title}: ${wanted}`, () => assert.equal(verdict(block(sides)), wanted));
}

test("a workload that is broken may carry what it lacks, and not what it writes otherwise", () => {
	const broken = (labels: string) => `${block({ selector: "{ app: a }", labels })}oops\n`;
	assert.equal(verdict(broken("{ tier: b }")), "cannot-tell");
	assert.equal(verdict(broken("{ app: b }")), "no");
	assert.equal(verdict(broken("{ app: a }")), "yes");
});

test("a Service that is broken may select something else", () => {
	const broken = (selector: string) => block({ selector, labels: "{ app: a }" }).replace("---\n", "oops\n---\n");
	assert.equal(verdict(broken("{ app: a }")), "cannot-tell");
	assert.equal(verdict(broken("{ app: b }")), "no");
});

test("a Pod that a controller made is no second workload", () => {
	const pod =
		"---\napiVersion: v1\nkind: Pod\nmetadata: { name: p, labels: { app: a }, ownerReferences: [{ controller: true }] }\nspec: { containers: [] }\n";
	const links = linksOf(unitOf(block({ selector: "{ app: a }", labels: "{ app: a }" }) + pod));
	assert.deepEqual(links.workloads.map(nameOf), ["w"]);
});

const owned = (name: string, kind: string, owner: string, namespace = "default") =>
	`---\napiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, namespace: ${namespace}, labels: { app: a }, ownerReferences: [{ kind: ${kind}, name: ${owner}, controller: true }] }\nspec: { containers: [] }\n`;

for (const [title, pod, names] of [
	["whose controller is not here stands for itself", owned("p", "ReplicaSet", "x-5d4f"), ["w", "p"]],
	["of the ReplicaSet of a Deployment that is here is none", owned("p", "ReplicaSet", "w-5d4f"), ["w"]],
	["of a StatefulSet that is not here stands for itself", owned("p-0", "StatefulSet", "p"), ["w", "p-0"]],
	["of a Deployment of that name in another namespace stands for itself", owned("p", "ReplicaSet", "w-5d4f", "shop"), ["w", "p"]],
] as const) {
	test(`a Pod ${title}`, () => {
		const links = linksOf(unitOf(block({ selector: "{ app: a }", labels: "{ app: a }", workloadNamespace: "default" }) + pod));
		assert.deepEqual(links.workloads.map(nameOf), names);
	});
}

test("a Service selects Pods whose controller is not here", () => {
	const pods = owned("p-1", "ReplicaSet", "x-5d4f") + owned("p-2", "ReplicaSet", "x-5d4f");
	const service =
		"apiVersion: v1\nkind: Service\nmetadata: { name: s, namespace: default }\nspec: { selector: { app: a }, ports: [{ port: 80 }] }\n";
	const links = linksOf(unitOf(service + pods));
	const [found] = links.services;
	assert.deepEqual(found && links.selection(found).workloads.map(nameOf), ["p-1", "p-2"]);
});

test("links lead both ways, and only to what the file sees", () => {
	const unit = unitOf(
		`#- a.yaml\n${block({ selector: "{ app: a }", labels: "{ app: a }" })}#- b.yaml\n${block({ selector: "{ app: a }", labels: "{ app: a, b: c }" })}#- c.yaml\n${block({ selector: "{ b: c }", labels: "{ app: a }" }).replaceAll("name: w", "name: v").replaceAll("name: s", "name: t")}`,
	);
	const links = linksOf(unit);
	const print = (workloads: readonly Workload[]) => workloads.map((workload) => `${workload.source.uri.slice(4)} ${nameOf(workload)}`);
	assert.deepEqual(
		links.services.map((service) => print(links.selection(service).workloads)),
		[["a.yaml w", "c.yaml v"], ["b.yaml w", "c.yaml v"], ["b.yaml w"]],
	);
	assert.deepEqual(
		links.workloads.map((workload) => links.servicesOf(workload).map((service) => `${service.source.uri.slice(4)} ${nameOf(service)}`)),
		[["a.yaml s"], ["b.yaml s", "c.yaml t"], ["a.yaml s", "b.yaml s"]],
	);
	const [service] = links.services;
	assert.deepEqual(service && print(matchesIn(unit, service)), ["a.yaml w", "b.yaml w", "c.yaml v"]);
});

test("the index finds what comparing every Service with every workload finds, in the order of the text", () => {
	const label = fc.tuple(fc.constantFrom("a", "b", "c", "pod-template-hash"), fc.constantFrom("1x", "2x", "~", "$P", "$Q", "7"));
	const labels = fc
		.uniqueArray(label, { maxLength: 3, selector: ([name]) => name })
		.map((pairs) => `{ ${pairs.map(([name, value]) => `${name}: ${value}`).join(", ")} }`);
	const sides = fc.record({
		selector: fc.oneof({ arbitrary: labels, weight: 8 }, fc.constantFrom("~", "[a]", "$S")),
		labels: fc.oneof({ arbitrary: labels, weight: 8 }, fc.constantFrom("~", "[a]", "$L")),
		serviceNamespace: fc.constantFrom("~", "x", "default", "$N"),
		workloadNamespace: fc.constantFrom("~", "x", "z", "$N"),
		workload: fc.constantFrom("apps/v1 Deployment", "apps/v1 Deployment", ROLLOUT),
		type: fc.constantFrom("~", "~", "ExternalName"),
		broken: fc.boolean(),
	});
	fc.assert(
		fc.property(fc.array(sides, { minLength: 1, maxLength: 6 }), (all) => {
			const files = all.map((one, index) => `#- ${"cab"[index % 3]}${index}.yaml\n${block(one)}${one.broken ? "oops\n" : ""}`);
			const unit = unitOf(files.join(""));
			const links = linksOf(unit);
			for (const service of links.services) {
				const found = { yes: [] as Workload[], "cannot-tell": [] as Workload[], no: [] as Workload[] };
				const selector = effectiveSelector(service);
				const byFile = [...links.workloads].sort((a, b) => (a.source.uri < b.source.uri ? -1 : 1));
				for (const workload of selector ? byFile.filter((candidate) => sees(unit, service, candidate)) : []) {
					const verdicts = [
						selector ? selects(selector, workload) : "no",
						sameNamespace(service, workload),
						service.broken ? "cannot-tell" : "yes",
					];
					found[verdicts.includes("no") ? "no" : verdicts.includes("cannot-tell") ? "cannot-tell" : "yes"].push(workload);
				}
				assert.deepEqual(links.selection(service).workloads, found.yes);
				assert.deepEqual(links.selection(service).uncertain, found["cannot-tell"]);
			}
		}),
		{ numRuns: 200 },
	);
});

test("thousands of workloads with a common label are linked by their own", () => {
	const files = Array.from(
		{ length: 2_000 },
		(_, index) =>
			`---\napiVersion: v1\nkind: Service\nmetadata: { name: s${index} }\nspec: { selector: { part: all, app: a${index} } }\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: d${index} }\nspec: { template: { metadata: { labels: { part: all, app: a${index} } }, spec: { containers: [] } } }\n`,
	);
	const links = linksOf(unitOf(files.join("")));
	assert.equal(links.services.length, 2_000);
	for (const service of links.services) assert.equal(links.selection(service).workloads.length, 1);
});

test("two objects are one where kind, name and namespace are the same", () => {
	const { objects } = unitOf(
		[
			"{ apiVersion: v1, kind: Service, metadata: { name: a } }",
			"{ apiVersion: v1, kind: Service, metadata: { name: a, namespace: default } }",
			"{ apiVersion: v1, kind: Service, metadata: { name: a, namespace: x } }",
			"{ apiVersion: v1, kind: Service, metadata: { name: b } }",
			"{ apiVersion: v1, kind: Service }",
		].join("\n---\n"),
	);
	const same = objects.map((a) => objects.map((b) => (sameIdentity(a, b) ? "=" : ".")).join(""));
	assert.deepEqual(same, ["==...", "==...", "..=..", "...=.", "....="]);
});

test("the Jobs of a CronJob are named after it and the minute", () => {
	const of = (value: string) => verdict(block({ selector: `{ job-name: ${value} }`, labels: "{ app: a }", workload: "batch/v1 CronJob" }));
	assert.deepEqual(["w-29384756", "w", "w-x", "v-29384756"].map(of), ["cannot-tell", "no", "no", "no"]);
});

test("labels that a controller sets are on the Pods of its kinds only", () => {
	const kinds = [
		["apps/v1 Deployment", "w"],
		["apps/v1 StatefulSet", "w"],
		["apps/v1 DaemonSet", "w"],
		["batch/v1 Job", "w"],
		["argoproj.io/v1alpha1 Rollout", "w"],
	] as const;
	const of = (pair: string) => kinds.map(([workload]) => verdict(block({ selector: `{ ${pair} }`, labels: "{ app: a }", workload })));
	assert.deepEqual(of("statefulset.kubernetes.io/pod-name: w-0"), ["no", "yes", "no", "no", "cannot-tell"]);
	assert.deepEqual(of("statefulset.kubernetes.io/pod-name: ww-0"), ["no", "no", "no", "no", "cannot-tell"]);
	assert.deepEqual(of("statefulset.kubernetes.io/pod-name: w-1"), ["no", "cannot-tell", "no", "no", "cannot-tell"]);
	assert.deepEqual(of("apps.kubernetes.io/pod-index: '0'"), ["no", "cannot-tell", "no", "no", "cannot-tell"]);
	assert.deepEqual(of("job-name: w"), ["no", "no", "no", "cannot-tell", "cannot-tell"]);
	assert.deepEqual(of("batch.kubernetes.io/job-name: w"), ["no", "no", "no", "cannot-tell", "cannot-tell"]);
	assert.deepEqual(of("job-name: other"), ["no", "no", "no", "no", "cannot-tell"]);
	assert.deepEqual(of("pod-template-hash: x"), ["cannot-tell", "no", "no", "no", "cannot-tell"]);
	assert.deepEqual(of("controller-revision-hash: x"), ["no", "cannot-tell", "cannot-tell", "no", "cannot-tell"]);
});
