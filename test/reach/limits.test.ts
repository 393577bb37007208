import assert from "node:assert/strict";
import { test } from "node:test";
import { linksOf } from "../../server/src/links/links.ts";
import { allUnits } from "../../server/src/links/units.ts";
import { closedFor } from "../../server/src/reach/policyIngress.ts";
import { printCard } from "../../server/src/reach/print.ts";
import { serviceCard } from "../../server/src/reach/serviceCard.ts";
import { workloadCard } from "../../server/src/reach/workloadCard.ts";
import { snapshotOf } from "../support/workspace.ts";
import { pathsOf } from "./expect.ts";

function service(name: string, spec: string): string {
	return `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: a }\nspec: { ${spec} }`;
}

function pod(name: string, labels = "app: web"): string {
	return `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, namespace: a, labels: { ${labels} } }\nspec: { containers: [{ name: c, ports: [{ containerPort: 80 }] }] }`;
}

function many<T>(count: number, make: (index: number) => T): readonly T[] {
	return Array.from({ length: count }, (_, index) => make(index));
}

/** A document each. */
function snapshotFor(documents: readonly string[]) {
	return snapshotOf(new Map([["manifest.yaml", documents.join("\n---\n")]]));
}

const ONE = service("web", "selector: { app: web }, ports: [{ port: 80 }]");

test("a selector with 10,000 Pods has an answer, and its hover names three of them", () => {
	const snapshot = snapshotFor([ONE, ...many(10_000, (index) => pod(`web-${index}`))]);
	const [first] = pathsOf(snapshot, "Service a/web");
	assert.equal(first?.verdict, "reaches");
	assert.equal(first.to.length, 10_000);
	assert.match(cardOf(snapshot), /Pod web-0.*, Pod web-1.*, Pod web-2.* and 9997 more/);
});

test("a Service with 1,000 ports has an answer for each, and its hover ends with where to find them", () => {
	const ports = many(1000, (index) => `{ name: p${index}, port: ${1000 + index}, targetPort: ${1 + index} }`);
	const snapshot = snapshotFor([service("web", `selector: { app: web }, ports: [${ports.join(", ")}]`), pod("web")]);
	assert.equal(pathsOf(snapshot, "Service a/web").length, 3000);
	const card = cardOf(snapshot);
	assert.ok(card.split("\n").length <= 26, card);
	assert.match(card, /by itself: `portolan paths --service a\/web`/);
});

test("the hover of a Service with 40 ports or 12 workloads is not longer than a screen", () => {
	const ports = many(40, (index) => `{ name: p${index}, port: ${1000 + index}, nodePort: ${30_000 + index}, targetPort: ${1 + index} }`);
	const snapshot = snapshotFor([
		service("web", `type: NodePort, externalTrafficPolicy: Local, selector: { app: web }, ports: [${ports.join(", ")}]`),
		...many(12, (index) => pod(`web-${index}`)),
	]);
	const card = cardOf(snapshot);
	assert.ok(card.split("\n").length <= 26, card);
	assert.ok(Math.max(...card.split("\n").map((line) => line.length)) < 1200, card);
	const [unit] = allUnits(snapshot);
	const [workload] = unit ? linksOf(unit).workloads : [];
	assert.ok(unit && workload);
	assert.ok(printCard(workloadCard(snapshot, unit, workload), "table").split("\n").length <= 26);
});

test("ExternalNames in a circle are told to be one", () => {
	const snapshot = snapshotFor(
		many(3, (index) => service(`web${index}`, `type: ExternalName, externalName: web${(index + 1) % 3}.a.svc.cluster.local`)),
	);
	assert.deepEqual(
		pathsOf(snapshot, "Service a/web0").map(({ verdict, why }) => `${verdict}: ${why}`),
		["cannot-tell: The external names lead in a circle"],
	);
});

function policy(name: string, spec: string): string {
	return `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: ${name}, namespace: a }\nspec: { ${spec} }`;
}

test("of a policy with 1,000 peers the first are named, and the others counted", () => {
	const peers = many(1000, (index) => `{ podSelector: { matchLabels: { app: c${index} } } }`);
	const snapshot = snapshotFor([ONE, pod("web"), policy("p", `podSelector: {}, ingress: [{ from: [${peers.join(", ")}] }]`)]);
	const found = pathsOf(snapshot, "Service a/web").filter(({ by }) => by === "dns");
	assert.deepEqual(
		found.map(({ client, verdict }) => `${client}: ${verdict}`),
		[`${many(5, (index) => `namespace a, app=c${index}`).join(" or ")} or 995 others: reaches`, "other Pods: dropped"],
	);
});

test("of 1,000 peers that cannot be told, each for its own reason, one reason is told", () => {
	const peers = many(
		1000,
		(index) => `{ namespaceSelector: { matchLabels: { team: t${index} } }, podSelector: { matchLabels: { app: c${index} } } }`,
	);
	const snapshot = snapshotFor([ONE, pod("web"), policy("p", `podSelector: {}, ingress: [{ from: [${peers.join(", ")}] }]`)]);
	const found = pathsOf(snapshot, "Service a/web").filter(({ by }) => by === "dns");
	const clients = many(5, (index) => `a namespace that is not defined here, app=c${index}`).join(" or ");
	const why = "NetworkPolicy p lets in namespaces with team=t0, and which labels they have is not written here; so it is with 999 others";
	assert.deepEqual(
		found.map(({ client, verdict, why }) => `${client}: ${verdict}: ${why}`),
		[`${clients} or 995 others: cannot-tell: ${why}`, "other Pods: dropped: NetworkPolicy p closes Pod web"],
	);
});

test("a policy with more peers than are looked at is told to have too many", () => {
	const peers = many(2001, (index) => `{ podSelector: { matchLabels: { app: c${index} } } }`);
	const snapshot = snapshotFor([ONE, pod("web"), policy("p", `podSelector: {}, ingress: [{ from: [${peers.join(", ")}] }]`)]);
	const [first] = pathsOf(snapshot, "Service a/web");
	assert.equal(`${first?.verdict}: ${first?.why}`, "cannot-tell: NetworkPolicy p has more than 2000 peers");
});

test("two policies of 1,000 peers for one Service, among 300 that close other Services, have an answer", () => {
	const peers = (letter: string) => many(1000, (index) => `{ podSelector: { matchLabels: { ${letter}: c${index} } } }`).join(", ");
	const snapshot = snapshotFor([
		ONE,
		pod("web", "app: web, x: a"),
		pod("web2", "app: web, x: b"),
		policy("a", `podSelector: { matchLabels: { x: a } }, ingress: [{ from: [${peers("a")}] }]`),
		policy("b", `podSelector: { matchLabels: { x: b } }, ingress: [{ from: [${peers("b")}] }]`),
		...many(300, (index) => service(`s${index}`, `selector: { app: s${index} }, ports: [{ port: 80 }]`)),
		...many(300, (index) => pod(`s${index}`, `app: s${index}`)),
		...many(300, (index) =>
			policy(`p${index}`, `podSelector: { matchLabels: { app: s${index} } }, egress: [], policyTypes: [Ingress, Egress]`),
		),
	]);
	const first = pathsOf(snapshot, "Service a/web").findLast(({ by }) => by === "dns");
	const why = "NetworkPolicies a, b let in more than 100 kinds of Pods, not the same ones to all Pods of the Service";
	assert.equal(`${first?.verdict}: ${first?.why}`, `cannot-tell: ${why}`);
	const [unit] = allUnits(snapshot);
	assert.ok(unit);
	for (const { metadata } of linksOf(unit).services) assert.ok(pathsOf(snapshot, `Service a/${metadata.name?.value}`).length > 0);
});

test("the peers of a policy are looked at once for all ports and all Pods that it opens to them", () => {
	const ports = many(100, (index) => `{ port: ${1000 + index}, targetPort: ${1 + index} }`);
	const peers = many(1000, (index) => `{ podSelector: { matchLabels: { k${index}: v } } }`);
	const snapshot = snapshotFor([
		service("web", `selector: { app: web }, ports: [${ports.join(", ")}]`),
		...many(300, (index) => pod(`web-${index}`)),
		policy("p", `podSelector: {}, ingress: [{ from: [${peers.join(", ")}] }]`),
	]);
	const [unit] = allUnits(snapshot);
	assert.ok(unit);
	const { workloads } = linksOf(unit);
	const closed = workloads.flatMap((workload) => many(100, (port) => closedFor({ unit }, { workload, port, protocol: "TCP" })));
	assert.equal(new Set(closed).size, 300);
	assert.equal(new Set(closed.map((each) => each?.openTo)).size, 1);
	const found = pathsOf(snapshot, "Service a/web").filter(({ by }) => by === "dns");
	assert.equal(found.length, 200);
	assert.deepEqual(
		found.slice(-2).map(({ client, verdict, why }) => `${client}: ${verdict}: ${why}`),
		[
			`${many(5, (index) => `namespace a, k${index}=v`).join(" or ")} or 995 others: reaches: null`,
			"other Pods: dropped: NetworkPolicy p closes Pod web-0; NetworkPolicy p closes Pod web-1; NetworkPolicy p closes Pod web-2",
		],
	);
});

function cardOf(snapshot: ReturnType<typeof snapshotFor>): string {
	const [unit] = allUnits(snapshot);
	const [found] = unit ? linksOf(unit).services : [];
	assert.ok(unit && found);
	return printCard(serviceCard(snapshot, unit, found), "table");
}
