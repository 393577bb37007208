import { builtImage } from "../evidence/imagePorts.ts";
import { isExposed, type KnownImage, printExposed } from "../evidence/images.ts";
import { setContainerPort } from "../links/portEdits.ts";
import { enumerate } from "../links/printPorts.ts";
import { type Container, type ContainerPort, servingContainers } from "../model/podTemplate.ts";
import { protocolOf, type Service, type ServicePort, targetPortOf } from "../model/service.ts";
import { type Fix, type Report, rule } from "./rule.ts";
import { worksUndeclared } from "./worksUndeclared.ts";

export const containerPortNotExposed = rule({
	name: "container-port-not-exposed",
	levels: ["information"],
	on: "Workload",
	whole: true,
	summary: "A containerPort on which the image, run as it was built, does not listen.",
	why: "A containerPort only declares: it changes nothing about where the process listens. Whoever connects to the declared number is refused.",
	source: "https://docs.docker.com/reference/dockerfile/#expose",
	bad: `
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      ports:
        - containerPort: 8081
`,
	good: `
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      ports:
        - containerPort: 80
`,
	*check(workload, context) {
		const { unit, links } = context;
		for (const container of servingContainers(workload.template)) {
			const image = builtImage(unit, workload, container);
			if (!image || image.ports.length === 0 || container.ports.some((port) => isExposed(image, port.containerPort?.value))) continue;
			const entries = links.servicesOf(workload).flatMap((service) => service.ports.map((entry) => ({ service, entry })));
			// What a Service sends to a port of the image says that the declaration is wrong, and is reported there.
			const works = ({ service, entry }: Entry) => isExposed(image, targetPortOf(entry)) && worksUndeclared(context, service, entry);
			const told = entries.some(works);
			const wrong = told ? container.ports.filter((port) => entries.some(({ entry }) => leadsTo(entry, port))) : container.ports;
			yield* wrong.flatMap((port) => report(container, port, image, workload.template.hostNetwork?.value === true));
		}
	},
});

interface Entry {
	readonly service: Service;
	readonly entry: ServicePort;
}

function leadsTo(entry: ServicePort, port: ContainerPort): boolean {
	const target = targetPortOf(entry);
	const meant = typeof target === "number" ? port.containerPort?.value : port.name?.value;
	return target !== undefined && meant === target && protocolOf(port) === protocolOf(entry);
}

function report({ name }: Container, port: ContainerPort, image: KnownImage, onHost: boolean): readonly Report[] {
	const field = port.containerPort;
	if (field?.value === undefined) return [];
	const [only, second] = image.ports;
	const edit = only && !second && only.from === only.to && !(onHost && port.hostPort) ? setContainerPort(port, only.from) : undefined;
	const fixes: readonly Fix[] = edit ? [{ title: `Set containerPort to ${only?.from}`, safe: false, edits: [edit] }] : [];
	const exposed = enumerate(printExposed(image.ports));
	return [
		{
			at: field.node,
			message: `containerPort ${field.value} is not exposed by image ${image.name} of container ${name?.value ?? "without a name"}, which exposes ${exposed}`,
			fixes,
		},
	];
}
