import { builtImages } from "../evidence/imagePorts.ts";
import { type KnownImage, printExposed } from "../evidence/images.ts";
import { listens } from "../evidence/listening.ts";
import { effectiveSelector } from "../links/links.ts";
import { setTargetPort } from "../links/portEdits.ts";
import { enumerate } from "../links/printPorts.ts";
import { declaredPorts } from "../links/targetPort.ts";
import { workloadsBehind } from "../links/workloadsBehind.ts";
import { given } from "../model/field.ts";
import { describe } from "../model/object.ts";
import { servingContainers } from "../model/podTemplate.ts";
import { knownProtocol, type ServicePort, targetPortOf } from "../model/service.ts";
import type { Workload } from "../model/workload.ts";
import { type Fix, type Report, rule } from "./rule.ts";

export const targetPortNotExposed = rule({
	name: "target-port-not-exposed",
	levels: ["hint"],
	on: "Service",
	summary: "A numeric targetPort on which the image of the selected Pods, run as it was built, does not listen.",
	why: "The Pods declare no port, so Kubernetes cannot tell, but the image is known to expose others: connections are refused.",
	source: "https://docs.docker.com/reference/dockerfile/#expose",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
      targetPort: 8080
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    app: web
spec:
  containers:
    - name: web
      image: nginx:1.27
`,
	good: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
      targetPort: 80
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    app: web
spec:
  containers:
    - name: web
      image: nginx:1.27
`,
	*check(service, context) {
		if (!effectiveSelector(service) || service.broken) return;
		const selection = context.links.selection(service);
		const workloads = workloadsBehind(selection).flat();
		if (workloads.length === 0 || selection.uncertain.length > 0 || workloads.some((workload) => declaredPorts(workload).length > 0))
			return;
		const built = workloads.map((workload) => builtImages(context.unit, workload));
		const images = built.flatMap((found) => found ?? []);
		if (built.some((found) => !found)) return;
		for (const port of service.ports) {
			const number = targetPortOf(port);
			const protocol = knownProtocol(port);
			if (typeof number !== "number" || number < 1 || number > 65535 || protocol === undefined) continue;
			const open = images.some(({ ports }) => ports.some(({ from, to }) => from <= number && number <= to));
			if (open || workloads.some((workload) => listens(context, workload, number, protocol).verdict !== "none")) continue;
			yield report(port, number, protocol, images, workloads);
		}
	},
});

function report(
	port: ServicePort,
	number: number,
	protocol: string,
	images: readonly KnownImage[],
	workloads: readonly Workload[],
): Report {
	const defaulted = given(port.targetPort) === undefined;
	const distinct = [...new Map(images.map((image) => [image.name, image])).values()];
	const known = enumerate(distinct.map(({ name, ports }) => `image ${name} exposes ${enumerate(printExposed(ports))}`));
	return {
		at: (defaulted ? port.port : port.targetPort)?.node ?? port.node,
		message: `targetPort ${number}${defaulted ? " (by default the port)" : ""} is not exposed by ${enumerate(workloads.map(describe), "or")}: ${known}`,
		related: workloads.flatMap(({ template }) =>
			servingContainers(template).flatMap(({ image }) => (image ? [{ at: image.node, message: `The image ${image.value ?? ""}` }] : [])),
		),
		fixes: fixes(port, protocol, distinct),
	};
}

/** Ports that every image exposes, the first few. */
function fixes(port: ServicePort, protocol: string, [first, ...others]: readonly KnownImage[]): readonly Fix[] {
	const numbers = (first?.ports ?? []).filter((exposed) => exposed.protocol === protocol && exposed.from === exposed.to);
	return others.length > 0
		? []
		: numbers.slice(0, 3).flatMap(({ from }): readonly Fix[] => {
				const edit = setTargetPort(port, from);
				return edit ? [{ title: `Set targetPort to ${from}`, safe: false, edits: [edit] }] : [];
			});
}
