import type { Field } from "../model/field.ts";
import { isService, isWorkload } from "../model/manifest.ts";
import { isServed } from "../model/workload.ts";
import type { MapNode } from "../yaml/nodes.ts";
import { noneOf } from "./oneOf.ts";
import { type Report, rule } from "./rule.ts";

export const invalidProtocol = rule({
	name: "invalid-protocol",
	levels: ["error"],
	on: "Object",
	whole: true,
	summary: "A protocol of a port that is none of TCP, UDP and SCTP.",
	why: "Kubernetes refuses the object: it knows these three protocols, in upper case; what is spoken on top of them is said by appProtocol.",
	source: "https://kubernetes.io/docs/reference/networking/service-protocols/",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: dns
spec:
  selector:
    app: dns
  ports:
    - port: 53
      protocol: udp
`,
	good: `
apiVersion: v1
kind: Service
metadata:
  name: dns
spec:
  selector:
    app: dns
  ports:
    - port: 53
      protocol: UDP
`,
	*check(object) {
		if (isService(object)) yield* invalid(object.ports, true);
		else if (isWorkload(object)) {
			const { containers, initContainers } = object.template;
			for (const { ports } of [...containers, ...initContainers]) yield* invalid(ports, isServed(object));
		}
	},
});

interface Port {
	readonly node: MapNode;
	readonly protocol: Field<string> | undefined;
}

const PROTOCOLS = ["TCP", "UDP", "SCTP"];

/** An empty text is unset, so TCP. What an operator's kind holds, Kubernetes refuses only in the Pods made of it. */
function* invalid(ports: readonly Port[], refused: boolean): Iterable<Report> {
	for (const { node, protocol } of ports) {
		const report = protocol?.value === "" ? undefined : noneOf(node, protocol, PROTOCOLS);
		if (!report) continue;
		const { kubernetes: _, ...unanswered } = report;
		yield refused ? report : unanswered;
	}
}
