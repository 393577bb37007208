import { exposes } from "../evidence/imagePorts.ts";
import { listens } from "../evidence/listening.ts";
import { effectiveSelector } from "../links/links.ts";
import { declarePort, setContainerPort, setProtocol, setTargetPort } from "../links/portEdits.ts";
import { enumerate, printPorts } from "../links/printPorts.ts";
import { declaredPorts, portNumbered } from "../links/targetPort.ts";
import { workloadsBehind } from "../links/workloadsBehind.ts";
import { given, isUnreadable } from "../model/field.ts";
import { isPortNumber } from "../model/forms.ts";
import { type ContainerPort, servingContainers } from "../model/podTemplate.ts";
import { isHeadless, isTaken, knownProtocol, protocolOf, type Service, type ServicePort, targetPortOf } from "../model/service.ts";
import type { Workload } from "../model/workload.ts";
import type { Edit } from "../text/source.ts";
import { type Fix, type Report, rule, type Severity } from "./rule.ts";
import { type Works, worksUndeclared } from "./worksUndeclared.ts";

export const targetPortNotDeclared = rule({
	name: "target-port-not-declared",
	levels: ["warning", "hint", "information"],
	on: "Service",
	summary: "A numeric targetPort that the selected Pods do not declare, although they declare others.",
	why: "A number works undeclared, but a container that declares its ports and not this one very likely listens elsewhere: connections are refused.",
	source: "https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports",
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
      targetPort: 80
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: registry.example.com/web:1.0
          ports:
            - containerPort: 8081
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
      targetPort: 8081
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: registry.example.com/web:1.0
          ports:
            - containerPort: 8081
`,
	*check(service, context) {
		if (!effectiveSelector(service) || service.broken) return;
		const selection = context.links.selection(service);
		const workloads = workloadsBehind(selection).flat();
		if (workloads.length === 0) return;
		const taken = new Set(service.ports.map(targetPortOf));
		for (const port of service.ports) {
			const number = targetPortOf(port);
			const protocol = knownProtocol(port);
			if (typeof number !== "number" || !isPortNumber(number) || protocol === undefined) continue;
			const works = worksUndeclared(context, service, port);
			if (works) {
				yield report({ service, port, number, protocol, workloads, taken, works }, "information");
				continue;
			}
			const contradicted = [...workloads, ...selection.uncertain].every(
				(workload) => declaredPorts(workload).length > 0 && listens(context, workload, number, protocol).verdict === "none",
			);
			if (!contradicted) continue;
			const strict = selection.uncertain.length === 0 && isStrict(service, workloads);
			yield report({ service, port, number, protocol, workloads, taken, works: undefined }, strict ? "warning" : "hint");
		}
	},
});

/** One way in and one container to go to: nothing else may explain the number. */
function isStrict(service: Service, workloads: readonly Workload[]): boolean {
	const plain = !isHeadless(service) && !isUnreadable(service.clusterIP) && !isUnreadable(service.type);
	const single = workloads.every(({ template }) => servingContainers(template).length === 1);
	return plain && single && service.ports.length === 1;
}

interface Contradiction {
	readonly service: Service;
	readonly port: ServicePort;
	readonly number: number;
	readonly protocol: string;
	/** Every version of every selected workload. */
	readonly workloads: readonly Workload[];
	/** Where the Service's ports are sent. */
	readonly taken: ReadonlySet<number | string | undefined>;
	/** Who listens there all the same. */
	readonly works: Works | undefined;
}

/** As many of a workload's ports as a person may want to look at. */
const MANY = 12;

function report(found: Contradiction, level: Severity): Report {
	const { port, number, protocol, workloads, works } = found;
	const defaulted = given(port.targetPort) === undefined;
	const at = (defaulted ? port.port : port.targetPort)?.node ?? port.node;
	const others = enumerate(distinct(workloads.map((workload) => printPorts(workload, { port: number, protocol }))), "or");
	const what = protocol === "TCP" ? "a port" : `a ${protocol} port`;
	return {
		at,
		level,
		message: `targetPort ${number}${defaulted ? " (by default the port)" : ""} is not ${what} of ${others}${works ? `, but image ${works.image.name} exposes it: the Service works` : ""}`,
		related: workloads.flatMap((workload) =>
			declaredPorts(workload)
				.slice(0, MANY)
				.flatMap(({ container, port: { containerPort } }) =>
					containerPort
						? [{ at: containerPort.node, message: `Container ${container.name?.value ?? ""} declares ${containerPort.value ?? "a port"}` }]
						: [],
				),
		),
		fixes: fixes(found),
	};
}

function distinct<T>(items: readonly T[]): readonly T[] {
	return [...new Set(items)];
}

/** What every selected workload declares for this protocol; the declarations of the one workload. */
function fixes({ service, port, number, protocol, workloads, taken, works }: Contradiction): readonly Fix[] {
	const [workload] = workloads;
	if (!workload) return [];
	const declared = declaredPorts(workload)
		.slice(0, MANY)
		.filter((found) => protocolOf(found.port) === protocol);
	const numbers = distinct(declared.flatMap((found) => found.port.containerPort?.value ?? [])).filter(
		(other) => isPortNumber(other) && workloads.every((each) => portNumbered(each, other, protocol)),
	);
	const free = [...numbers].sort((a, b) => Number(taken.has(a)) - Number(taken.has(b))).slice(0, 3);
	if (works) return working({ workloads, number, protocol, works });
	return [
		...otherProtocol(service, port, number, workloads),
		...free.map((other) => fix(`Set targetPort to ${other}`, setTargetPort(port, other))),
		...(workloads.length === 1 ? declarations(workload, number, protocol) : []),
	].filter((each) => each !== undefined);
}

/** What works is left as it is: the declaration follows, changed where the image has no such port, else added to. */
function working({
	workloads,
	number,
	protocol,
	works,
}: Pick<Contradiction, "workloads" | "number" | "protocol"> & { works: Works }): readonly Fix[] {
	const [workload, second] = workloads;
	if (!workload || second) return [];
	const { image, container } = works;
	const [only, other] = container.ports;
	const isWrong = only && !other && protocolOf(only) === protocol && !exposes(image, only.containerPort?.value ?? 0, protocol);
	return [
		isWrong && !isBound(only, workload) ? fix(`Set containerPort to ${number}`, setContainerPort(only, number)) : undefined,
		fix(`Declare port ${number} in container ${container.name?.value ?? ""}`, declarePort(container, number, protocol)),
	].filter((each) => each !== undefined);
}

function declarations(workload: Workload, number: number, protocol: string): readonly (Fix | undefined)[] {
	const all = declaredPorts(workload);
	const [only, second] = all;
	const containers = servingContainers(workload.template);
	const [container] = containers;
	const changes = only && !second && protocolOf(only.port) === protocol && !isBound(only.port, workload);
	return [
		changes ? fix(`Set containerPort to ${number}`, setContainerPort(only.port, number)) : undefined,
		container && containers.length === 1
			? fix(`Declare port ${number} in container ${container.name?.value ?? ""}`, declarePort(container, number, protocol))
			: undefined,
	];
}

/** On the node's network a hostPort must stay equal to the containerPort. */
function isBound(port: ContainerPort, workload: Workload): boolean {
	return workload.template.hostNetwork !== undefined && port.hostPort !== undefined;
}

/** The number is there for the other protocol. */
function otherProtocol(service: Service, port: ServicePort, number: number, workloads: readonly Workload[]): readonly (Fix | undefined)[] {
	const protocols = ["TCP", "UDP", "SCTP"].filter((protocol) => workloads.every((workload) => portNumbered(workload, number, protocol)));
	const free = protocols.filter((protocol) => !isTaken(service, port, protocol));
	return free.map((protocol) => fix(`Set protocol to ${protocol}`, setProtocol(port, protocol)));
}

function fix(title: string, edit: Edit | undefined): Fix | undefined {
	return edit && { title, safe: false, edits: [edit] };
}
