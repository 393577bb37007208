import { builtImage, builtImages } from "../evidence/imagePorts.ts";
import { isExposed, type KnownImage, printExposed } from "../evidence/images.ts";
import { enumerate } from "../links/printPorts.ts";
import { declaredPorts, unsureAboutNumber } from "../links/targetPort.ts";
import { isPortNumber } from "../model/forms.ts";
import { type Container, type Handler, servingContainers } from "../model/podTemplate.ts";
import { protocolOf } from "../model/service.ts";
import { entryOf } from "../yaml/nodes.ts";
import { askForPort } from "./askForPort.ts";
import { type Report, rule } from "./rule.ts";

export const probePortNotDeclared = rule({
	name: "probe-port-not-declared",
	levels: ["warning"],
	saysMore: true,
	on: "Workload",
	whole: true,
	summary:
		"A probe or lifecycle hook on a number on which the image, run as it was built, does not listen; where the rule is switched on, on any number that no container of the Pod declares.",
	why: "The kubelet is refused, so that the probe always fails. A number needs no declaration, so one that is only not declared is often fine, and reported only where the rule is given a severity.",
	source: "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/",
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
        - containerPort: 80
      livenessProbe:
        tcpSocket:
          port: 8081
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
      livenessProbe:
        tcpSocket:
          port: 80
`,
	*check(workload, { unit }) {
		if (unit.patched) return;
		const declared = new Set(declaredPorts(workload).map(({ port }) => port.containerPort?.value));
		const images = builtImages(unit, workload) ?? [];
		const open = (number: number) => images.some((image) => isExposed(image, number));
		for (const container of servingContainers(workload.template)) {
			const image = images.length > 0 ? builtImage(unit, workload, container) : undefined;
			for (const handler of container.handlers) {
				const number = handler.port?.value;
				if (typeof number !== "number" || !isPortNumber(number) || declared.has(number) || open(number)) continue;
				if (unsureAboutNumber(workload, number)) continue;
				const isRefused = image !== undefined && image.ports.length > 0 && !isElsewhere(handler);
				if (isRefused || declared.size > 0) yield report(container, handler, number, isRefused ? image : undefined);
			}
		}
	},
});

/** A handler that names a host asks there, not the Pod. */
function isElsewhere({ node }: Handler): boolean {
	return entryOf(node, "host") !== undefined;
}

function report({ name, ports }: Container, handler: Handler, number: number, image: KnownImage | undefined): Report {
	const { of, node, port } = handler;
	const own = ports.filter((one) => protocolOf(one) === "TCP").flatMap(({ containerPort }) => containerPort?.value ?? []);
	const exposed = (image?.ports ?? []).filter((one) => one.protocol === "TCP" && one.from === one.to).map(({ from }) => from);
	const who = `${of} asks for port ${number} of container ${name?.value ?? "without a name"}`;
	const declares = `which declares ${own.length === 0 ? "none" : enumerate(own.map(String))}`;
	return {
		at: port?.node ?? node,
		message: `${who}, ${image ? `whose image ${image.name} exposes ${enumerate(printExposed(image.ports))}` : declares}`,
		...(image ? {} : { optional: true }),
		fixes: askForPort(handler, [...own, ...exposed]),
	};
}
