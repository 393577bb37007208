import { editDistance } from "../links/nearness.ts";
import { enumerate } from "../links/printPorts.ts";
import { unsureAboutName } from "../links/targetPort.ts";
import { given } from "../model/field.ts";
import { isPortName } from "../model/forms.ts";
import { type Container, type Handler, servingContainers } from "../model/podTemplate.ts";
import { protocolOf } from "../model/service.ts";
import type { Workload } from "../model/workload.ts";
import { askForPort } from "./askForPort.ts";
import { type Report, rule } from "./rule.ts";

export const probePortNotFound = rule({
	name: "probe-port-not-found",
	levels: ["error"],
	on: "Workload",
	whole: true,
	summary: "A probe or lifecycle hook that names a port which its container does not have.",
	why: "Kubernetes accepts it, and the probe always fails: a name is looked up among the ports of the probe's own container only.",
	source: "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#use-a-named-port",
	bad: `
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example.com/web:1.0
      ports:
        - name: http
          containerPort: 8080
      livenessProbe:
        httpGet:
          port: web
`,
	good: `
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example.com/web:1.0
      ports:
        - name: http
          containerPort: 8080
      livenessProbe:
        httpGet:
          port: http
`,
	/** Source: ResolveContainerPort of pkg/probe/util.go, which takes a port of any protocol. */
	*check(workload, { unit }) {
		if (unit.patched) return;
		for (const container of servingContainers(workload.template)) {
			for (const handler of container.handlers) {
				const name = handler.port?.value;
				if (handler.type === "grpc" || typeof name !== "string" || !isPortName(name)) continue;
				if (unsureAboutName(workload, name) || container.ports.some((port) => port.name?.value === name)) continue;
				yield notFound(workload, container, handler, name);
			}
		}
	},
});

function notFound(workload: Workload, container: Container, handler: Handler, name: string): Report {
	const { of, node, port } = handler;
	const own = container.name?.value ?? "without a name";
	const other = servingContainers(workload.template).find(({ ports }) => ports.some((one) => one.name?.value === name));
	const twin = other?.ports.find((one) => one.name?.value === name);
	const why = other ? `only container ${other.name?.value ?? "without a name"} has it` : hasInstead(container);
	return {
		at: port?.node ?? node,
		message: `${of} asks for the port ${name} of container ${own}, but ${why}`,
		related: twin ? [{ at: twin.name?.node ?? twin.node, message: `Port ${name} of another container` }] : [],
		fixes: askForPort(handler, declared(container, name)),
	};
}

function hasInstead({ ports }: Container): string {
	const shown = ports.flatMap(({ name, containerPort }) => given(name) ?? containerPort?.value ?? []).map(String);
	return shown.length === 0 ? "it declares none" : `it declares ${enumerate(shown)}`;
}

/** Names by their nearness, then the numbers of ports without a name; of those that a probe, which speaks TCP, may reach. */
function declared(container: Container, wanted: string): readonly (number | string)[] {
	const ports = container.ports.filter((port) => protocolOf(port) === "TCP");
	const names = [...new Set(ports.flatMap(({ name }) => given(name) ?? []))];
	const numbers = ports.filter(({ name }) => given(name) === undefined).flatMap(({ containerPort }) => given(containerPort) ?? []);
	return [...names.sort((a, b) => editDistance(a, wanted) - editDistance(b, wanted)), ...numbers];
}
