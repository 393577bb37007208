import { listens } from "../evidence/listening.ts";
import { enumerate, printPorts } from "../links/printPorts.ts";
import { declaredPorts } from "../links/targetPort.ts";
import { workloadsBehind } from "../links/workloadsBehind.ts";
import { isUnreadable } from "../model/field.ts";
import { isPortNumber } from "../model/forms.ts";
import { addPairs, type Pair } from "../model/labelEdits.ts";
import { labelOf, printLabels } from "../model/labels.ts";
import { describe } from "../model/object.ts";
import { isHeadless, knownProtocol, type Service, targetPortOf } from "../model/service.ts";
import type { Workload } from "../model/workload.ts";
import { labelSpan } from "./labelSpan.ts";
import { type Context, type Fix, type Report, rule } from "./rule.ts";

export const serviceSelectsSeveralWorkloads = rule({
	name: "service-selects-several-workloads",
	levels: ["information"],
	on: "Service",
	whole: true,
	summary: "A Service that takes the Pods of several workloads, of which one does not have its port.",
	why: "Connections go to all selected Pods, so a part of them is refused.",
	source: "https://kubernetes.io/docs/concepts/services-networking/service/#services-in-kubernetes",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: shop
  ports:
    - port: 80
      targetPort: 8080
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: shop
      tier: web
  template:
    metadata:
      labels:
        app: shop
        tier: web
    spec:
      containers:
        - name: web
          image: registry.example.com/web:1.0
          ports:
            - containerPort: 8080
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: queue
spec:
  selector:
    matchLabels:
      app: shop
      tier: queue
  template:
    metadata:
      labels:
        app: shop
        tier: queue
    spec:
      containers:
        - name: queue
          image: registry.example.com/queue:1.0
          ports:
            - containerPort: 5672
`,
	good: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: shop
    tier: web
  ports:
    - port: 80
      targetPort: 8080
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: shop
      tier: web
  template:
    metadata:
      labels:
        app: shop
        tier: web
    spec:
      containers:
        - name: web
          image: registry.example.com/web:1.0
          ports:
            - containerPort: 8080
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: queue
spec:
  selector:
    matchLabels:
      app: shop
      tier: queue
  template:
    metadata:
      labels:
        app: shop
        tier: queue
    spec:
      containers:
        - name: queue
          image: registry.example.com/queue:1.0
          ports:
            - containerPort: 5672
`,
	*check(service, context) {
		const selection = context.links.selection(service);
		const groups = workloadsBehind(selection);
		if (!service.selector || groups.length < 2 || selection.uncertain.length > 0) return;
		if (isHeadless(service) || isUnreadable(service.clusterIP)) return;
		for (const port of service.ports) {
			const target = targetPortOf(port);
			const protocol = knownProtocol(port);
			if (typeof target !== "number" || !isPortNumber(target) || protocol === undefined) continue;
			const found = contrast(groups, { number: target, protocol }, service, context);
			if (found) {
				yield found;
				return;
			}
		}
	},
});

interface Port {
	readonly number: number;
	readonly protocol: string;
}

/** One has the port, and one declares others and nothing says that it listens there. */
function contrast(groups: readonly (readonly Workload[])[], port: Port, service: Service, context: Context): Report | undefined {
	const known = groups.map((group) => ({
		group,
		verdicts: group.map((workload) => listens(context, workload, port.number, port.protocol).verdict),
	}));
	const having = known.flatMap(({ group, verdicts }) =>
		verdicts.some((verdict) => verdict === "declared" || verdict === "evidence") ? [group] : [],
	);
	const lacking = known.flatMap(({ group, verdicts }) =>
		verdicts.every((verdict) => verdict === "none") && group.every((workload) => declaredPorts(workload).length > 0) ? [group] : [],
	);
	const { selector } = service;
	if (!selector || having.length === 0 || lacking.length === 0) return undefined;
	const wanted = { port: port.number, protocol: port.protocol };
	const lack = enumerate([...new Set(lacking.flat().map((workload) => printPorts(workload, wanted)))], "or");
	const have = enumerate([...new Set(having.flat().map(describe))]);
	return {
		at: labelSpan(selector.pairs) ?? selector.key,
		message: `Selector ${printLabels(selector.pairs)} takes ${have}, but targetPort ${port.number} is not a port of ${lack}`,
		related: lacking.flat().map((workload) => ({
			at: labelSpan(workload.template.labels?.pairs ?? []) ?? workload.root,
			message: workload.kind === "Pod" ? describe(workload) : `Pods of ${describe(workload)}`,
		})),
		fixes: having.length + lacking.length === groups.length ? narrow(service, having.flat(), lacking.flat()) : [],
	};
}

/** A label that all which have the port share and none of the others carries. */
function narrow({ selector }: Service, having: readonly Workload[], lacking: readonly Workload[]): readonly Fix[] {
	const [first] = having;
	const pair = first?.template.labels?.pairs.find(
		({ name, value }) =>
			value !== undefined &&
			!selector?.pairs.some((own) => own.name === name) &&
			having.every(({ template }) => labelOf(template.labels, name)?.value === value) &&
			!lacking.some(({ template }) => labelOf(template.labels, name)?.value === value),
	);
	if (!pair || selector?.node.kind !== "map") return [];
	const wanted: Pair = { name: pair.name, value: pair.value ?? "" };
	const edit = addPairs(selector.node, [wanted]);
	return edit ? [{ title: `Select ${wanted.name}=${wanted.value} too`, safe: false, edits: [edit] }] : [];
}
