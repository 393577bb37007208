import { injectorsOf } from "../evidence/injection.ts";
import { listens } from "../evidence/listening.ts";
import { enumerate } from "../links/printPorts.ts";
import { declaredPorts, unsureAboutPorts } from "../links/targetPort.ts";
import { isLabelValue, isPortNumber } from "../model/forms.ts";
import { replacePairs } from "../model/labelEdits.ts";
import { labelOf, printLabels } from "../model/labels.ts";
import { describe, nameOf } from "../model/object.ts";
import { knownProtocol, type Service, targetPortOf } from "../model/service.ts";
import { runsToCompletion, type Workload } from "../model/workload.ts";
import { labelSpan } from "./labelSpan.ts";
import { type Context, type Fix, rule } from "./rule.ts";

export const serviceSelectsJobPods = rule({
	name: "service-selects-job-pods",
	levels: ["warning"],
	on: "Service",
	whole: true,
	summary: "A Service that takes the Pods of a Job beside those that serve.",
	why: "As long as the Job runs, its Pods get a part of the connections, and nothing in them listens.",
	source: "https://kubernetes.io/docs/concepts/services-networking/service/#services-in-kubernetes",
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
            - containerPort: 8080
---
apiVersion: batch/v1
kind: Job
metadata:
  name: migrate
spec:
  template:
    metadata:
      labels:
        app: web
    spec:
      restartPolicy: Never
      containers:
        - name: migrate
          image: registry.example.com/web:1.0
          args: [migrate]
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
            - containerPort: 8080
---
apiVersion: batch/v1
kind: Job
metadata:
  name: migrate
spec:
  template:
    metadata:
      labels:
        app: migrate
    spec:
      restartPolicy: Never
      containers:
        - name: migrate
          image: registry.example.com/web:1.0
          args: [migrate]
`,
	*check(service, context) {
		const { workloads } = context.links.selection(service);
		const [lasting, jobs] = [workloads.filter((workload) => !runsToCompletion(workload)), workloads.filter(runsToCompletion)];
		const selector = service.selector;
		if (!selector || lasting.length === 0 || context.unit.patched) return;
		const deaf = jobs.flatMap((job) => {
			const numbers = isReadable(job, context) ? numbersWithout(job, lasting, service, context) : [];
			return numbers.length > 0 ? [{ job, numbers }] : [];
		});
		const [first] = deaf;
		if (!first) return;
		const names = [...new Set(deaf.map(({ job }) => describe(job)))];
		yield {
			at: labelSpan(selector.pairs) ?? selector.key,
			message: `Selector ${printLabels(selector.pairs)} also takes the Pods of ${enumerate(names)}, where nothing listens on ${enumerate(first.numbers.map(String), "or")}`,
			related: deaf.map(({ job }) => ({
				at: labelSpan(job.template.labels?.pairs ?? []) ?? job.root,
				message: `Pods of ${describe(job)}`,
			})),
			fixes: deaf.length === 1 ? relabel(first.job, service) : [],
		};
	},
});

function isReadable(job: Workload, { unit }: Context): boolean {
	return unsureAboutPorts(job) === undefined && injectorsOf(unit, job).length === 0;
}

/** The target ports that others may have, and a Job by all that its template says has not. A Pod without the port of a name is no endpoint of it. */
function numbersWithout(job: Workload, others: readonly Workload[], service: Service, context: Context): readonly number[] {
	return service.ports.flatMap((port) => {
		const target = targetPortOf(port);
		const protocol = knownProtocol(port);
		if (typeof target !== "number" || !isPortNumber(target) || protocol === undefined) return [];
		const verdictOf = (workload: Workload) => listens(context, workload, target, protocol).verdict;
		const has =
			["declared", "evidence"].includes(verdictOf(job)) ||
			others.every((other) => declaredPorts(other).length > 0 && verdictOf(other) === "none");
		return has ? [] : [target];
	});
}

/** Gives a selected key of the Job's Pods another value: a further label would leave them selected. */
function relabel(job: Workload, { selector }: Service): readonly Fix[] {
	const labels = job.template.labels;
	const label = selector?.pairs.map(({ name }) => labelOf(labels, name)).find((found) => found?.value);
	if (!labels || !label?.value || job.selectorField) return [];
	const name = nameOf(job);
	const value = [name, `${label.value}-job`].find(
		(candidate) => candidate !== undefined && candidate !== label.value && isLabelValue(candidate),
	);
	const edits = value === undefined ? undefined : replacePairs(labels, [label], [{ name: label.name, value }]);
	return edits ? [{ title: `Label the Pods of ${describe(job)} ${label.name}=${value}`, safe: false, edits }] : [];
}
