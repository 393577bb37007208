import assert from "node:assert/strict";
import { test } from "node:test";
import { listensOnLoopback } from "../../server/src/rules/listens-on-loopback.ts";
import { check } from "../support/carets.ts";
import { said, workload } from "../support/said.ts";

check(
	listensOnLoopback,
	"it stands on the argument or variable that says so",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ name: a, port: 80, targetPort: http }, { name: b, port: 81, targetPort: 9090 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec:
  containers:
    - name: web
      image: a
      args: [serve, --listen, "localhost:8080"]
#                             ^^^^^^^^^^^^^^^^ warning: Container web listens on localhost:8080 only, where Service web does not reach it
      ports: [{ name: http, containerPort: 8080 }]
    - name: metrics
      image: b
      env: [{ name: METRICS_LISTEN_ADDRESS, value: "[::1]:9090" }]
#                                                  ^^^^^^^^^^^^ warning: Container metrics listens on [::1]:9090 only, where Service web does not reach it
`,
);

function of(
	containers: string | readonly string[],
	shape: Parameters<typeof workload>[1] = {},
	port = "{ port: 80, targetPort: 8080 }",
): readonly string[] {
	const service = `apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { selector: { app: web }, ports: [${port}] }\n`;
	const text = workload(typeof containers === "string" ? [containers] : containers, { kind: "Deployment", ...shape });
	return said(listensOnLoopback, `${service}---\n${text}`).map(
		(each) => /^warning: Container a listens on (.*) only, where Service web does not reach it$/.exec(each)?.[1] ?? each,
	);
}

for (const [title, container, wanted] of [
	["a flag with its value", "args: ['--bind=127.0.0.1:8080']", "127.0.0.1:8080"],
	["a short flag", "args: [-b, '127.0.0.1:8080']", "127.0.0.1:8080"],
	["a flag of several words", "args: ['--web.listen-address=127.0.0.2:8080']", "127.0.0.2:8080"],
	["a flag in camel case", "args: ['-httpListenAddr=127.0.0.1:8080']", "127.0.0.1:8080"],
	["a word of a shell script", "command: [sh, -c, 'exec gunicorn --bind 127.0.0.1:8080 app']", "127.0.0.1:8080"],
	["a list of which all are loopback", "args: ['--listen=127.0.0.1:8080,[::1]:8080']", "127.0.0.1:8080"],
	["a URL to listen on", "env: [{ name: ASPNETCORE_URLS, value: 'http://localhost:8080' }]", "http://localhost:8080"],
	["a host and a port", "args: [--host, 127.0.0.1, --port, '8080']", "127.0.0.1 with port 8080"],
	["a host and a port in variables", "env: [{ name: HOST, value: localhost }, { name: PORT, value: '8080' }]", "localhost with port 8080"],
	["a host and a number that follows", "command: [python, -m, http.server, --bind, 127.0.0.1, '8080']", "127.0.0.1 with port 8080"],
	[
		"a host, and the one port that is declared",
		"args: ['--bind-address=127.0.0.1'], ports: [{ containerPort: 8080 }]",
		"127.0.0.1 with port 8080",
	],
] as const) {
	test(`listens-on-loopback: ${title}`, () => assert.deepEqual(of(container), [wanted]));
}

for (const [title, containers, shape, port] of [
	["every address", "args: ['--bind=0.0.0.0:8080']"],
	["a port alone", "args: ['--listen=:8080']"],
	["one address of several is not loopback", "args: ['--bind', 127.0.0.1, 10.0.0.1, --port, '8080']"],
	["another flag says the rest", "args: ['--listen=127.0.0.1:8080', '--listen=0.0.0.0:8080']"],
	["another port", "args: ['--bind=127.0.0.1:9090'], ports: [{ containerPort: 8080 }]"],
	["a longer number", "args: ['--bind=127.0.0.1:80800']"],
	["an upstream", "args: ['--upstream=http://127.0.0.1:8080/']"],
	["a proxy's target", "args: ['--proxy-target-address=127.0.0.1:8080']"],
	["another server", "args: ['--redis-addr=127.0.0.1:8080', '--server', 'http://localhost:8080']"],
	["a database", "env: [{ name: DB_HOST, value: localhost }, { name: PORT, value: '8080' }]"],
	["a variable of another meaning", "env: [{ name: CATALOG_ADDR, value: 'localhost:8080' }]"],
	["a word", "args: [localhost:8080]"],
	["a host without a port of its own", "args: ['--host=127.0.0.1'], ports: [{ containerPort: 8080 }, { containerPort: 9090 }]"],
	["another container has the number", ["args: ['--listen=127.0.0.1:8080']", "ports: [{ containerPort: 8080 }]"]],
	["another container listens there", ["args: ['--listen=127.0.0.1:8080']", "args: ['--listen=:8080']"]],
	["the Service leads elsewhere", "args: ['--listen=127.0.0.1:8080']", {}, "{ port: 80, targetPort: 8443 }"],
	["nothing of that name", "args: ['--listen=127.0.0.1:8080']", {}, "{ port: 80, targetPort: http }"],
	["a placeholder", "env: [{ name: LISTEN, value: '127.0.0.1:${PORT}' }]"],
] as const) {
	test(`listens-on-loopback: silent about ${title}`, () => assert.deepEqual(of(containers, shape, port), []));
}

test("listens-on-loopback: a proxy beside it that is sent there does not have the number", () => {
	assert.deepEqual(of(["args: ['--listen=127.0.0.1:8080']", "args: ['--upstream=http://127.0.0.1:8080/']"]), ["127.0.0.1:8080"]);
});

test("listens-on-loopback: silent where no Service leads, and where a proxy is injected", () => {
	const text = workload(["args: ['--listen=127.0.0.1:8080']"]);
	assert.deepEqual(said(listensOnLoopback, text), []);
	const service = "apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { selector: { app: web }, ports: [{ port: 8080 }] }\n";
	assert.equal(said(listensOnLoopback, `${service}---\n${text}`).length, 1);
	assert.deepEqual(
		said(listensOnLoopback, `${service}---\n${text.replace("labels: {", "annotations: { sidecar.istio.io/inject: 'true' }, labels: {")}`),
		[],
	);
});
