import { IN_CONFIG_MAPS, isHost, type Mention, means, mentionsBy } from "../evidence/serviceNames.ts";
import { configMapsOf } from "../evidence/usedConfigMaps.ts";
import { servicesNamed } from "../links/links.ts";
import { given, isUnreadable } from "../model/field.ts";
import { setField } from "../model/fieldEdits.ts";
import { describe } from "../model/object.ts";
import type { Service } from "../model/service.ts";
import type { Workload } from "../model/workload.ts";
import { type Context, rule } from "./rule.ts";

export const hostNetworkWithoutClusterDns = rule({
	name: "host-network-without-cluster-dns",
	levels: ["information"],
	on: "Workload",
	whole: true,
	summary: "Pods on the node's network that are to find a Service by its name, without the cluster's DNS.",
	why: "With hostNetwork the policy ClusterFirst, the default, means the node's own DNS, which does not know Services.",
	source: "https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-dns-policy",
	bad: `
#- api.yaml
apiVersion: v1
kind: Service
metadata:
  name: api
spec:
  selector:
    app: api
  ports:
    - port: 80
#- web.yaml
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  hostNetwork: true
  containers:
    - name: web
      image: registry.example.com/web:1.0
      env:
        - name: API_URL
          value: http://api:80/
`,
	good: `
#- api.yaml
apiVersion: v1
kind: Service
metadata:
  name: api
spec:
  selector:
    app: api
  ports:
    - port: 80
#- web.yaml
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  hostNetwork: true
  containers:
    - name: web
      image: registry.example.com/web:1.0
      env:
        - name: API_URL
          value: http://api:80/
  dnsPolicy: ClusterFirstWithHostNet
`,
	*check(workload, context) {
		const { hostNetwork, dnsPolicy, spec } = workload.template;
		const policy = given(dnsPolicy) ?? "ClusterFirst";
		if (hostNetwork?.value !== true || !spec || context.unit.patched || workload.metadata.controlled) return;
		if (isUnreadable(dnsPolicy) || (policy !== "ClusterFirst" && policy !== "Default")) return;
		const named = firstNamed(workload, context);
		if (!named) return;
		const edit = setField(spec, "dnsPolicy", dnsPolicy, "ClusterFirstWithHostNet");
		yield {
			at: given(dnsPolicy) === undefined ? hostNetwork.node : (dnsPolicy?.node ?? hostNetwork.node),
			message: `${describe(workload)} asks the node's DNS, which does not know ${describe(named.service)}`,
			related: [{ at: named.mention.at, message: `Names ${describe(named.service)}` }],
			fixes: edit ? [{ title: "Set dnsPolicy to ClusterFirstWithHostNet", safe: false, edits: [edit] }] : [],
		};
	},
});

/** The first Service of the unit that its variables, arguments or ConfigMaps name as a host. */
function firstNamed(workload: Workload, { unit }: Context): { readonly mention: Mention; readonly service: Service } | undefined {
	const inConfigMaps = [...configMapsOf(workload)].flatMap((name) => unit.find(IN_CONFIG_MAPS, name));
	const named = [...mentionsBy(workload), ...inConfigMaps].filter(isHost).flatMap((mention) =>
		servicesNamed(unit, mention.name)
			.filter((service) => means(mention, service))
			.map((service) => ({ mention, service })),
	);
	return named.sort((a, b) => unit.compare(a.service, b.service))[0];
}
