import assert from "node:assert/strict";
import { test } from "node:test";
import { isModelledKind, isService, isWorkload, mayHoldObjects, readManifest } from "../../server/src/model/manifest.ts";
import { describe, type KubeObject, nameOf, qualifiedName, sameNamespace } from "../../server/src/model/object.ts";

function objects(text: string): readonly KubeObject[] {
	return readManifest({ uri: "a.yaml", text }).objects;
}

function kinds(text: string): readonly string[] {
	return objects(text).map((object) => `${object.kind}/${nameOf(object) ?? ""}`);
}

const POD = "spec: { template: { spec: { containers: [{ name: c }] } } }";

const FOUND: readonly (readonly [title: string, text: string, kinds: readonly string[]])[] = [
	["block style", "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n", ["Service/web"]],
	["flow style", "{apiVersion: v1, kind: Service, metadata: {name: web}}", ["Service/web"]],
	["quoted words", "'apiVersion': \"v1\"\n\"kind\": 'Service'\nmetadata: { name: 'web' }\n", ["Service/web"]],
	["JSON", '{"apiVersion":"v1","kind":"Service","metadata":{"name":"web"}}', ["Service/web"]],
	[
		"JSON over several lines, with tabs",
		'{\n\t"apiVersion": "v1",\n\t"kind":\n\t\t"Pod",\n\t"metadata": { "name": "web" }\n}',
		["Pod/web"],
	],
	[
		"a separator line and comments",
		"---\n# web\napiVersion: v1 # v1\nkind: Service # a Service\nmetadata: { name: web }\n",
		["Service/web"],
	],
	["an explicit key", "? apiVersion\n: v1\n? kind\n: Service\n? metadata\n: name: web\n", ["Service/web"]],
	["a merge key", "x: &x { kind: Service }\napiVersion: v1\n<<: *x\nmetadata: { name: web }\n", ["Service/web"]],
	["an alias", "metadata: { name: &n Service }\napiVersion: v1\nkind: *n\n", ["Service/Service"]],
	["a folded kind", "apiVersion: v1\nkind: >-\n  Service\nmetadata: { name: web }\n", ["Service/web"]],
	["CRLF", "apiVersion: v1\r\nkind: Node\r\nmetadata:\r\n  name: n1\r\n", ["Node/n1"]],
	["the last of two kinds", "apiVersion: v1\nkind: ConfigMap\nkind: Service\nmetadata: { name: web }\n", ["Service/web"]],
	["Endpoints", "apiVersion: v1\nkind: Endpoints\nmetadata: { name: web }\n", ["Endpoints/web"]],
	["an EndpointSlice", "apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: { name: web }\n", ["EndpointSlice/web"]],
	[
		"a List, and a List in it",
		"apiVersion: v1\nkind: List\nitems:\n- { apiVersion: v1, kind: Service, metadata: { name: a } }\n- kind: ConfigMap\n- ~\n- text\n- kind: List\n  items: [{ apiVersion: apps/v1, kind: Deployment, metadata: { name: b } }]\n",
		["Service/a", "Deployment/b"],
	],
	[
		"a ServiceList whose items name no kind",
		"apiVersion: v1\nkind: ServiceList\nitems:\n- metadata: { name: a }\n- metadata: { name: b }\n",
		["Service/a", "Service/b"],
	],
	[
		"a DeploymentList whose items name no kind",
		'{"apiVersion":"apps/v1","kind":"DeploymentList","items":[{"metadata":{"name":"a"}}]}',
		["Deployment/a"],
	],
	["a PodList in JSON", '{"kind":"PodList","apiVersion":"v1","items":[{"metadata":{"name":"a"}}]}', ["Pod/a"]],
	["a List of nothing", "apiVersion: v1\nkind: List\nitems:\n", []],
	["a List whose items are text", "apiVersion: v1\nkind: List\nitems: none\n", []],
	["a Rollout with a template", `apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: { name: r }\n${POD}\n`, ["Rollout/r"]],
	[
		"a Rollout that refers to a Deployment",
		"apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nspec: { workloadRef: { kind: Deployment, name: d } }\n",
		[],
	],
	[
		"an OpenShift DeploymentConfig",
		`apiVersion: apps.openshift.io/v1\nkind: DeploymentConfig\nmetadata: { name: d }\n${POD}\n`,
		["DeploymentConfig/d"],
	],
	[
		"Knative's Service, which is a workload",
		`apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: { name: k }\n${POD}\n`,
		["Service/k"],
	],
	["a Service of no version", "kind: Service\nmetadata: { name: web }\n", []],
	["another kind", "apiVersion: v1\nkind: ConfigMap\ndata: { Service: containers }\n", []],
	["a kind that is no text", "apiVersion: v1\nkind: [Service]\n", []],
	["a list as the root", "- kind: Service\n  apiVersion: v1\n", []],
	["a text as the root", "kind Service\n", []],
	["nothing", "", []],
];

for (const [title, text, wanted] of FOUND) {
	test(`objects in ${title}`, () => assert.deepEqual(kinds(text), wanted));
}

test("what holds an object may hold objects", () => {
	for (const [title, text, wanted] of FOUND) if (wanted.length > 0) assert.ok(mayHoldObjects(text), title);
	assert.equal(mayHoldObjects("apiVersion: v1\nkind: ConfigMap\n"), false);
	assert.equal(mayHoldObjects("spec: { names: { kind: Gateway, listKind: GatewayList } }"), false);
	assert.equal(readManifest({ uri: "a.yaml", text: "kind: ConfigMap\n" }).parsed, undefined);
});

test("a workload is told from a Service, and a custom one is known", () => {
	const [knative] = objects(`apiVersion: serving.knative.dev/v1\nkind: Service\n${POD}\n`);
	assert.ok(knative && isWorkload(knative) && knative.custom && !isService(knative));
	const [deployment] = objects(`apiVersion: apps/v1\nkind: Deployment\n${POD}\n`);
	assert.ok(deployment && isWorkload(deployment) && !deployment.custom);
});

test("the kinds that something is said about are Kubernetes' own, in their API groups", () => {
	for (const [version, kind] of [
		["v1", "Service"],
		["v1", "Pod"],
		["apps/v1", "Deployment"],
		["batch/v1", "CronJob"],
		["extensions/v1beta1", "Deployment"],
		["discovery.k8s.io/v1", "EndpointSlice"],
	] as const) {
		assert.ok(isModelledKind(version, kind), kind);
	}
	for (const [version, kind] of [
		["serving.knative.dev/v1", "Service"],
		["v1", "ConfigMap"],
		["argoproj.io/v1alpha1", "Rollout"],
		["v1", "toString"],
	] as const) {
		assert.ok(!isModelledKind(version, kind), kind);
	}
});

test("an object that a controller made is known by its owner", () => {
	const owned = (owners: string) =>
		objects(`apiVersion: v1\nkind: Pod\nmetadata: { name: p, ownerReferences: ${owners} }\n`)[0]?.metadata.controlled;
	assert.equal(owned("[{ kind: Job, controller: false }, { kind: ReplicaSet, controller: true }]"), true);
	assert.equal(owned("[{ kind: Node, controller: false }]"), false);
	for (const odd of ["~", "text", "[text, ~, [a]]", "[{ controller: 'true' }]", "{ controller: true }"]) assert.equal(owned(odd), false);
});

test("names and namespaces are the cluster's, or unknown", () => {
	const one = (metadata: string) => objects(`apiVersion: v1\nkind: Service\nmetadata: ${metadata}\n`)[0] as KubeObject;
	assert.equal(qualifiedName(one("{ name: web }")), "default/web");
	assert.equal(qualifiedName(one("{ name: web, namespace: shop }")), "shop/web");
	assert.equal(describe(one("{ generateName: web- }")), "Service without a name");
	for (const unknown of [
		"{ name: '${APP}' }",
		"{ name: ${APP} }",
		"{ name: '{{ .name }}' }",
		"{ name: 80 }",
		"{ name: on }",
		"{ name: [a] }",
		"{}",
		"~",
		"text",
	]) {
		assert.equal(nameOf(one(unknown)), undefined, unknown);
	}
});

test("two objects share a namespace, or not, or that cannot be told", () => {
	const of = (namespace: string) => objects(`apiVersion: v1\nkind: Service\nmetadata: { namespace: ${namespace} }\n`)[0] as KubeObject;
	const cases: readonly (readonly [string, string, "yes" | "no" | "cannot-tell"])[] = [
		["~", "~", "yes"],
		["~", "''", "yes"],
		["~", "default", "yes"],
		["shop", "shop", "yes"],
		["shop", "bank", "no"],
		["shop", "default", "no"],
		["~", "shop", "cannot-tell"],
		["'${NS}'", "'${NS}'", "yes"],
		["'${NS}'", "shop", "cannot-tell"],
		["'${NS}'", "~", "cannot-tell"],
		["'${NS}'", "$OTHER", "cannot-tell"],
		["80", "~", "cannot-tell"],
		["[a]", "[a]", "cannot-tell"],
	];
	for (const [a, b, wanted] of cases) {
		assert.equal(sameNamespace(of(a), of(b)), wanted, `${a} and ${b}`);
		assert.equal(sameNamespace(of(b), of(a)), wanted, `${b} and ${a}`);
	}
});
