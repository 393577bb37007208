import { textAt } from "../text/source.ts";
import { removeEntry } from "../yaml/edit.ts";
import { type Entry, entryOf, type MapNode, type Node } from "../yaml/nodes.ts";
import { rule } from "./rule.ts";

export const duplicateKey = rule({
	name: "duplicate-key",
	levels: ["warning"],
	auto: true,
	on: "Manifest",
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
	*check({ parsed, written: objects }) {
		if (!parsed?.root || parsed.duplicates.length === 0 || !objects.some(({ apiVersion }) => apiVersion !== "")) return;
		const holders = holdersOf(parsed.root, new Set(parsed.duplicates));
		for (const entry of new Set(parsed.duplicates)) {
			const map = holders.get(entry);
			const winner = entryOf(map, entry.name);
			// What a merge key brings is another matter: kubectl takes it for what it is.
			if (!map || !winner || winner.merged || winner === entry) continue;
			const name = textAt(entry.key);
			const edit = removeEntry(map, entry);
			yield {
				at: entry.key,
				message: `${name} stands twice in this map, and the last one wins`,
				related: [{ at: winner.key, message: `This ${textAt(winner.key)} wins` }],
				fixes: edit ? [{ title: `Remove this ${name}`, safe: false, edits: [edit] }] : [],
			};
		}
	},
});

/** The maps that hold some entries, found without recursion: documents may be nested deeply. */
function holdersOf(root: Node, wanted: ReadonlySet<Entry>): ReadonlyMap<Entry, MapNode> {
	const holders = new Map<Entry, MapNode>();
	const seen = new Set<Node>();
	const waiting: Node[] = [root];
	for (let node = waiting.pop(); node; node = waiting.pop()) {
		if (node.kind === "scalar" || seen.has(node)) continue;
		seen.add(node);
		if (node.kind === "seq") for (const item of node.items) waiting.push(item);
		else {
			for (const entry of node.entries) {
				if (wanted.has(entry)) holders.set(entry, node);
				waiting.push(entry.value);
			}
		}
	}
	return holders;
}
