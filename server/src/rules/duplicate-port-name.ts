import { setField } from "../model/fieldEdits.ts";
import { isPortName } from "../model/forms.ts";
import { type Container, type ContainerPort, servingContainers } from "../model/podTemplate.ts";
import { protocolOf } from "../model/service.ts";
import { isServed, type Workload } from "../model/workload.ts";
import { type Context, type Fix, type Report, rule } from "./rule.ts";

export const duplicatePortName = rule({
	name: "duplicate-port-name",
	levels: ["error", "information"],
	on: "Workload",
	summary: "Two container ports of one Pod with the same name.",
	why: "Within a container Kubernetes refuses it. In two containers of a Pod it warns: a Service that names the port gets the first one only.",
	source: "https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports",
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
        - name: http
          containerPort: 8081
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
        - name: http-2
          containerPort: 8081
`,
	*check(workload, context) {
		const { initContainers, containers } = workload.template;
		const first = new Map<string, Named>();
		for (const container of [...initContainers, ...containers]) {
			for (const port of container.ports) {
				const name = port.name?.value;
				if (name === undefined || !isPortName(name)) continue;
				const other = first.get(name);
				if (!other) first.set(name, { name, container, port });
				else yield* report(workload, { name, container, port }, other, context);
			}
		}
	},
});

interface Named {
	readonly name: string;
	readonly container: Container;
	readonly port: ContainerPort;
}

const WARNED_SINCE = 33;

/** Names are compared within a container by validation and, since 1.33, over the whole Pod for a warning. */
function* report(workload: Workload, named: Named, other: Named, { settings }: Context): Iterable<Report> {
	const twin = named.container.ports.find((port) => port !== named.port && port.name?.value === named.name);
	const inContainer = twin !== undefined && named.container.ports.indexOf(twin) < named.container.ports.indexOf(named.port);
	const served = isServed(workload);
	if (!inContainer && !served) return;
	const [own, theirs] = [named, other].map(({ container }) => container.name?.value ?? "without a name");
	yield {
		at: named.port.name?.node ?? named.port.node,
		message: inContainer
			? `Container ${own} has two ports with the name ${named.name}`
			: `Port name ${named.name} is taken by container ${theirs}, ${whoGets(workload, named, other)}`,
		level: inContainer ? "error" : "information",
		...(inContainer && served ? { kubernetes: "refuses" } : {}),
		...(!inContainer && settings.cluster.version.from >= WARNED_SINCE ? { kubernetes: "warns" } : {}),
		related: [{ at: (inContainer ? twin : other.port).name?.node ?? other.port.node, message: "The first port with this name" }],
		fixes: rename(workload, named),
	};
}

/** Which of the ports a Service finds, which looks for its own protocol too: regular containers come before sidecars. */
function whoGets(workload: Workload, { name, port }: Named, other: Named): string {
	const found = servingContainers(workload.template).find(({ ports }) => ports.some((port) => port.name?.value === name));
	const container = found?.name?.value;
	if (container === undefined) return "and Services do not see init containers";
	if (protocolOf(port) !== protocolOf(other.port)) return "and a Service that names it gets the one with its own protocol";
	return `and Services that name it get the one of ${container}`;
}

function rename(workload: Workload, { name, port }: Named): readonly Fix[] {
	const { initContainers, containers } = workload.template;
	const taken = new Set([...initContainers, ...containers].flatMap(({ ports }) => ports.map((other) => other.name?.value)));
	const free = [2, 3, 4, 5, 6, 7, 8, 9].map((number) => withSuffix(name, number)).find((other) => !taken.has(other));
	const edit = free !== undefined && isPortName(free) ? setField(port.node, "name", port.name, free) : undefined;
	return edit ? [{ title: `Rename the port to ${free}`, safe: false, edits: [edit] }] : [];
}

/** Kubernetes allows a container port's name 15 characters. */
function withSuffix(name: string, number: number): string {
	return `${name.slice(0, 13).replace(/-$/, "")}-${number}`;
}
