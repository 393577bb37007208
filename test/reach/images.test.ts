import assert from "node:assert/strict";
import { test } from "node:test";
import { linksOf } from "../../server/src/links/links.ts";
import { allUnits } from "../../server/src/links/units.ts";
import { plain } from "../../server/src/reach/print.ts";
import { pathsOfService } from "../../server/src/reach/service.ts";
import { serviceCard } from "../../server/src/reach/serviceCard.ts";
import { pathsOfWorkload } from "../../server/src/reach/workload.ts";
import { cutFiles, snapshotOf } from "../support/workspace.ts";
import { pathsOf } from "./expect.ts";

const text = (target: number | string, container: string) => `
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

function read(target: number | string, container: string) {
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

for (const [title, target, container, why] of [
	["a number that nobody declares", 8080, "image: nginx", "Nothing listens on 8080 in Pod web: image nginx listens on 80"],
	[
		"a number that is declared",
		8081,
		"image: nginx, ports: [{ containerPort: 8081 }]",
		"8081 is declared in Pod web, but image nginx listens on 80",
	],
	[
		"a name whose number is declared",
		"http",
		"image: nginx, ports: [{ name: http, containerPort: 8081 }]",
		"8081 is declared in Pod web, but image nginx listens on 80",
	],
	[
		"a number that is declared, with volumes of data and credentials,",
		8081,
		"image: 'mysql:8', env: [{ name: MYSQL_ROOT_PASSWORD, value: x }], volumeMounts: [{ name: data, mountPath: /var/lib/mysql }], ports: [{ containerPort: 8081 }]",
		"8081 is declared in Pod web, but image mysql:8 listens on 3306, 33060",
	],
] as const) {
	test(`${title} is refused where the image is known to listen elsewhere`, () => {
		const found = read(target, container);
		assert.deepEqual([found.through, found.direct], [new Set(["refused"]), new Set(["refused"])]);
		assert.deepEqual(found.whys, new Set([why]));
	});
}

const DECLARED = "image: nginx, ports: [{ containerPort: 8081 }]";

for (const [title, container, doubt] of [
	["a command", `${DECLARED}, command: [sh]`, "its command may change that"],
	["arguments", `${DECLARED}, args: [nginx-debug]`, "its arguments may change that"],
	["envFrom", `${DECLARED}, envFrom: [{ configMapRef: { name: c } }]`, "envFrom may change that"],
	["a variable", `${DECLARED}, env: [{ name: NGINX_PORT, value: a }]`, "the variable NGINX_PORT may change that"],
	["a mounted file", `${DECLARED}, volumeMounts: [{ name: c, mountPath: /etc/nginx }]`, "the volume mounted at /etc/nginx may change that"],
	["a hook", `${DECLARED}, lifecycle: { postStart: { exec: { command: [sh] } } }`, "its postStart hook may change that"],
	["another container", `${DECLARED} }, { name: proxy, image: example/proxy`, "container proxy may listen on 8081"],
	[
		"a port of the image that is declared, too,",
		`image: nginx, ports: [{ containerPort: 80 }, { containerPort: 8081 }]`,
		"whether on 8081, too, cannot be told",
	],
] as const) {
	test(`${title} leaves open whether a declared number is refused`, () => {
		const found = read(8081, container);
		assert.deepEqual(found.whys, new Set([`Image nginx listens on 80; ${doubt}`]));
		assert.deepEqual(found.through, new Set(["cannot-tell"]));
		assert.ok(found.direct.has("cannot-tell"));
	});
}

test("a command leaves open whether a number that nobody declares is refused", () => {
	assert.deepEqual(read(8080, "image: nginx, command: [sh]").whys, new Set(["Image nginx listens on 80; its command may change that"]));
});

test("another protocol than the image exposes a number for leaves it open", () => {
	const found = read(80, "image: nginx, ports: [{ containerPort: 80, protocol: UDP }]");
	assert.deepEqual([found.through, found.direct], [new Set(["reaches"]), new Set(["reaches", "cannot-tell"])]);
});

for (const [title, target, container] of [
	["the image listens there", 80, "image: nginx"],
	["the image is not known", 8080, "image: example/nginx"],
	["the container that declares it has an image that is not known", 8081, "image: nginx }, { name: b, ports: [{ containerPort: 8081 }]"],
	["the arguments name it", 8081, `${DECLARED}, args: ["--port=8081"]`],
	["a probe connects to it", 8081, `${DECLARED}, readinessProbe: { httpGet: { port: 8081 } }`],
] as const) {
	test(`it reaches where ${title}`, () => {
		assert.deepEqual(read(target, container).through, new Set(["reaches"]));
	});
}

test("a host port leads to the declared port, on which the image does not listen", () => {
	const snapshot = snapshotOf(cutFiles(text(80, "image: nginx, ports: [{ containerPort: 8081, hostPort: 9088 }]")));
	const ends = (name: string) => new Set(pathsOf(snapshot, name).map(({ by, port, verdict }) => `${by} ${port} ${verdict}`));
	assert.deepEqual(ends("Pod default/web"), new Set(["hostPort 9088 refused", "podIP 8081 refused", "podIP 80 reaches"]));
	assert.deepEqual(ends("Service default/web"), new Set(["clusterIP 80 reaches", "dns 80 reaches"]));
});

test("of two workloads behind a Service one listens elsewhere", () => {
	const other = `---
apiVersion: v1
kind: Pod
metadata: { name: other, labels: { app: web } }
spec: { containers: [{ name: web, image: nginx }] }
`;
	const snapshot = snapshotOf(cutFiles(text(8081, "image: example/web, ports: [{ containerPort: 8081 }]") + other));
	assert.deepEqual(
		new Set(pathsOf(snapshot, "Service default/web").map(({ verdict, why }) => `${verdict}: ${why}`)),
		new Set(["partly: Nothing listens on 8081 in Pod other: image nginx listens on 80"]),
	);
});

test("where the image listens is said at the end of the path", () => {
	assert.ok(read(80, "image: nginx, ports: [{ containerPort: 8081 }]").notes.includes("The image nginx listens on 80."));
	assert.deepEqual(
		read(80, "image: example/nginx").notes.filter((note) => note.includes("image")),
		[],
	);
});
