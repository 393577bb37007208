import type { Links } from "../links/links.ts";
import { given } from "../model/field.ts";
import { isDns1123Label, isPort } from "../model/forms.ts";
import { isLabel } from "../model/labelEdits.ts";
import { nameOf, namespaceOf, sameNamespace } from "../model/object.ts";
import type { ContainerPort } from "../model/podTemplate.ts";
import { knownProtocol } from "../model/service.ts";
import type { Workload } from "../model/workload.ts";
import type { Edit } from "../text/source.ts";
import { asScalar, newlineOf, removeEntry } from "../yaml/edit.ts";
import { entryOf } from "../yaml/nodes.ts";
import { parseSource } from "../yaml/parse.ts";
import type { Fix } from "./rule.ts";

/** Takes host ports away and writes a NodePort Service for them behind the workload; nothing where one selects its Pods already. */
export function fixWithService(workload: Workload, ports: readonly { readonly port: ContainerPort }[], links: Links): readonly Fix[] {
	if (links.servicesOf(workload).some(({ type }) => type?.value === "NodePort" || type?.value === "LoadBalancer")) return [];
	const service = serviceText(
		workload,
		ports.map(({ port }) => port),
		links,
	);
	const write = service === undefined ? undefined : appendDocument(workload, service);
	const removals = ports.flatMap(({ port }) =>
		["hostPort", "hostIP"].flatMap((name): (Edit | undefined)[] => {
			const entry = entryOf(port.node, name);
			return entry ? [removeEntry(port.node, entry)] : [];
		}),
	);
	const edits = [...removals, write];
	if (!edits.every((edit) => edit !== undefined) || overlapping(edits)) return [];
	return [{ title: "Write a NodePort Service instead", safe: false, edits }];
}

/** Two entries of one map in flow style share a comma. */
function overlapping(edits: readonly Edit[]): boolean {
	const sorted = [...edits].sort((a, b) => a.start - b.start);
	return sorted.some((edit, index) => index > 0 && edit.start < (sorted[index - 1]?.end ?? 0));
}

function serviceText(workload: Workload, ports: readonly ContainerPort[], links: Links): readonly string[] | undefined {
	const labels = workload.template.labels;
	const own = workload.selector?.pairs.length ? workload.selector.pairs : (labels?.pairs ?? []);
	const name = freeName(workload, links);
	const entries = portLines(ports);
	if (name === undefined || !isDns1123Label(name) || entries === undefined) return undefined;
	if (own.length === 0 || !own.every(({ name: key, value }) => value !== undefined && isLabel({ name: key, value }))) return undefined;
	const namespace = workload.metadata.namespace;
	if (namespace && !isDns1123Label(namespaceOf(workload) ?? "")) return undefined;
	return [
		"apiVersion: v1",
		"kind: Service",
		"metadata:",
		`  name: ${asScalar(name)}`,
		...(namespace?.value === undefined ? [] : [`  namespace: ${asScalar(namespace.value)}`]),
		"spec:",
		"  type: NodePort",
		"  selector:",
		...own.map(({ name: key, value = "" }) => `    ${asScalar(key)}: ${asScalar(value)}`),
		"  ports:",
		...entries,
	];
}

/** A Service with several ports needs a name for each. */
function portLines(ports: readonly ContainerPort[]): readonly string[] | undefined {
	const lines = ports.map((port) => {
		const number = port.containerPort?.value;
		const protocol = knownProtocol(port);
		const name = ports.length === 1 ? undefined : (given(port.name) ?? `port-${number}`);
		if (number === undefined || !isPort(number) || protocol === undefined || (name !== undefined && !isPort(name))) return undefined;
		const fields = [
			...(name === undefined ? [] : [`name: ${asScalar(name)}`]),
			`port: ${number}`,
			...(protocol === "TCP" ? [] : [`protocol: ${protocol}`]),
		];
		return fields.map((field, index) => `    ${index === 0 ? "- " : "  "}${field}`);
	});
	const keys = ports.map((port) => `${port.containerPort?.value}/${knownProtocol(port)}`);
	if (new Set(keys).size < keys.length) return undefined;
	return lines.every((line) => line !== undefined) ? lines.flat() : undefined;
}

function freeName(workload: Workload, { services }: Links): string | undefined {
	const name = nameOf(workload);
	const taken = services.filter((service) => sameNamespace(service, workload) !== "no").map(nameOf);
	return name === undefined ? undefined : [name, `${name}-nodeport`].find((candidate) => !taken.includes(candidate));
}

/** A document behind the one that holds the workload; none where that holds more, is JSON, or has an end of its own. */
function appendDocument({ root, source }: Workload, lines: readonly string[]): Edit | undefined {
	if (root.flow || parseSource(source).root !== root || /^\.\.\.\s*$/m.test(source.text)) return undefined;
	const newline = newlineOf(root);
	const end = source.text.length;
	const open = source.text.endsWith("\n") ? "" : newline;
	return { source, start: end, end, text: `${open}---${newline}${lines.join(newline)}${newline}` };
}
