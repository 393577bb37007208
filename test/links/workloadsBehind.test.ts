import assert from "node:assert/strict";
import { test } from "node:test";
import { linksOf, type Selection } from "../../server/src/links/links.ts";
import { allUnits } from "../../server/src/links/units.ts";
import { workloadsBehind } from "../../server/src/links/workloadsBehind.ts";
import { nameOf } from "../../server/src/model/object.ts";
import type { Workload } from "../../server/src/model/workload.ts";
import { snapshotOf } from "../support/workspace.ts";

function workload(kind: string, name: string): string {
	return `apiVersion: ${kind === "Job" ? "batch/v1" : "apps/v1"}
kind: ${kind}
metadata: { name: ${name} }
spec: { template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: c }] } } }
`;
}

function selectionOf(files: ReadonlyMap<string, string>): Selection {
	const [unit] = allUnits(snapshotOf(files));
	assert.ok(unit);
	return { workloads: linksOf(unit).workloads, uncertain: [] };
}

function print(groups: readonly (readonly Workload[])[]): readonly string[] {
	return groups.map((group) => group.map((each) => `${each.kind} ${nameOf(each)}`).join(" = "));
}

test("versions of one workload stand together in the order of the first, and another kind of that name apart", () => {
	const documents = [
		["Deployment", "web"],
		["Deployment", "api"],
		["StatefulSet", "web"],
		["Deployment", "web"],
		["Job", "web"],
	] as const;
	const files = new Map([["web.yaml", documents.map(([kind, name]) => workload(kind, name)).join("---\n")]]);
	assert.deepEqual(print(workloadsBehind(selectionOf(files))), ["Deployment web = Deployment web", "Deployment api", "StatefulSet web"]);
});

test("workloads of other names are not compared with each other", () => {
	const reads = (count: number): number => {
		const documents = Array.from({ length: count }, (_, index) => workload("Deployment", `web-${index}`));
		const selection = selectionOf(new Map([["web.yaml", documents.join("---\n")]]));
		let found = 0;
		const counting: ProxyHandler<Workload> = {
			get(target, key) {
				if (key === "metadata") found += 1;
				return Reflect.get(target, key) as unknown;
			},
		};
		workloadsBehind({ ...selection, workloads: selection.workloads.map((each) => new Proxy(each, counting)) });
		return found;
	};
	assert.equal(reads(200), 2 * reads(100));
});
