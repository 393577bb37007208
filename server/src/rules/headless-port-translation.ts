import type { Links } from "../links/links.ts";
import { portNamed } from "../links/targetPort.ts";
import { workloadsBehind } from "../links/workloadsBehind.ts";
import { given } from "../model/field.ts";
import { setField } from "../model/fieldEdits.ts";
import { isPortNumber } from "../model/forms.ts";
import { isHeadless, knownType, protocolOf, type Service, type ServicePort } from "../model/service.ts";
import { type Fix, rule } from "./rule.ts";

export const headlessPortTranslation = rule({
	name: "headless-port-translation",
	levels: ["information"],
	on: "Service",
	whole: true,
	summary: "A headless Service whose targetPort differs from its port.",
	why: "Nothing translates the port of a headless Service: its name leads to the Pods themselves, so clients must dial the Pod's port.",
	source: "https://kubernetes.io/docs/concepts/services-networking/service/#headless-services",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: None
  selector:
    app: web
  ports:
    - port: 80
      targetPort: 8080
`,
	good: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: None
  selector:
    app: web
  ports:
    - port: 8080
      targetPort: 8080
`,
	*check(service, { links }) {
		if (knownType(service) !== "ClusterIP" || !isHeadless(service)) return;
		const taken = new Set(service.ports.map((entry) => keyOf(entry)));
		for (const entry of service.ports) {
			const { port, targetPort } = entry;
			const number = podPort(service, entry, links);
			if (!port?.value || !isPortNumber(port.value) || number === undefined || number === port.value) continue;
			const target = typeof targetPort?.value === "string" ? `${targetPort.value} (${number})` : `${number}`;
			yield {
				at: port.node,
				message: `Nothing translates port ${port.value} to targetPort ${target} of a headless Service: clients dial ${number}`,
				fixes: setPort(entry, number, taken),
			};
		}
	},
});

/** The number of a target port that is written; of a name, where all selected Pods agree. */
function podPort(service: Service, port: ServicePort, links: Links): number | undefined {
	const target = given(port.targetPort);
	const protocol = protocolOf(port);
	if (typeof target === "number") return isPortNumber(target) ? target : undefined;
	const { workloads, uncertain } = links.selection(service);
	if (target === undefined || protocol === undefined || uncertain.length > 0) return undefined;
	const backends = workloadsBehind({ workloads, uncertain }).flat();
	const numbers = new Set(backends.map((workload) => portNamed(workload, target, protocol)?.port.containerPort?.value));
	const [number] = numbers;
	return numbers.size === 1 && number !== undefined && isPortNumber(number) ? number : undefined;
}

function keyOf(entry: ServicePort, number = entry.port?.value): string {
	return `${number}/${protocolOf(entry)}`;
}

function setPort(entry: ServicePort, number: number, taken: ReadonlySet<string>): readonly Fix[] {
	const edit = taken.has(keyOf(entry, number)) ? undefined : setField(entry.node, "port", entry.port, number);
	return edit ? [{ title: `Set port to ${number}`, safe: false, edits: [edit] }] : [];
}
