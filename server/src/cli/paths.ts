import { isWorkload } from "../model/manifest.ts";
import { type KubeObject, nameOf, qualifiedName, writtenNamespace } from "../model/object.ts";
import { serviceType } from "../model/service.ts";
import { spelling } from "../reach/address.ts";
import { pathData } from "../reach/path.ts";
import { podCount } from "../reach/pods.ts";
import { type Call, type Command, Failure } from "./command.ts";
import type { Io } from "./io.ts";
import { locate } from "./locate.ts";
import { sayNotes } from "./notes.ts";
import { pathsText } from "./pathsText.ts";
import { type Reading, read, unitName } from "./read.ts";
import { type IngressRoutes, narrowed, type Routes, routesOf, type ServiceRoutes, type Wanted, type WorkloadRoutes } from "./routes.ts";

export const paths: Command = {
	name: "paths",
	operands: "[PATH...]",
	summary: "Shows who reaches what, by which address, and where it arrives",
	options: {
		service: { value: "NS/NAME", help: "only this Service" },
		workload: { value: "KIND/NS/NAME", help: "only this workload; the kind in any case" },
		config: { value: "FILE", help: "the configuration that holds, instead of the nearest .portolan.yaml" },
		format: { choices: ["text", "json"], help: "how to print the paths (default text)" },
	},
	run: async (call, io) => {
		const wanted = readWanted(call);
		const reading = await read(call.operands, io, { config: call.text("config") });
		const routes = narrowed(routesOf(reading), wanted);
		io.out(call.text("format") === "json" ? asJson(reading, routes, io) : pathsText(reading, routes, io));
		sayMissing(wanted, routes, io);
		sayNotes(reading, io);
		return 0;
	},
};

/** Where no namespace is written it is `default`, as with kubectl. */
function readWanted(call: Call): Wanted {
	const service = call.text("service");
	const workload = call.text("workload");
	return {
		service: service === undefined ? undefined : qualified(service.split("/"), "--service is NS/NAME", service),
		workload: workload === undefined ? undefined : readWorkload(workload),
	};
}

function readWorkload(written: string): string {
	const [kind = "", ...name] = written.split("/");
	return `${kind.toLowerCase()}/${qualified(name, "--workload is KIND/NS/NAME", written)}`;
}

function qualified(parts: readonly string[], usage: string, written: string): string {
	const [namespace, name] = parts.length === 1 ? ["default", parts[0]] : parts;
	if (parts.length > 2 || !name) throw new Failure(`${usage}, not ${written}`);
	return `${namespace || "default"}/${name}`;
}

function sayMissing({ service, workload }: Wanted, routes: Routes, io: Io): void {
	if (service !== undefined && routes.services.length === 0) io.err(`portolan: there is no Service ${service} here\n`);
	if (workload !== undefined && routes.workloads.length === 0) io.err(`portolan: there is no workload ${workload} here\n`);
}

function asJson(reading: Reading, { services, workloads, ingresses }: Routes, io: Io): string {
	const data = {
		version: 1,
		services: services.map((routes) => serviceData(reading, routes, io.cwd)),
		workloads: workloads.map((routes) => workloadData(reading, routes, io.cwd)),
		...(ingresses.length > 0 && { ingresses: ingresses.map((routes) => ingressData(reading, routes, io.cwd)) }),
	};
	return `${JSON.stringify(data, null, 2)}\n`;
}

function serviceData(reading: Reading, { unit, object, backends, paths: list }: ServiceRoutes, cwd: string) {
	return {
		unit: unitName(unit, cwd),
		namespace: writtenNamespace(object) ?? null,
		name: nameOf(object) ?? "",
		type: serviceType(object) ?? spelling(object.type),
		...lineOf(reading, object, cwd),
		backends: backends.list.flatMap(({ object: first, versions, pods }) =>
			(versions.length > 1 ? versions : [first]).map((backend) => ({
				kind: backend.kind,
				namespace: writtenNamespace(backend) ?? null,
				name: nameOf(backend) ?? "",
				pods: (versions.length > 1 && isWorkload(backend) ? podCount(backend) : pods) ?? null,
				...lineOf(reading, backend, cwd),
			})),
		),
		paths: list.map(pathData),
	};
}

function workloadData(reading: Reading, { unit, object, services, paths: list }: WorkloadRoutes, cwd: string) {
	return {
		unit: unitName(unit, cwd),
		kind: object.kind,
		namespace: writtenNamespace(object) ?? null,
		name: nameOf(object) ?? "",
		...lineOf(reading, object, cwd),
		services: services.map(qualifiedName),
		paths: list.map(pathData),
	};
}

function ingressData(reading: Reading, { unit, object, paths: list }: IngressRoutes, cwd: string) {
	return {
		unit: unitName(unit, cwd),
		namespace: writtenNamespace(object) ?? null,
		name: nameOf(object) ?? "",
		...lineOf(reading, object, cwd),
		paths: list.map(pathData),
	};
}

function lineOf(reading: Reading, object: KubeObject, cwd: string) {
	const { file, line } = locate(reading.snapshot, cwd, object.root);
	return { file, line };
}
