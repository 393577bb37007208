import { type SeenPort, seenPorts } from "../links/seenPorts.ts";
import type { Container } from "../model/podTemplate.ts";
import { isServed } from "../model/workload.ts";
import { type Report, rule } from "./rule.ts";

export const duplicateContainerPort = rule({
	name: "duplicate-container-port",
	levels: ["warning"],
	on: "Workload",
	summary: "A number that two ports of one Pod declare with the same protocol.",
	why: "The containers of a Pod share one network, so only one of two processes can listen on a number. Kubernetes accepts both ports and warns about most of these.",
	source: "https://kubernetes.io/docs/concepts/workloads/pods/#pod-networking",
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
    - name: admin
      image: registry.example.com/admin:1.0
      ports:
        - containerPort: 8080
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
    - name: admin
      image: registry.example.com/admin:1.0
      ports:
        - containerPort: 8081
`,
	*check(workload, { settings }) {
		const warned = isServed(workload) && settings.cluster.version.from >= WARNED_SINCE;
		const before = new Map<string, SeenPort[]>();
		for (const port of seenPorts(workload)) {
			const key = `${port.number}/${port.protocol}`;
			const others = before.get(key) ?? [];
			const found = warned ? (warning(port, others) ?? clash(port, others)) : clash(port, others);
			if (found) yield found;
			if (others.length === 0) before.set(key, others);
			others.push(port);
		}
	},
});

const WARNED_SINCE = 28;

/** What Kubernetes says, in one of three forms. Source: warningsForPodSpecAndMeta of pkg/api/pod/warnings.go. */
function warning(port: SeenPort, others: readonly SeenPort[]): Report | undefined {
	for (const other of others) {
		const how = isRefused(port, other) ? undefined : form(port, other);
		if (how !== undefined) return { ...report(port, other, how), kubernetes: "warns" };
	}
	return undefined;
}

function form(port: SeenPort, other: SeenPort): string | undefined {
	if (port.hostIP === other.hostIP && port.hostPort === other.hostPort) return "";
	const number = port.hostPort || other.hostPort;
	if (number === 0) return "";
	if (port.hostPort === 0 || other.hostPort === 0) return `, once with hostPort ${number} and once without`;
	if (port.hostPort !== other.hostPort || (port.hostIP === "") === (other.hostIP === "")) return undefined;
	return `, with hostPort ${number} once for ${port.hostIP || other.hostIP} and once for every address`;
}

/** One triple of address, hostPort and protocol twice where Kubernetes compares them is refused, which is said at the hostPort. */
function isRefused(port: SeenPort, other: SeenPort): boolean {
	const compared = port.container === other.container || (!port.container.init && !other.container.init);
	return compared && port.hostPort !== 0 && port.hostPort === other.hostPort && port.hostIP === other.hostIP;
}

/** Two containers that run beside each other: Kubernetes says nothing where their host ports differ. */
function clash(port: SeenPort, others: readonly SeenPort[]): Report | undefined {
	const other = others.find((one) => runBeside(port, one) && !isRefused(port, one));
	return other && report(port, other, "");
}

function runBeside(a: SeenPort, b: SeenPort): boolean {
	return a.container !== b.container && serves(a.container) && serves(b.container);
}

function serves({ init, sidecar }: Container): boolean {
	return !init || sidecar;
}

function report(port: SeenPort, other: SeenPort, how: string): Report {
	const names = [other, port].map(({ container }) => container.name?.value ?? "without a name");
	const who = port.container === other.container ? `Container ${names[0]} declares` : `Containers ${names.join(" and ")} declare`;
	const twice = port.container === other.container ? " twice" : "";
	const together = how === "" && port.container !== other.container ? ", of which Kubernetes warns although they never run together" : "";
	const consequence = runBeside(port, other) ? ", and only one of them can listen on it" : together;
	return {
		at: placeOf(port),
		message: `${who} port ${port.number}/${port.protocol}${twice}${how}${consequence}`,
		related: [{ at: placeOf(other), message: `Container ${names[0]} declares it` }],
	};
}

function placeOf({ port }: SeenPort) {
	return port.containerPort?.node ?? port.node;
}
