import { isJson } from "../model/fieldEdits.ts";
import type { PortPatch } from "../units/kustomize/problem.ts";
import { addItem } from "../yaml/edit.ts";
import { entryOf, type MapNode } from "../yaml/nodes.ts";
import { type Fix, rule } from "./rule.ts";

export const portPatchAdds = rule({
	name: "port-patch-adds",
	levels: ["information"],
	on: "Problem",
	summary: "A patch with another port number, which adds an entry and leaves the old one.",
	why: "Ports are told apart by their numbers: a patch with a new number changes no entry, it adds a second one beside those that are there.",
	source: "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/",
	bad: `
#- kustomization.yaml
resources:
  - deployment.yaml
patches:
  - path: patch.yaml
#- patch.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
        - name: app
          ports:
            - containerPort: 8080
#- deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: app
          image: registry.example.com/web:1
          ports:
            - containerPort: 80
`,
	good: `
#- kustomization.yaml
resources:
  - deployment.yaml
patches:
  - path: patch.yaml
#- patch.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
        - name: app
          ports:
            - containerPort: 8080
            - $patch: delete
              containerPort: 80
#- deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: app
          image: registry.example.com/web:1
          ports:
            - containerPort: 80
`,
	*check({ problem, at }) {
		const { kind, message, ports } = problem;
		if (kind !== "added-port" || !ports || isOther(ports)) return;
		const related = ports.there.map((item) => ({ at: entryOf(item, ports.key)?.value ?? item, message: "This entry stays" }));
		yield { at, message, related, fixes: fixOf(ports) };
	},
});

/** A name that none of those has which are there: it is meant to be another one. */
function isOther({ item, there }: PortPatch): boolean {
	const name = textOf(item, "name");
	return name !== "" && there.every((old) => textOf(old, "name") !== "" && textOf(old, "name") !== name);
}

/** With one old entry alone it is known which one the new one takes the place of. */
function fixOf({ there, list, key }: PortPatch): readonly Fix[] {
	const [old, second] = there;
	if (!old || second || !list) return [];
	const fields = ["$patch: delete", ...[key, "protocol"].flatMap((name) => written(old, name))];
	const text = list.flow ? `{ ${fields.join(", ")} }` : fields.join("\n");
	const edit = isJson(list.items[0]) ? undefined : addItem(list, text);
	return edit ? [{ title: `Delete port ${textOf(old, key)}`, safe: false, edits: [edit] }] : [];
}

function written(item: MapNode, name: string): readonly string[] {
	const text = textOf(item, name);
	return text === "" ? [] : [`${name}: ${text}`];
}

function textOf(item: MapNode, name: string): string {
	const value = entryOf(item, name)?.value;
	return value?.kind === "scalar" && value.value !== null ? value.text : "";
}
