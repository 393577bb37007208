import { type Place, place } from "../../server/src/text/source.ts";
import { type Entry, entryOf, type MapNode, type Node } from "../../server/src/yaml/nodes.ts";

/**
 * Where a finding about a field may stand: anywhere from its key to the end of its value. One that is not written is reported on the key of
 * the innermost map of its path that is, in an item of a list on its first key; for the document itself that is anywhere in it.
 */
export function placeOfField(root: MapNode, field: string): Place {
	let at: At = { node: root, place: root, own: root };
	for (const step of stepsOf(field)) {
		const next = stepInto(at, step);
		if (next === undefined) return at.own;
		at = next;
	}
	return at.place;
}

interface At {
	readonly node: Node;
	/** The characters of the field as a whole. */
	readonly place: Place;
	/** Where something is reported that it lacks. */
	readonly own: Place;
}

/** `metadata.annotations[a.b/c]` and `spec.ports[0].name` as names and indices. */
function stepsOf(field: string): readonly string[] {
	return [...field.matchAll(/\.?([A-Za-z]+)|\[([^\]]+)\]/g)].map(([, name, index]) => name ?? index ?? "");
}

function stepInto({ node, place: around }: At, step: string): At | undefined {
	if (node.kind === "seq") {
		const item = node.items[Number(step)];
		const first = item?.kind === "map" ? item.entries[0]?.key : undefined;
		return item && { node: item, place: item, own: first ?? item };
	}
	const entry = entryOf(node, step) ?? entryOf(node, OTHER_NAMES[step] ?? "");
	// clusterIPs[0] is clusterIP where only that is written.
	if (!entry) return node.kind === "scalar" && step === "0" ? { node, place: around, own: around } : undefined;
	return { node: entry.value, place: whole(entry), own: entry.key };
}

/** Where Kubernetes takes a field that is not written from another one, or spells it in another way. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
	clusterIPs: "clusterIP",
	hostPort: "containerPort",
	LoadBalancerSourceRanges: "loadBalancerSourceRanges",
};

function whole({ key, value }: Entry): Place {
	return place(key.source, Math.min(key.start, value.start), Math.max(key.end, value.end));
}
