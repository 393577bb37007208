import { isService, isWorkload } from "../model/manifest.ts";
import type { KubeObject } from "../model/object.ts";
import type { Workload } from "../model/workload.ts";
import { type Edit, textAt } from "../text/source.ts";
import { addEntry, removeEntry } from "../yaml/edit.ts";
import { type Entry, entryOf, type MapNode, type Node } from "../yaml/nodes.ts";
import type { Fix } from "./rule.ts";

/** Where a field belongs that stands in the wrong map, in words; and that map, where there is only one. */
export interface Home {
	readonly where: string;
	readonly target: MapNode | undefined;
}

const SPEC =
	/^(ports|selector|type|clusterIPs?|externalName|externalIPs|sessionAffinity|loadBalancer(IP|Class|SourceRanges)|externalTrafficPolicy|internalTrafficPolicy)$/;
const METADATA = /^(labels|annotations|namespace)$/;
const SERVICE_PORT = /^(port|targetPort|nodePort|protocol|appProtocol)$/;
const CONTAINER_PORT = /^(containerPort|hostPort)$/;
const PROBE = /^(initialDelay|timeout|period)Seconds$|^(success|failure)Threshold$/;
const HTTP_GET = /^(path|port|scheme|httpHeaders)$/;

/**
 * Where a name that is no field at this path belongs, as far as it is a known slip. `path` is that of the map in a Service or
 * a workload; `pod` and `container` stand for a Pod's spec and a container.
 */
export function homeOf(object: KubeObject, path: string, name: string): Home | undefined {
	if (isService(object)) return homeInService(object.root, path, name);
	if (!isWorkload(object)) return undefined;
	if (path === "pod" && name === "ports") return { where: "to a container", target: undefined };
	if (path === "pod" && CONTAINER_PORT.test(name)) return { where: "to a container", target: onlyPort(object) };
	if (path === "container" && CONTAINER_PORT.test(name)) return { where: "to an entry of ports", target: onlyPort(object) };
	if (path === "container" && name === "hostNetwork") return { where: "to the Pod, beside its containers", target: object.template.spec };
	if (/Probe$/.test(path) && HTTP_GET.test(name)) return { where: "to httpGet", target: undefined };
	return /Probe\.\w+$/.test(path) && PROBE.test(name) ? { where: "to the probe, a level up", target: undefined } : undefined;
}

function onlyPort({ template }: Workload): MapNode | undefined {
	const [port, other] = template.containers.flatMap(({ ports }) => ports);
	return other ? undefined : port?.node;
}

function homeInService(root: MapNode, path: string, name: string): Home | undefined {
	const spec = mapOf(entryOf(root, "spec")?.value);
	if ((path === "" || path.startsWith("spec.ports[")) && SPEC.test(name)) return { where: "to spec", target: spec };
	if ((path === "" || path === "spec") && METADATA.test(name))
		return { where: "to metadata", target: mapOf(entryOf(root, "metadata")?.value) };
	if (path.startsWith("spec.ports[") && CONTAINER_PORT.test(name)) return { where: "to a container", target: undefined };
	if (path !== "spec" || !SERVICE_PORT.test(name)) return undefined;
	const ports = entryOf(spec, "ports")?.value;
	return { where: "to an entry of ports", target: ports?.kind === "seq" && ports.items.length === 1 ? mapOf(ports.items[0]) : undefined };
}

function mapOf(node: Node | undefined): MapNode | undefined {
	return node?.kind === "map" ? node : undefined;
}

/** Only a value of one line, in the style of the map it goes to, and not over one that is there. */
export function moveTo(map: MapNode, entry: Entry, target: MapNode): readonly Fix[] {
	const { name, key, value } = entry;
	if (value.kind !== "scalar" || value.start < key.end || textAt(value).includes("\n") || entryOf(target, name)) return [];
	const taken = removeEntry(map, entry);
	const given = addEntry(target, name, textAt(value));
	return taken && given ? [{ title: `Move ${name} to where it belongs`, safe: false, edits: together(taken, given) }] : [];
}

/** What is written at the end of lines that are taken away takes their place. */
function together(taken: Edit, given: Edit): readonly Edit[] {
	if (given.start < taken.start || given.start > taken.end) return [taken, given];
	const lost = taken.source.text.slice(taken.start, taken.end);
	return [{ ...taken, text: given.text.replace(/^(\r\n|\n|\r)/, "") + (/(\r\n|\n|\r)$/.exec(lost)?.[0] ?? "") }];
}
