import { collisions, type HostPortUse, hostPortUses } from "../links/hostPorts.ts";
import { type KnownNode, knownNodes, type Sharing, sharing } from "../links/placement.ts";
import { distinctNames, mayBeOne, versionsFor } from "../links/versions.ts";
import { describe } from "../model/object.ts";
import type { Container } from "../model/podTemplate.ts";
import type { Workload } from "../model/workload.ts";
import { sees, type Unit } from "../units/unit.ts";
import { type Context, type Report, rule } from "./rule.ts";

export const hostPortConflict = rule({
	name: "host-port-conflict",
	levels: ["error", "warning", "information"],
	on: "Workload",
	summary: "Two containers that take one port of the node.",
	why: "A node gives a port to one Pod. Twice in one Pod Kubernetes refuses it; of two workloads one stays Pending where they must share a node (a warning), and they only run on different nodes where they may (information).",
	source: "https://kubernetes.io/docs/concepts/configuration/overview/#services",
	bad: `
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: proxy
spec:
  selector:
    matchLabels:
      app: proxy
  template:
    metadata:
      labels:
        app: proxy
    spec:
      containers:
        - name: proxy
          image: registry.example.com/proxy:1.0
          ports:
            - containerPort: 8080
              hostPort: 80
---
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: cache
spec:
  selector:
    matchLabels:
      app: cache
  template:
    metadata:
      labels:
        app: cache
    spec:
      containers:
        - name: cache
          image: registry.example.com/cache:1.0
          ports:
            - containerPort: 8080
              hostPort: 80
`,
	good: `
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: proxy
spec:
  selector:
    matchLabels:
      app: proxy
  template:
    metadata:
      labels:
        app: proxy
    spec:
      containers:
        - name: proxy
          image: registry.example.com/proxy:1.0
          ports:
            - containerPort: 8080
              hostPort: 80
---
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: cache
spec:
  selector:
    matchLabels:
      app: cache
  template:
    metadata:
      labels:
        app: cache
    spec:
      containers:
        - name: cache
          image: registry.example.com/cache:1.0
          ports:
            - containerPort: 8080
              hostPort: 81
`,
	*check(workload, context) {
		const uses = hostPortUses(workload);
		const nodes = uses.length > 0 ? knownNodes(context.unit, context.settings) : [];
		for (const use of uses) {
			const twins = uses.filter((other) => other !== use && sameTriple(use, other) && checkedTogether(use.container, other.container));
			const report = twins.length > 0 ? inOnePod(use, twins) : betweenWorkloads(use, nodes, context);
			if (report) yield report;
		}
	},
});

/** The API server compares the texts, so that "" and 0.0.0.0 are two. Source: AccumulateUniqueHostPorts of validation.go. */
function sameTriple(a: HostPortUse, b: HostPortUse): boolean {
	return a.number === b.number && a.protocol === b.protocol && a.hostIP === b.hostIP;
}

/** Regular containers are compared with each other, an init container only with itself. */
function checkedTogether(a: Container, b: Container): boolean {
	return a === b || (!a.init && !b.init);
}

/** A template is refused for what it writes, the Pods made from it for what defaulting adds. */
function inOnePod(use: HostPortUse, twins: readonly HostPortUse[]): Report {
	const { workload } = use;
	const refused = workload.kind === "Pod" || (!workload.custom && use.written && twins.some(({ written }) => written));
	const containers = [...new Set([use, ...twins].map(({ container }) => container.name?.value ?? "without a name"))];
	const who = containers.length > 1 ? `Containers ${containers.join(" and ")} take` : `Container ${containers[0]} takes`;
	const often = containers.length > 1 ? "" : " twice";
	return {
		at: use.at,
		message: `${who} ${portOf([use, ...twins])}${often}${refused ? "" : `, so the Pods of ${describe(workload)} are refused`}`,
		...(refused ? { level: "error", kubernetes: "refuses" } : { level: "warning" }),
		related: twins.map(({ at, container }) => ({
			at,
			message: `Container ${container.name?.value ?? "without a name"} takes it too`,
		})),
	};
}

/** More holders of one port than this are not listed. */
const MOST = 10;

function betweenWorkloads(use: HostPortUse, nodes: readonly KnownNode[], { unit }: Context): Report | undefined {
	const rivals = new Map<Workload, { readonly other: HostPortUse; readonly how: Sharing }>();
	for (const other of collisions(unit, use)) {
		if (rivals.size === MOST) break;
		const how = rivals.has(other.workload) ? "never" : rivalry(unit, use, other, nodes);
		if (how !== "never") rivals.set(other.workload, { other, how });
	}
	if (rivals.size === 0) return undefined;
	const found = [...rivals.values()];
	const must = found.filter(({ how }) => how === "must");
	const named = (must.length > 0 ? must : found).map(({ other }) => other);
	const all = distinctNames([use.workload, ...named.map(({ workload }) => workload)]).map(({ kind, name }) => `${kind} ${name}`);
	const message = `${all.slice(0, -1).join(", ")} and ${all.at(-1)} ${all.length > 2 ? "all" : "both"} take ${portOf([use, ...named])}`;
	return {
		at: use.at,
		level: must.length > 0 ? "warning" : "information",
		message: `${message}, ${must.length > 0 ? "and they have to share nodes" : "so they cannot share a node"}`,
		related: named.map(({ at, workload }) => ({ at, message: `${describe(workload)} takes it too` })),
	};
}

/** What is not read as a whole may be bound to other nodes, and a kind that Kubernetes does not have may be anything. */
function rivalry(unit: Unit, use: HostPortUse, other: HostPortUse, nodes: readonly KnownNode[]): Sharing {
	const [a, b] = [use.workload, other.workload];
	if ([a, b].some((workload) => workload.broken || workload.custom || workload.metadata.controlled)) return "never";
	const how = mayBeOne(a, b) || !sees(unit, a, b) ? "never" : sharing(a, b, nodes);
	return how !== "never" && allTake(unit, a, other) && allTake(unit, b, use) ? how : "never";
}

/** Where a workload has several versions, all of them take the port. */
function allTake(unit: Unit, viewer: Workload, use: HostPortUse): boolean {
	return versionsFor(unit, viewer, use.workload).every((version) => hostPortUses(version).some((one) => sameTriple(one, use)));
}

function portOf(uses: readonly HostPortUse[]): string {
	const [first] = uses as [HostPortUse];
	const byHostNetwork = uses.some(({ written }) => !written) ? " (hostNetwork)" : "";
	return `host port ${first.number}/${first.protocol}${byHostNetwork}`;
}
