import assert from "node:assert/strict";
import { test } from "node:test";
import { linksOf } from "../../server/src/links/links.ts";
import { allUnits } from "../../server/src/links/snapshot.ts";
import { plain } from "../../server/src/reach/print.ts";
import { pathsOfService } from "../../server/src/reach/service.ts";
import { serviceCard } from "../../server/src/reach/serviceCard.ts";
import { pathsOfWorkload } from "../../server/src/reach/workload.ts";
import { cutFiles, snapshotOf } from "../support/workspace.ts";

const text = (target: number, container: string) => `
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: ${target} }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: web, ${container} }] }
`;

function read(target: number, container: string) {
	const snapshot = snapshotOf(cutFiles(text(target, container)));
	const [unit] = allUnits(snapshot);
	assert.ok(unit);
	const { services, workloads } = linksOf(unit);
	const [service] = services;
	const [workload] = workloads;
	assert.ok(service && workload);
	return {
		through: new Set(pathsOfService(snapshot, unit, service).map(({ verdict }) => verdict)),
		direct: new Set(pathsOfWorkload(snapshot, unit, workload).map(({ verdict }) => verdict)),
		notes: serviceCard(snapshot, unit, service).notes.map(plain),
		whys: new Set(pathsOfService(snapshot, unit, service).map(({ why }) => why)),
	};
}

test("a number that nobody declares is refused where the image is known to listen elsewhere", () => {
	const found = read(8080, "image: nginx");
	assert.deepEqual([found.through, found.direct], [new Set(["refused"]), new Set(["refused"])]);
	assert.deepEqual(found.whys, new Set(["Nothing listens on 8080 in Pod web: image nginx exposes 80"]));
});

for (const [title, target, container] of [
	["the image listens there", 80, "image: nginx"],
	["the number is declared", 8080, "image: nginx, ports: [{ containerPort: 8080 }]"],
	["the command may open it", 8080, "image: nginx, command: [sh]"],
	["the image is not known", 8080, "image: example/nginx"],
] as const) {
	test(`it reaches where ${title}`, () => {
		assert.deepEqual(read(target, container).through, new Set(["reaches"]));
	});
}

test("where the image listens is said at the end of the path", () => {
	assert.ok(read(80, "image: nginx, ports: [{ containerPort: 8081 }]").notes.includes("The image nginx listens on 80."));
	assert.deepEqual(
		read(80, "image: example/nginx").notes.filter((note) => note.includes("image")),
		[],
	);
});
