import { type Bound, boundToLoopback } from "../evidence/loopback.ts";
import { portNamed } from "../links/targetPort.ts";
import { describe, isRendered } from "../model/object.ts";
import { knownProtocol, type Service, targetPortOf } from "../model/service.ts";
import type { Workload } from "../model/workload.ts";
import { ofWholeText } from "../text/source.ts";
import { type Report, rule } from "./rule.ts";

export const listensOnLoopback = rule({
	name: "listens-on-loopback",
	levels: ["warning"],
	on: "Workload",
	whole: true,
	summary: "A process that listens on a loopback address only, although a Service leads to its port.",
	why: "Connections of a Service arrive at the Pod's own address, so what listens on 127.0.0.1 refuses them all.",
	source: "https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/",
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
      image: registry.example.com/web:1.0
      args: ["--listen=127.0.0.1:8080"]
      ports:
        - containerPort: 8080
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
      image: registry.example.com/web:1.0
      args: ["--listen=:8080"]
      ports:
        - containerPort: 8080
`,
	*check(workload, { unit, links }) {
		if (!isRendered(workload.owner) && !namesLoopback(workload.source)) return;
		const said = new Set<number>();
		for (const service of links.servicesOf(workload)) {
			for (const number of targetsOf(service, workload)) {
				const found = said.has(number) ? undefined : boundToLoopback(unit, workload, number);
				if (!found) continue;
				said.add(number);
				yield report(found, service);
			}
		}
	},
});

const namesLoopback = ofWholeText((text) => /localhost|127\.|::1/i.test(text));

/** The numbers in the Pods of a workload to which a Service leads. */
function targetsOf(service: Service, workload: Workload): readonly number[] {
	return service.ports.flatMap((port) => {
		const target = targetPortOf(port);
		const protocol = knownProtocol(port);
		if (typeof target === "number" || target === undefined || protocol === undefined) return typeof target === "number" ? [target] : [];
		return portNamed(workload, target, protocol)?.port.containerPort?.value ?? [];
	});
}

function report({ at, words }: Bound, service: Service): Report {
	return {
		at,
		message: `${words}, where ${describe(service)} does not reach it`,
		related: [{ at: service.metadata.name?.node ?? service.root, message: describe(service) }],
	};
}
