import { enumerate } from "../links/printPorts.ts";
import { declaredPorts, unsureAboutPorts } from "../links/targetPort.ts";
import { setField } from "../model/fieldEdits.ts";
import { isPortNumber } from "../model/forms.ts";
import { type Container, type Handler, servingContainers } from "../model/podTemplate.ts";
import { protocolOf } from "../model/service.ts";
import { type Fix, type Report, rule } from "./rule.ts";

export const probePortNotDeclared = rule({
	name: "probe-port-not-declared",
	levels: ["warning"],
	off: true,
	on: "Workload",
	whole: true,
	summary: "A probe or lifecycle hook on a number that no container of the Pod declares.",
	why: "A number needs no declaration, so this is often fine and the rule is off unless switched on. Where all ports are declared it is a typing error, and the probe always fails.",
	source: "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/",
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
        - containerPort: 8080
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
      image: registry.example.com/web:1.0
      ports:
        - containerPort: 8080
      livenessProbe:
        tcpSocket:
          port: 8080
`,
	*check(workload, { unit }) {
		const all = new Set(declaredPorts(workload).map(({ port }) => port.containerPort?.value));
		if (all.size === 0 || unit.patched || unsureAboutPorts(workload)) return;
		for (const container of servingContainers(workload.template)) {
			for (const handler of container.handlers) {
				const number = handler.port?.value;
				if (typeof number === "number" && isPortNumber(number) && !all.has(number)) yield report(container, handler, number);
			}
		}
	},
});

function report(container: Container, { of, node, port }: Handler, number: number): Report {
	const own = container.ports.filter((one) => protocolOf(one) === "TCP").flatMap(({ containerPort }) => containerPort?.value ?? []);
	const name = container.name?.value ?? "without a name";
	return {
		at: port?.node ?? node,
		message: `${of} asks for port ${number} of container ${name}, which declares ${own.length === 0 ? "none" : enumerate(own.map(String))}`,
		fixes: own.slice(0, 3).flatMap((value): Fix[] => {
			const edit = setField(node, "port", port, value);
			return edit ? [{ title: `Ask for port ${value}`, safe: false, edits: [edit] }] : [];
		}),
	};
}
