import { setField } from "../model/fieldEdits.ts";
import type { PortPatch } from "../units/kustomize/problem.ts";
import { removeEntry } from "../yaml/edit.ts";
import { entryOf, type MapNode } from "../yaml/nodes.ts";
import { type Fix, rule } from "./rule.ts";

export const portPatchLost = rule({
	name: "port-patch-lost",
	levels: ["warning"],
	on: "Problem",
	summary: "A patch of a port that changes nothing, because protocol is written on one side only.",
	why: "For kustomize, ports differ by their number and by their protocol as it is written, without the default of Kubernetes. An entry that meets none is lost, and nobody says so.",
	source: "https://github.com/kubernetes-sigs/kustomize/issues/3620",
	bad: `
#- kustomization.yaml
resources:
  - service.yaml
patches:
  - path: patch.yaml
#- patch.yaml
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
    - port: 80
      targetPort: 8080
#- service.yaml
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
`,
	good: `
#- kustomization.yaml
resources:
  - service.yaml
patches:
  - path: patch.yaml
#- patch.yaml
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
    - port: 80
      targetPort: 8080
      protocol: TCP
#- service.yaml
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
`,
	*check({ problem, at }) {
		const { kind, message, ports } = problem;
		if (kind !== "lost-port" || !ports) return;
		const related = ports.there.map((item) => ({
			at: entryOf(item, ports.key)?.value ?? item,
			message: "The entry that it does not meet",
		}));
		yield { at, message, related, fixes: fixOf(ports) };
	},
});

/** Only where the two mean the same port, and only in the patch. */
function fixOf({ item, there }: PortPatch): readonly Fix[] {
	const [base, second] = there;
	if (!base || second) return [];
	const [own, other] = [protocolOf(item), protocolOf(base)];
	const entry = entryOf(item, "protocol");
	if (own === undefined && other !== undefined) {
		const edit = setField(item, "protocol", undefined, other);
		return edit ? [{ title: `Write protocol ${other}`, safe: false, edits: [edit] }] : [];
	}
	const edit = entry && own === "TCP" && other === undefined ? removeEntry(item, entry) : undefined;
	return edit ? [{ title: "Remove protocol, which the other side leaves out", safe: false, edits: [edit] }] : [];
}

function protocolOf(item: MapNode): string | undefined {
	const value = entryOf(item, "protocol")?.value;
	return value?.kind === "scalar" && value.value !== null ? value.text : undefined;
}
