import { labelOf } from "../model/labels.ts";
import { readItems, type Service } from "../model/service.ts";
import { type Node, valueAt } from "../yaml/nodes.ts";

export interface LoadBalancerHost {
	readonly host: string;
	/** kube-proxy has no rule for it: a name, or an address of a proxy (ipMode Proxy). */
	readonly remote: boolean;
}

/** The addresses that a load balancer has by the Service's status; the word `loadBalancer` as long as it has none. */
export function loadBalancerHosts(service: Service): readonly LoadBalancerHost[] {
	const list = valueAt(service.root, "status", "loadBalancer", "ingress");
	const hosts = (list?.kind === "seq" ? list.items : []).flatMap((item) => {
		const ip = textAt(item, "ip");
		const host = ip ?? textAt(item, "hostname");
		return host === undefined ? [] : [{ host, remote: ip === undefined || textAt(item, "ipMode") === "Proxy" }];
	});
	return hosts.length > 0 ? hosts : [{ host: "loadBalancer", remote: false }];
}

function textAt(item: Node, name: string): string | undefined {
	const node = valueAt(item, name);
	return node?.kind === "scalar" && node.text !== "" ? node.text : undefined;
}

const ANNOTATION = "service.beta.kubernetes.io/load-balancer-source-ranges";

/** The CIDRs that may use the load balancer's address; empty for everybody, which `0.0.0.0/0` and `::/0` also mean. */
export function sourceRanges(service: Service): readonly string[] {
	const field = readItems(service.spec, "loadBalancerSourceRanges").flatMap(({ value }) => (value === undefined ? [] : [value.trim()]));
	const annotation = labelOf(service.metadata.annotations, ANNOTATION)?.value ?? "";
	const ranges = field.length > 0 ? field : annotation.split(",").map((range) => range.trim());
	const written = ranges.filter((range) => range !== "");
	return written.some((range) => /^(0\.0\.0\.0|::)\/0$/.test(range)) ? [] : written;
}
