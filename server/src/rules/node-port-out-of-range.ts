import { type NodePortUse, nodePortUses } from "../links/nodePorts.ts";
import { isWithin } from "../model/fieldEdits.ts";
import { textAt } from "../text/source.ts";
import { baseName } from "../units/folder.ts";
import { removeEntry } from "../yaml/edit.ts";
import { entryOf } from "../yaml/nodes.ts";
import { nextFree } from "./nextFree.ts";
import { type Fix, rule } from "./rule.ts";

export const nodePortOutOfRange = rule({
	name: "node-port-out-of-range",
	levels: ["error"],
	on: "Service",
	summary: "A node port that is outside the range of the cluster.",
	why: "Kubernetes refuses the Service: node ports come from one range, 30000-32767 unless the API server is started with another: `cluster.nodePortRange` says so, or a kubeadm, kind, k3s or k3d configuration or a static Pod of the workspace.",
	source: "https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
  selector:
    app: web
  ports:
    - port: 80
      nodePort: 8080
`,
	good: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
  selector:
    app: web
  ports:
    - port: 80
      nodePort: 30000
`,
	*check(service, context) {
		const { first, last, configured, said } = context.settings.cluster.nodePortRange;
		const whose = said ? `range in ${baseName(said.source.uri)}` : `${configured ? "configured" : "default"} range`;
		for (const use of nodePortUses(service)) {
			if (use.number >= first && use.number <= last) continue;
			const written = textAt(use.field.node);
			const number = written === String(use.number) ? written : `${use.number} (written ${written})`;
			yield {
				at: use.field.node,
				message: `${use.name} ${number} is outside ${first}-${last}, the ${whose}`,
				kubernetes: "refuses",
				...(said && { related: [{ at: said, message: `The API server takes node ports from ${first}-${last}` }] }),
				fixes: [...nextFree(use, context), ...leaveOut(use), ...(said ? [] : widen(use.number, first, last))],
			};
		}
	},
});

function leaveOut({ field, parent, name }: NodePortUse): readonly Fix[] {
	const entry = entryOf(parent, name);
	const edit = entry && !entry.merged && isWithin(field.node, parent) ? removeEntry(parent, entry) : undefined;
	return edit ? [{ title: `Leave ${name} out`, safe: false, edits: [edit] }] : [];
}

/** The range of the API server may be another than it is taken for. */
function widen(number: number, first: number, last: number): readonly Fix[] {
	if (number < 1 || number > 65535) return [];
	const range = `${Math.min(number, first)}-${Math.max(number, last)}`;
	const setting = { section: "cluster", key: "nodePortRange", value: range } as const;
	return [{ title: `Set cluster.nodePortRange to ${range} in .portolan.yaml`, safe: false, edits: [], setting }];
}
