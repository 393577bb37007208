import { isUnreadable } from "../model/field.ts";
import { isWorkload, type Manifest, rootWith } from "../model/manifest.ts";
import { type KubeObject, namespaceOf, readObject, sameNamespace } from "../model/object.ts";
import type { Service } from "../model/service.ts";
import type { Workload } from "../model/workload.ts";
import { type Place, place, textAt } from "../text/source.ts";
import type { Index } from "../units/indexes.ts";
import { isLiteral } from "../yaml/literal.ts";
import { effectiveEntries, type Node, type ScalarNode, valueAt } from "../yaml/nodes.ts";

/** A DNS name in the configuration of a unit that may be a Service's: `web`, `web.shop`, `web.shop.svc.cluster.local`. */
export interface Mention {
	readonly name: string;
	/** The namespace in the name; `undefined` for that of the holder. */
	readonly namespace: string | undefined;
	/** The port behind it, and where its digits stand. */
	readonly port: { readonly number: number; readonly at: Place } | undefined;
	readonly at: Place;
	/** A URL with a scheme, or the whole value of a variable or argument. */
	readonly form: "url" | "value";
	/** The name of the variable whose value it is. */
	readonly variable: string | undefined;
	/** The workload whose variable or argument it is, or the ConfigMap. */
	readonly holder: KubeObject;
}

const cache = new WeakMap<Manifest, readonly Mention[]>();

/** What may name a Service in the variables and arguments of a document's workloads, and in its ConfigMaps. */
export function mentionsOf(manifest: Manifest): readonly Mention[] {
	let found = cache.get(manifest);
	if (!found) {
		const workloads = manifest.objects.filter(isWorkload).filter(({ metadata }) => !metadata.controlled);
		found = [...workloads.flatMap(mentionsBy), ...configMapsIn(manifest).flatMap(textsOfConfigMap).flatMap(mentionsAt)];
		cache.set(manifest, found);
	}
	return found;
}

/** What may name a Service in the variables and arguments of a workload. */
export function mentionsBy(workload: Workload): readonly Mention[] {
	return textsOfWorkload(workload).flatMap(mentionsAt);
}

/** What may name a Service in the ConfigMaps of a unit, by their names. */
export const IN_CONFIG_MAPS: Index<Mention> = {
	entries: ({ manifest }) =>
		(manifest ? mentionsOf(manifest) : [])
			.filter(({ holder }) => holder.kind === "ConfigMap")
			.map((mention) => [mention.holder.metadata.name?.value ?? "", mention] as const),
};

/** Whether a Service is named as a host: a word that happens to be its name is none. */
export function isHost({ form, port, variable = "" }: Mention): boolean {
	return form === "url" || port !== undefined || /(HOST(NAME)?|ADDR(ESS)?|SERVER|SERVICE|ENDPOINT|UR[LI])S?$/i.test(variable);
}

/** Whether a mention means a Service: the name, and a namespace that is certainly the Service's. */
export function means({ name, namespace, holder }: Mention, service: Service): boolean {
	if (service.metadata.name?.value !== name) return false;
	if (namespace === undefined) return sameNamespace(holder, service) === "yes";
	return !isUnreadable(service.metadata.namespace) && (namespaceOf(service) ?? "default") === namespace;
}

interface Text {
	readonly node: ScalarNode;
	readonly variable?: string | undefined;
	readonly holder: KubeObject;
}

function textsOfWorkload(workload: Workload): readonly Text[] {
	const { containers, initContainers } = workload.template;
	return [...initContainers, ...containers].flatMap(({ command, args, env }) => [
		...scalars([...command, ...args].map(({ node }) => node)).map((node) => ({ node, holder: workload })),
		...env.flatMap(({ name, value }) => scalars([value?.node]).map((node) => ({ node, variable: name?.value, holder: workload }))),
	]);
}

function textsOfConfigMap(object: KubeObject): readonly Text[] {
	const data = valueAt(object.root, "data");
	const values = data?.kind === "map" ? effectiveEntries(data).map(({ value }) => value) : [];
	return scalars(values).map((node) => ({ node, holder: object }));
}

function scalars(nodes: readonly (Node | undefined)[]): readonly ScalarNode[] {
	return nodes.filter((node) => node?.kind === "scalar");
}

/** ConfigMaps are read only for what they say. */
export function configMapsIn(manifest: Manifest): readonly KubeObject[] {
	const root = rootWith(manifest, /\bConfigMap\b/);
	const items = valueAt(root, "items");
	const roots = items?.kind === "seq" ? items.items : [root];
	const objects = roots.flatMap((node) => (node?.kind === "map" ? [readObject(node, false, manifest.owner)] : []));
	return objects.filter(({ kind }) => kind === "ConfigMap");
}

const HOST = "([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)";
/** What stands before the host, the host, and the port behind it. */
const URLS = new RegExp(`\\b([a-z][a-z0-9+.-]*://(?:[^\\s/@"'<>]*@)?)${HOST}(?::(\\d{1,5}))?(?![\\w.:@$%{-])`, "gi");
const VALUE = new RegExp(`^(["']?(?:--?[\\w.-]+=)?)${HOST}(?::(\\d{1,5}))?["']?$`, "i");

/** Looks at the characters as they are written, so that what is found has its place. */
function mentionsAt(text: Text): readonly Mention[] {
	const { node } = text;
	const written = isLiteral(node) ? textAt(node) : node.text;
	const urls = (written.includes("://") ? [...written.matchAll(URLS)] : [])
		.filter(({ index }) => node.style !== "block" || !isCommentedOut(written, index))
		.flatMap((match) => mention(text, match, "url"));
	const value = node.style === "block" ? null : VALUE.exec(written);
	return value ? [...urls, ...mention(text, value, "value")] : urls;
}

/** Whether a line of a configuration file begins like a comment. */
function isCommentedOut(text: string, offset: number): boolean {
	return /^\s*(#|;|\/\/)/.test(text.slice(text.lastIndexOf("\n", offset) + 1, offset));
}

function mention({ node, holder, variable }: Text, match: RegExpMatchArray, form: Mention["form"]): readonly Mention[] {
	const [, before = "", host = "", port] = match;
	const names = serviceName(host);
	if (!names) return [];
	const literal = isLiteral(node);
	const start = node.start + (match.index ?? 0) + before.length;
	const end = start + host.length;
	const at = (from: number, to: number): Place => (literal ? place(node.source, from, to) : node);
	const written = port === undefined ? undefined : { number: Number(port), at: at(end + 1, end + 1 + port.length) };
	return [{ name: names.name, namespace: names.namespace, at: at(start, end), port: written, form, variable, holder }];
}

/** `name`, `name.namespace`, `name.namespace.svc` and that with the cluster's domain behind it. */
function serviceName(host: string): Pick<Mention, "name" | "namespace"> | undefined {
	const [name, namespace, svc] = host.toLowerCase().split(".");
	return name && (svc === undefined || svc === "svc") ? { name, namespace } : undefined;
}
