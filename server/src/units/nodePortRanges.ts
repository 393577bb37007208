import type { PortRange, Settings } from "../settings/settings.ts";
import type { SourceFile } from "../text/file.ts";
import { differences } from "../text/sortedMap.ts";
import type { Place } from "../text/source.ts";
import { type Node, valueAt } from "../yaml/nodes.ts";
import { parseSource } from "../yaml/parse.ts";
import type { Folder } from "./folder.ts";

/** The ranges that files of a workspace start an API server with, by file. */
export type NodePortRanges = ReadonlyMap<string, PortRange>;

export const NO_RANGES: NodePortRanges = new Map();

const FLAG = "service-node-port-range";

/** The ranges after some folders changed; the same object where they did not. */
export function withRanges(before: NodePortRanges, changes: Iterable<readonly [Folder | undefined, Folder | undefined]>): NodePortRanges {
	const files = [...changes].flatMap(([old, now]) => differences(old?.files ?? NO_FILES, now?.files ?? NO_FILES));
	const concerned = files.filter(([old, now]) => old?.text.includes(FLAG) || now?.text.includes(FLAG));
	if (concerned.length === 0) return before;
	const ranges = new Map(before);
	for (const [old, now] of concerned) {
		if (old) ranges.delete(old.uri);
		const range = now && rangeIn(now);
		if (range) ranges.set(now.uri, range);
	}
	return ranges;
}

const NO_FILES: Folder["files"] = new Map();

const known = new WeakMap<NodePortRanges, WeakMap<Settings, Settings>>();

/** What holds where a user has set no range: the one that the files name; where they name several, all that any of them allows. */
export function withNodePortRange(settings: Settings, ranges: NodePortRanges): Settings {
	if (ranges.size === 0 || settings.cluster.nodePortRange.configured) return settings;
	const made = known.get(ranges) ?? new WeakMap<Settings, Settings>();
	known.set(ranges, made);
	let found = made.get(settings);
	if (!found) {
		found = { ...settings, cluster: { ...settings.cluster, nodePortRange: joined([...ranges.values()]) } };
		made.set(settings, found);
	}
	return found;
}

function joined(ranges: readonly PortRange[]): PortRange {
	const first = Math.min(...ranges.map((range) => range.first));
	const last = Math.max(...ranges.map((range) => range.last));
	return ranges.find((range) => range.first === first && range.last === last) ?? { first, last, configured: true };
}

/** The range that the API server of a kubeadm, kind, k3s or k3d configuration or of a static Pod is started with. */
function rangeIn(file: SourceFile): PortRange | undefined {
	for (const { source } of file.parts) {
		const root = source.text.includes(FLAG) ? parseSource(source).root : undefined;
		for (const { value, at } of root ? flagsIn(root) : []) {
			const range = readPortRange(value);
			if (range) return { ...range, said: at };
		}
	}
	return undefined;
}

interface Flag {
	readonly value: string;
	readonly at: Place;
}

function flagsIn(root: Node): readonly Flag[] {
	const kind = textOf(valueAt(root, "kind"));
	const group = textOf(valueAt(root, "apiVersion"))?.split("/")[0];
	if (kind === "ClusterConfiguration") return kubeadmFlags(root);
	if (group === "kind.x-k8s.io" && kind === "Cluster") return kindFlags(root);
	if (group === "k3d.io") return itemsOf(valueAt(root, "options", "k3s", "extraArgs")).flatMap((item) => argument(valueAt(item, "arg")));
	if (kind === "Pod") return apiServerFlags(root);
	return kind === undefined ? k3sFlags(root) : [];
}

/** A map of arguments until v1beta3, a list of names and values since. */
function kubeadmFlags(root: Node): readonly Flag[] {
	const args = valueAt(root, "apiServer", "extraArgs");
	const listed = itemsOf(args).filter((item) => textOf(valueAt(item, "name")) === FLAG);
	return [valueAt(args, FLAG), ...listed.map((item) => valueAt(item, "value"))].flatMap(whole);
}

/** Patches of kubeadm's configuration are texts, for the cluster and for each of its nodes. */
function kindFlags(root: Node): readonly Flag[] {
	const holders = [root, ...itemsOf(valueAt(root, "nodes"))];
	return holders.flatMap((holder) =>
		itemsOf(valueAt(holder, "kubeadmConfigPatches")).flatMap((patch) => {
			const inner = patch.kind === "scalar" ? parseSource({ uri: patch.source.uri, text: patch.text }).root : undefined;
			return (inner ? kubeadmFlags(inner) : []).map(({ value }) => ({ value, at: patch }));
		}),
	);
}

/** The keys of the file are the flags of `k3s server`, of which one passes others on. */
function k3sFlags(root: Node): readonly Flag[] {
	const passed = valueAt(root, "kube-apiserver-arg");
	return [...whole(valueAt(root, FLAG)), ...(passed?.kind === "seq" ? passed.items : [passed]).flatMap(argument)];
}

function apiServerFlags(root: Node): readonly Flag[] {
	return itemsOf(valueAt(root, "spec", "containers")).flatMap((container) => {
		const words = ["command", "args"].flatMap((name) => itemsOf(valueAt(container, name)));
		const program = words.map(textOf).find((word) => word !== undefined && !word.startsWith("-"));
		return program?.endsWith("kube-apiserver") ? words.flatMap(argument) : [];
	});
}

const ARGUMENT = new RegExp(`(?:^|[-=])${FLAG}=(\\S+)$`);

function argument(node: Node | undefined): readonly Flag[] {
	const [, value] = ARGUMENT.exec(textOf(node) ?? "") ?? [];
	return node && value !== undefined ? [{ value, at: node }] : [];
}

function whole(node: Node | undefined): readonly Flag[] {
	const value = textOf(node);
	return node && value !== undefined ? [{ value, at: node }] : [];
}

function textOf(node: Node | undefined): string | undefined {
	return node?.kind === "scalar" ? node.text : undefined;
}

function itemsOf(node: Node | undefined): readonly Node[] {
	return node?.kind === "seq" ? node.items : [];
}

/** `30000-32767`, `30000+2767` or one number. Source: PortRange.Set of k8s.io/apimachinery/pkg/util/net/port_range.go. */
function readPortRange(written: string): PortRange | undefined {
	const [, low = "", sign, high = low] = /^(\d{1,5})(?:([-+])(\d{1,5}))?$/.exec(written) ?? [];
	const first = Number(low);
	const last = sign === "+" ? first + Number(high) : Number(high);
	return low !== "" && first >= 1 && first <= last && last <= 65535 ? { first, last, configured: true } : undefined;
}
