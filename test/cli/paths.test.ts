import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { nodePortService, WEB } from "./manifests.ts";
import { folder, json, portolan } from "./portolan.ts";

interface PathData {
	from: string;
	by: string;
	address: string;
	verdict: string;
	to: { kind: string; name: string; podPort: number | null }[];
}

interface Report {
	version: number;
	services: {
		unit: string;
		namespace: string | null;
		name: string;
		file: string;
		line: number;
		backends: { name: string }[];
		paths: PathData[];
	}[];
	workloads: { unit: string; kind: string; name: string; services: string[]; paths: PathData[] }[];
}

function paths(cwd: string, ...args: readonly string[]): Report {
	return json<Report>(portolan(cwd, ["paths", "--format", "json", ...args]), 0);
}

const SERVICE = nodePortService("web", 30080).replace("port: 80", "port: 8088\n      targetPort: http");
const FILES = { "shop/service.yaml": `# the way in\n${SERVICE}`, "shop/deployment.yaml": WEB };

test("the JSON has every documented field, in the documented order", (context) => {
	const root = folder(context, FILES);
	const { version, services, workloads } = paths(root);
	const [service, workload] = [services[0], workloads[0]];
	assert.deepEqual([version, services.length, workloads.length], [1, 1, 1]);
	assert.deepEqual(Object.entries({ ...service, paths: [] }), [
		["unit", "shop"],
		["namespace", null],
		["name", "web"],
		["type", "NodePort"],
		["file", "shop/service.yaml"],
		["line", 2],
		["backends", [{ kind: "Deployment", namespace: null, name: "web", pods: 3, file: "shop/deployment.yaml", line: 1 }]],
		["paths", []],
	]);
	assert.deepEqual(Object.entries({ ...workload, paths: [] }), [
		["unit", "shop"],
		["kind", "Deployment"],
		["namespace", null],
		["name", "web"],
		["file", "shop/deployment.yaml"],
		["line", 1],
		["services", ["default/web"]],
		["paths", []],
	]);
	assert.deepEqual(Object.entries(service?.paths.find(({ from }) => from === "outside") ?? {}), [
		["from", "outside"],
		["by", "nodePort"],
		["client", null],
		["address", "nodeIP:30080"],
		["node", "any"],
		["protocol", "TCP"],
		["port", 30080],
		["servicePort", 8088],
		["to", [{ kind: "Deployment", namespace: null, name: "web", podPort: 8080 }]],
		["clientAddress", "replaced"],
		["verdict", "reaches"],
		["why", null],
	]);
});

test("--service and --workload narrow the paths down, the kind in any case, the namespace default where none is written", (context) => {
	const other = SERVICE.replace("name: web }", "name: web, namespace: other }").replace("30080", "30081");
	const root = folder(context, { ...FILES, "other/service.yaml": other });
	const names = ({ services, workloads }: Report) => [
		services.map(({ namespace, name }) => `${namespace}/${name}`),
		workloads.map(({ kind, name }) => `${kind}/${name}`),
	];
	assert.deepEqual(names(paths(root, "--service", "default/web")), [["null/web"], []]);
	assert.deepEqual(names(paths(root, "--service", "web")), [["null/web"], []]);
	assert.deepEqual(names(paths(root, "--service", "other/web")), [["other/web"], []]);
	assert.deepEqual(names(paths(root, "--workload", "deployment/default/web")), [[], ["Deployment/web"]]);
	assert.deepEqual(names(paths(root, "--workload", "DEPLOYMENT/web")), [[], ["Deployment/web"]]);
});

test("what is asked for and not there is said, and is no failure", (context) => {
	const root = folder(context, FILES);
	const run = portolan(root, ["paths", "--service", "default/wbe", "--format", "json"]);
	assert.deepEqual(JSON.parse(run.out), { version: 1, services: [], workloads: [] });
	assert.equal(run.code, 0);
	assert.match(run.err, /no Service default\/wbe/);
});

test("bad usage is exit code 2", (context) => {
	const root = folder(context, FILES);
	for (const args of [
		["--service", "a/b/c"],
		["--workload", "web"],
		["--workload", "a/b/c/d"],
		["--service", ""],
		["--format", "sarif"],
		["nowhere"],
	]) {
		const run = portolan(root, ["paths", ...args]);
		assert.deepEqual([run.code, run.out], [2, ""], args.join(" "));
	}
});

test("a named file shows the Services that lead to it and the workloads that it leads to, and nothing else of its folder", (context) => {
	const root = folder(context, { ...FILES, "shop/other.yaml": nodePortService("other", 30081) });
	for (const file of ["shop/deployment.yaml", "shop/service.yaml"]) {
		const { services, workloads } = paths(root, file);
		assert.deepEqual([services.map(({ name }) => name), workloads.map(({ name }) => name)], [["web"], ["web"]]);
	}
});

test("a workload in a folder beside is shown with its folder, though nothing of it was named", (context) => {
	const root = folder(context, { "all/services/service.yaml": SERVICE, "all/deployments/deployment.yaml": WEB });
	const { services } = paths(root, "all/services");
	assert.deepEqual(services[0]?.backends, [
		{ kind: "Deployment", namespace: null, name: "web", pods: 3, file: "all/deployments/deployment.yaml", line: 1 },
	]);
	const { out } = portolan(root, ["paths", "all/services"]);
	assert.match(out, /Deployment web.*deployments/);
});

test("folders beside are looked into wherever the command runs, within a repository and outside of one", (context) => {
	const files = { "services/service.yaml": SERVICE, "deployments/deployment.yaml": WEB };
	const root = folder(context, Object.fromEntries(Object.entries(files).map(([name, text]) => [`all/${name}`, text])));
	const names = (cwd: string, operand: string) => paths(path.join(root, cwd), operand).services[0]?.backends.map(({ name }) => name);
	for (const [cwd, operand] of [
		["", "all/services"],
		["all", "services"],
		["all/services", "."],
		["all/deployments", "../services"],
	] as const) {
		assert.deepEqual(names(cwd, operand), ["web"], `${operand} in ${cwd}`);
	}
	mkdirSync(path.join(root, "all/services/.git"));
	assert.deepEqual(names("all", "services"), [], "a repository ends at its root");
});

test("nothing is looked for among more folders than belong to a unit", (context) => {
	const many = Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [`all/${index}/notes.txt`, ""]));
	const root = folder(context, { ...many, "all/services/service.yaml": SERVICE, "all/deployments/deployment.yaml": WEB });
	assert.deepEqual(paths(root, "all/services").services[0]?.backends, []);
	mkdirSync(path.join(root, ".git"));
	assert.equal(paths(root, "all/services").services[0]?.backends.length, 1);
});

test("the text is a table within 100 columns, with the place of each object", (context) => {
	const root = folder(context, FILES);
	const { out, code } = portolan(root, ["paths"]);
	const lines = out.split("\n");
	assert.equal(code, 0);
	assert.match(lines[0] ?? "", /^Service default\/web · NodePort → Deployment web \(3 Pods\) {2}shop\/service\.yaml:2$/);
	assert.match(lines[1] ?? "", /^ {2}From +Address +Arrives at$/);
	assert.match(lines[2] ?? "", /^ {2}outside the cluster +nodeIP:30080 \(any node\) +Pod port 8080 of app$/);
	assert.match(lines.at(-2) ?? "", /^1 Service, \d+ paths, 0 cannot tell$/);
	assert.deepEqual(
		lines.filter((line) => line.length > 100),
		[],
	);
});

test("standard input is one unit", (context) => {
	const root = folder(context, {});
	const run = portolan(root, ["paths", "-", "--format", "json"], `${SERVICE}---\n${WEB}`);
	const { services } = json<Report>(run, 0);
	assert.deepEqual([services[0]?.unit, services[0]?.file, services[0]?.line, services[0]?.backends.length], ["stdin", "-", 1, 1]);
});

test("the text holds every address of the JSON, also of ports that no Service leads to", (context) => {
	const ports = WEB.replace("ports: [", "ports: [{ name: debug, containerPort: 9229 }, ");
	assert.notEqual(ports, WEB);
	const root = folder(context, { ...FILES, "shop/deployment.yaml": ports });
	const { services, workloads } = paths(root);
	const { out } = portolan(root, ["paths"]);
	const addresses = [...services, ...workloads].flatMap((each) => each.paths.map(({ address }) => address));
	assert.deepEqual(
		[...new Set(addresses)].filter((address) => !out.includes(address)),
		[],
	);
	assert.ok(addresses.includes("podIP:9229"));
});

const INGRESS = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop, namespace: front }
spec:
  rules:
    - host: shop.example.com
      http:
        paths:
          - { path: /, pathType: Prefix, backend: { service: { name: gone, port: { number: 80 } } } }
          - { path: /web, pathType: Prefix, backend: { service: { name: web, port: { number: 8088 } } } }
`;

test("what an Ingress sends to a Service that is not here has a place, too", (context) => {
	const root = folder(context, { ...FILES, "shop/ingress.yaml": INGRESS.replace(", namespace: front", "") });
	const { ingresses = [] } = paths(root) as Report & { ingresses?: (Report["services"][number] & { unit: string })[] };
	assert.deepEqual(
		ingresses.map(({ unit, name, file, line, paths: all }) => [
			unit,
			name,
			file,
			line,
			all.map(({ address, verdict }) => [address, verdict]),
		]),
		[["shop", "shop", "shop/ingress.yaml", 1, [["http://shop.example.com/", "cannot-tell"]]]],
	);
	const { out } = portolan(root, ["paths"]);
	assert.match(out, /^Ingress default\/shop → Service gone:80, Service web:8088 {2}shop\/ingress\.yaml:1$/m);
	assert.match(out, /^ {2}Service gone is not deployed here\.$/m);
	assert.equal(Object.hasOwn(paths(root, "--service", "default/web"), "ingresses"), false);
});

test("what --workload shows is counted as workloads", (context) => {
	const root = folder(context, FILES);
	assert.match(portolan(root, ["paths", "--workload", "deployment/web"]).out, /^1 workload, \d+ paths?, 0 cannot tell$/m);
});

test("each version of a workload is a backend, with its file", (context) => {
	const root = folder(context, { ...FILES, "shop/other.yaml": WEB.replace("replicas: 3", "replicas: 5") });
	assert.deepEqual(
		paths(root).services[0]?.backends.map((backend) => Object.values(backend)),
		[
			["Deployment", null, "web", 3, "shop/deployment.yaml", 1],
			["Deployment", null, "web", 5, "shop/other.yaml", 1],
		],
	);
});

test("a namespace that cannot be read is written as it is spelled", (context) => {
	const root = folder(context, { "a.yaml": SERVICE.replace("name: web }", "name: web, namespace: y }") });
	const [service] = paths(root).services;
	assert.equal(service?.namespace, "y");
	assert.deepEqual(paths(root, "--service", "y/web").services.length, 1);
});
