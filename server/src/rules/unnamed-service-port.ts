import { given, isUnreadable } from "../model/field.ts";
import { setField } from "../model/fieldEdits.ts";
import { isDns1123Label } from "../model/forms.ts";
import { placeOf, placeOfItem } from "../model/places.ts";
import { isOpenList, protocolOf, type ServicePort } from "../model/service.ts";
import { isMisspelt } from "./misspelt.ts";
import { type Fix, rule } from "./rule.ts";

export const unnamedServicePort = rule({
	name: "unnamed-service-port",
	levels: ["error"],
	on: "Service",
	whole: true,
	summary: "A port without a name in a Service that has several.",
	why: "Kubernetes refuses the Service: where there are several ports, each has a name.",
	source: "https://kubernetes.io/docs/concepts/services-networking/service/#multi-port-services",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - name: http
      port: 80
    - port: 443
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
    - name: http
      port: 80
    - port: 443
      name: https
`,
	*check(service) {
		const { ports, portList } = service;
		if (!portList || (portList.value?.items.length ?? 0) < 2) return;
		const taken = new Set(ports.map(({ name }) => name?.value));
		for (const port of ports) {
			const { name, node } = port;
			if (isUnreadable(name) || given(name) !== undefined) continue;
			if (!name && (isOpenList(service, "ports") || isMisspelt(node, "name"))) continue;
			yield {
				at: name ? placeOf(name) : placeOfItem(node, portList),
				message: `The port ${port.port?.value ?? ""} has no name, which it needs beside others`.replace("  ", " "),
				kubernetes: "refuses",
				fixes: giveName(port, taken),
			};
		}
	},
});

/** The name of its target port, or the usual one of the number, or one made of the number. */
function giveName(port: ServicePort, taken: ReadonlySet<string | undefined>): readonly Fix[] {
	const number = port.port?.value;
	const target = port.targetPort?.value;
	const protocol = protocolOf(port)?.toLowerCase();
	const wanted = [target, USUAL[`${protocol}/${number}`], number === undefined ? undefined : `${protocol}-${number}`];
	const free = wanted.find((name) => typeof name === "string" && isDns1123Label(name) && !taken.has(name));
	const edit = typeof free === "string" ? setField(port.node, "name", port.name, free) : undefined;
	return edit ? [{ title: `Name the port ${free}`, safe: false, edits: [edit] }] : [];
}

const USUAL: Readonly<Record<string, string>> = {
	"tcp/53": "dns-tcp",
	"tcp/80": "http",
	"tcp/443": "https",
	"tcp/8080": "http",
	"tcp/8443": "https",
	"tcp/9090": "metrics",
	"udp/53": "dns",
};
