import { isRendered } from "../model/object.ts";
import { type Edit, textAt } from "../text/source.ts";
import { newlineOf, removeEntry, startOfLine } from "../yaml/edit.ts";
import { areDistinct, type Entry, type MapNode, type Node } from "../yaml/nodes.ts";
import { type Report, rule } from "./rule.ts";

export const duplicateKey = rule({
	name: "duplicate-key",
	levels: ["warning"],
	auto: true,
	on: "Text",
	summary: "A key that stands twice in one map.",
	why: "Through kubectl the last one wins without a word; a server that validates strictly refuses the raw text.",
	source: "https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation",
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
      protocol: TCP
      targetPort: 8081
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
      protocol: TCP
      targetPort: 8081
`,
	*check(text) {
		if ("kustomization" in text) {
			const { root } = text.kustomization;
			if (root) for (const each of overridden(root)) yield reportOf(each, removeEntry(each.map, each.entry));
			return;
		}
		const { owner, parsed, objects, written } = text;
		const printed = isRendered(owner) && owner.printed?.hasDuplicates ? owner.root : undefined;
		const root = parsed && parsed.duplicates.length > 0 ? parsed.root : printed;
		if (!root || ![...written, ...objects].some(({ apiVersion }) => apiVersion !== "")) return;
		const [deployed] = objects;
		const second = secondObjects(root);
		if (!parsed?.broken)
			for (const key of second) yield { ...joined(key, parsed !== undefined), ...(printed && deployed && { object: deployed }) };
		for (const each of overridden(root)) {
			const { map, entry } = each;
			if (map === root && second.length > 0) continue;
			// Of what a template prints in several lines nobody knows which ones make an entry.
			const edit = printed && entry.value.kind !== "scalar" ? undefined : removeEntry(map, entry);
			yield { ...reportOf(each, edit), ...(printed && deployed && { object: deployed }) };
		}
	},
});

/**
 * Where an object begins in the map of the one above it: at what stands there first of each further `apiVersion` and `kind`. In a
 * document that cannot be read the separator may be what is wrong, and is said there.
 */
function secondObjects(root: Node): readonly Node[] {
	if (root.kind !== "map" || root.flow) return [];
	const [versions = [], kinds = []] = ["apiVersion", "kind"].map((name) =>
		root.entries.flatMap((entry, at) => (entry.name === name && !entry.merged ? [at] : [])),
	);
	return versions.slice(1).flatMap((at, index) => {
		const kind = kinds[index + 1];
		return kind === undefined ? [] : (root.entries[Math.min(at, kind)]?.key ?? []);
	});
}

function joined(key: Node, isWritten: boolean): Report {
	const { source, start } = key;
	const at = startOfLine(source.text, start);
	const edits = [{ source, start: at, end: at, text: `---${newlineOf(key)}` }];
	return {
		at: key,
		message: "Another object begins here without --- above it, so that only the last one is created",
		fixes: isWritten && at === start ? [{ title: "Write --- above it", safe: false, edits }] : [],
	};
}

function reportOf({ entry, winner }: Overridden, edit: Edit | undefined): Report {
	const name = nameIn(entry);
	return {
		at: entry.key,
		message: `${name} stands twice in this map, and the last one wins`,
		related: [{ at: winner.key, message: `This ${nameIn(winner)} wins` }],
		fixes: edit ? [{ title: `Remove this ${name}`, safe: false, edits: [edit] }] : [],
	};
}

/** An entry that a later one of its map overrides. */
interface Overridden {
	readonly map: MapNode;
	readonly entry: Entry;
	readonly winner: Entry;
}

/** All of them, found without recursion: documents may be nested deeply. What a merge key brings is another matter: kubectl takes it for what it is. */
function* overridden(root: Node): Iterable<Overridden> {
	const seen = new Set<Node>();
	const waiting: Node[] = [root];
	for (let node = waiting.pop(); node; node = waiting.pop()) {
		if (node.kind === "scalar" || seen.has(node)) continue;
		seen.add(node);
		if (node.kind === "seq") for (const item of node.items) waiting.push(item);
		else {
			for (const entry of node.entries) waiting.push(entry.value);
			if (!areDistinct(node.entries)) yield* overriddenIn(node);
		}
	}
}

function* overriddenIn(map: MapNode): Iterable<Overridden> {
	const winners = new Map(map.entries.map((entry) => [entry.name, entry]));
	for (const entry of map.entries) {
		const winner = winners.get(entry.name);
		if (winner && winner !== entry && !entry.merged && !winner.merged) yield { map, entry, winner };
	}
}

/** As it is written; as it is read where it came through something. */
function nameIn({ key, name }: Entry): string {
	return key.via ? name : textAt(key);
}
