import { declaredPorts } from "../links/targetPort.ts";
import { workloadsBehind } from "../links/workloadsBehind.ts";
import { given, isUnreadable, map, readField } from "../model/field.ts";
import { isJson } from "../model/fieldEdits.ts";
import { isPort } from "../model/forms.ts";
import { placeOfPath } from "../model/places.ts";
import { clusterIPsOf, knownProtocol, knownType, type Service, serviceType } from "../model/service.ts";
import { addEntry, setValue } from "../yaml/edit.ts";
import { entryOf, isNull } from "../yaml/nodes.ts";
import { isMisspelt } from "./misspelt.ts";
import { type Context, type Fix, rule } from "./rule.ts";

export const serviceWithoutPorts = rule({
	name: "service-without-ports",
	levels: ["error"],
	on: "Service",
	whole: true,
	summary: "A Service without ports that is neither headless nor an ExternalName.",
	why: "Kubernetes refuses the Service: its cluster IP answers on its ports only.",
	source: "https://kubernetes.io/docs/concepts/services-networking/service/#headless-services",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
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
    - port: 8080
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
      ports:
        - containerPort: 8080
`,
	*check(service, context) {
		const { portList, root } = service;
		const [ip] = clusterIPsOf(service);
		const type = serviceType(service);
		if (type === undefined || type === "ExternalName" || ip?.value === "None") return;
		if ([readField(root, "spec", map), portList, ip].some(isUnreadable) || portList?.value?.items.length) return;
		if (!portList && context.unit.patched) return;
		if ((!portList || isNull(portList.node)) && isElsewhere(service)) return;
		// Most likely an ExternalName, misspelt, which needs none.
		if (knownType(service) === undefined && service.externalName) return;
		yield {
			at: placeOfPath(root, "spec", "ports"),
			message: `A Service of type ${type} needs ports`,
			kubernetes: "refuses",
			fixes: usePodPort(service, context),
		};
	},
});

/** The ports, or what they are part of, stand under a name or in a place that `unknown-field` speaks about. */
function isElsewhere({ root, spec }: Service): boolean {
	return isMisspelt(spec, "ports") || isMisspelt(root, "spec") || entryOf(root, "ports") !== undefined;
}

/** The one port that the selected Pods declare. */
function usePodPort(service: Service, { links }: Context): readonly Fix[] {
	const { spec, portList } = service;
	const [port, other] = workloadsBehind(links.selection(service)).flatMap(([first]) => (first ? declaredPorts(first) : []));
	const number = given(port?.port.containerPort);
	const protocol = port && knownProtocol(port.port);
	if (!spec || number === undefined || !isPort(number) || other || protocol === undefined) return [];
	const json = isJson(spec);
	const pairs = [["port", `${number}`], ...(protocol === "TCP" ? [] : [["protocol", json ? `"${protocol}"` : protocol]])];
	const flow = `[{ ${pairs.map(([name, value]) => `${json ? `"${name}"` : name}: ${value}`).join(", ")} }]`;
	const block = `\n  - ${pairs.map(([name, value]) => `${name}: ${value}`).join("\n    ")}`;
	const edit = portList ? setValue(portList, flow) : addEntry(spec, "ports", spec.flow ? flow : block);
	return edit ? [{ title: `Add port ${number}`, safe: false, edits: [edit] }] : [];
}
