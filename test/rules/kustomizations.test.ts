import { duplicateKey } from "../../server/src/rules/duplicate-key.ts";
import { invalidKustomization } from "../../server/src/rules/invalid-kustomization.ts";
import { invalidYaml } from "../../server/src/rules/invalid-yaml.ts";
import { kustomizationResourceNotFound } from "../../server/src/rules/kustomization-resource-not-found.ts";
import { patchWithoutTarget } from "../../server/src/rules/patch-without-target.ts";
import { portPatchAdds } from "../../server/src/rules/port-patch-adds.ts";
import { portPatchLost } from "../../server/src/rules/port-patch-lost.ts";
import { workloadWithoutSelector } from "../../server/src/rules/workload-without-selector.ts";
import { check } from "../support/carets.ts";

const SERVICE = `apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector: { app: web }
  ports: [{ port: 80 }]
`;

check(
	kustomizationResourceNotFound,
	"a base that is not there, near one that is",
	`
#- prod/kustomization.yaml
resources: [../bsae]
#           ^^^^^^^ ../bsae is not there; did you mean ../base?
#- base/kustomization.yaml
resources: [service.yaml]
#- base/service.yaml
${SERVICE}`,
	{ fix: { title: "Write ../base", gives: "#- prod/kustomization.yaml\nresources: [../base]" } },
);

check(
	kustomizationResourceNotFound,
	"a patch, a generator's file and a component",
	`
#- kustomization.yaml
resources: [service.yaml]
components: [parts]
#            ^^^^^ parts is not there
patches: [{ path: patch.yaml }]
#                 ^^^^^^^^^^ patch.yaml is not there
configMapGenerator: [{ name: x, files: [app.conf] }]
#                                       ^^^^^^^^ app.conf is not there
#- service.yaml
${SERVICE}`,
);

check(
	kustomizationResourceNotFound,
	"what is remote is not looked for",
	`
#- kustomization.yaml
resources: [service.yaml, https://example.org/x.yaml, "github.com/example/repo//base?ref=v1"]
#- service.yaml
${SERVICE}`,
);

check(
	kustomizationResourceNotFound,
	"in a base that three overlays use it is said once",
	`
#- a/kustomization.yaml
resources: [../base]
#- b/kustomization.yaml
resources: [../base]
#- c/kustomization.yaml
resources: [../base]
#- base/kustomization.yaml
resources: [service.yaml, gone.yaml]
#                         ^^^^^^^^^ gone.yaml is not there
#- base/service.yaml
${SERVICE}`,
);

check(
	kustomizationResourceNotFound,
	"a comment silences it",
	`
#- kustomization.yaml
resources:
  - service.yaml
  - gone.yaml # portolan-ignore: kustomization-resource-not-found
#- service.yaml
${SERVICE}`,
);

check(
	invalidKustomization,
	"one object from two files, and a component among the resources",
	`
#- kustomization.yaml
resources: [service.yaml, again.yaml, part]
#                         ^^^^^^^^^^ Service web is there twice
#                                     ^^^^ part is a component, which belongs below components
#- service.yaml
${SERVICE}#- again.yaml
${SERVICE}#- part/kustomization.yaml
kind: Component
`,
	{ only: true },
);

check(
	invalidKustomization,
	"bases that refer to each other in a circle",
	`
#- a/kustomization.yaml
resources: [../b, service.yaml]
#- a/service.yaml
${SERVICE}#- b/kustomization.yaml
resources: [../a]
#           ^^^^ This leads back to where it comes from: a -> b -> a
`,
	{ only: true },
);

check(
	invalidKustomization,
	"a file of that name may hold an object of Flux",
	`
#- kustomization.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: web }
spec: { path: ./web, interval: 5m, prune: true }
#- service.yaml
${SERVICE}`,
);

check(
	invalidYaml,
	"of what stands at the error in a rendered file nothing else is said",
	`
#- base/kustomization.yaml
resources: [workload.yaml]
#- prod/kustomization.yaml
resources: [../base]
#- base/workload.yaml
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 2
  selector:
    matchLabel
#   ^^^^^^^^^^ error: "matchLabel" has no colon behind its key
      app: web
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: a, image: a }] } }
`,
	{ only: true },
);

check(
	workloadWithoutSelector,
	"nor by another rule",
	`
#- base/kustomization.yaml
resources: [workload.yaml]
#- base/workload.yaml
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 2
  selector:
    matchLabel
      app: web
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: a, image: a }] } }
`,
	{ only: true },
);

check(
	patchWithoutTarget,
	"a JSON path that leads nowhere",
	`
#- kustomization.yaml
resources: [service.yaml]
patches:
  - target: { kind: Service }
    patch: |-
      - op: replace
        path: /spec/prots/0/port
#             ^^^^^^^^^^^^^^^^^^ error: The path /spec/prots/0/port leads nowhere: spec has no prots; did you mean /spec/ports/0/port?
        value: 8080
#- service.yaml
${SERVICE}`,
	{
		fix: {
			title: "Write /spec/ports/0/port",
			gives:
				"#- kustomization.yaml\nresources: [service.yaml]\npatches:\n  - target: { kind: Service }\n    patch: |-\n      - op: replace\n        path: /spec/ports/0/port\n        value: 8080",
		},
	},
);

check(
	patchWithoutTarget,
	"a target that matches nothing is passed over in silence",
	`
#- kustomization.yaml
resources: [service.yaml]
patches:
  - target: { kind: "Serivce" }
#                   ^^^^^^^^^ warning: This target matches no object: there is no Serivce; did you mean Service?
    patch: |-
      - op: remove
        path: /spec/ports
#- service.yaml
${SERVICE}`,
	{
		fix: {
			title: "Write Service",
			gives:
				'#- kustomization.yaml\nresources: [service.yaml]\npatches:\n  - target: { kind: "Service" }\n    patch: |-\n      - op: remove\n        path: /spec/ports',
		},
	},
);

check(
	patchWithoutTarget,
	"the part of a target that is wrong",
	`
#- kustomization.yaml
resources: [service.yaml]
patches:
  - target: { kind: Service, name: "wbe" }
#                                  ^^^^^ warning: This target matches no object: no Service is called wbe; did you mean web?
    patch: '[{ "op": "remove", "path": "/spec/type" }]'
  - target: { kind: Service, labelSelector: tier=front }
#                                           ^^^^^^^^^^ warning: This target matches no object: no Service has the labels tier=front
    patch: '[{ "op": "remove", "path": "/spec/type" }]'
  - target: { kind: Service, name: web, annotationSelector: public }
#                                                           ^^^^^^ warning: This target matches no object: no Service web has the annotations public
    patch: '[{ "op": "remove", "path": "/spec/type" }]'
  - target: { kind: Service, name: web, namespace: shop }
#                                                  ^^^^ warning: This target matches no object: no Service web is in namespace shop
    patch: '[{ "op": "remove", "path": "/spec/type" }]'
  - target: { group: apps, kind: Service }
#                    ^^^^ warning: This target matches no object: no Service is of the group apps
    patch: '[{ "op": "remove", "path": "/spec/type" }]'
  - target: { version: v2, kind: Service, name: web }
#                      ^^ warning: This target matches no object: no Service web is of the version v2; did you mean v1?
    patch: '[{ "op": "remove", "path": "/spec/type" }]'
  - target: { kind: Deployment, name: web }
#                   ^^^^^^^^^^ warning: This target matches no object: there is no Deployment web
    patch: '[{ "op": "remove", "path": "/spec/type" }]'
  - target: { kind: Deployment, name: api }
#                   ^^^^^^^^^^ warning: This target matches no object: there is no Deployment api
    patch: '[{ "op": "remove", "path": "/spec/type" }]'
#- service.yaml
${SERVICE}`,
);

check(
	patchWithoutTarget,
	"a patch for another version, another kind or another namespace",
	`
#- kustomization.yaml
resources: [web.yaml]
patches: [{ path: version.yaml }, { path: kind.yaml }, { path: namespace.yaml }, { path: other.yaml }]
#- version.yaml
apiVersion: extensions/v1beta1
#           ^^^^^^^^^^^^^^^^^^ error: There is no Deployment web of extensions/v1beta1 to patch: it is of apps/v1
kind: Deployment
metadata: { name: web }
#- kind.yaml
apiVersion: apps/v1
kind: StatefulSet
#     ^^^^^^^^^^^ error: There is no StatefulSet web to patch: web is a Deployment
metadata: { name: web }
#- namespace.yaml
apiVersion: v1
kind: ConfigMap
metadata: { name: settings }
#                 ^^^^^^^^ error: There is no ConfigMap settings without a namespace to patch: it is in namespace shop
#- other.yaml
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: prod }
#                                      ^^^^ error: There is no ConfigMap settings in namespace prod to patch: it is in namespace shop
#- web.yaml
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec: { selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: web }] } } }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: shop }
`,
	{ fix: { title: "Write apps/v1", gives: "#- version.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }" } },
);

check(
	invalidKustomization,
	"a field that is misspelt, and one whose right name stands there already",
	`
#- kustomization.yaml
  resourcs: [more.yaml]
# ^^^^^^^^ A kustomization has no field resourcs
  resources: [service.yaml]
  namepreffix: x-
# ^^^^^^^^^^^ A kustomization has no field namepreffix; did you mean namePrefix?
#- more.yaml
kind: X
#- service.yaml
${SERVICE}`,
	{ only: true },
);

check(
	duplicateKey,
	"a key of a kustomization, of which kustomize takes the last one",
	`
#- kustomization.yaml
  resources: [more.yaml]
# ^^^^^^^^^ resources stands twice in this map, and the last one wins
  resources: [service.yaml]
#- service.yaml
${SERVICE}`,
);

check(
	patchWithoutTarget,
	"a target of a component that matches something in one of its roots",
	`
#- a/kustomization.yaml
resources: [../base]
components: [../part]
#- b/kustomization.yaml
resources: [config.yaml]
components: [../part]
#- b/config.yaml
apiVersion: v1
kind: ConfigMap
metadata: { name: x }
#- part/kustomization.yaml
kind: Component
patches:
  - { target: { kind: Service }, patch: "[]" }
#- base/kustomization.yaml
resources: [service.yaml]
#- base/service.yaml
${SERVICE}`,
);

check(
	patchWithoutTarget,
	"silent where the object may be in what is not read",
	`
#- kustomization.yaml
resources: [service.yaml, https://example.org/x.yaml]
patches:
  - { target: { kind: Deployment }, patch: "[]" }
  - patch: |-
      apiVersion: v1
      kind: Service
      metadata: { name: other }
      spec: { type: NodePort }
#- service.yaml
${SERVICE}`,
);

check(
	patchWithoutTarget,
	"a component changes whatever is there of a kind, and a named thing only if it is there",
	`
#- kustomization.yaml
resources: [service.yaml]
components: [part]
#- part/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
patches:
  - target: { kind: Deployment }
    patch: '[{ "op": "remove", "path": "/spec/replicas" }]'
  - target: { kind: Service, name: wbe }
#                                  ^^^ warning: This target matches no object: no Service is called wbe; did you mean web?
    patch: '[{ "op": "remove", "path": "/spec/type" }]'
#- service.yaml
${SERVICE}`,
);

check(
	patchWithoutTarget,
	"an empty file will be written before it is deployed",
	`
#- kustomization.yaml
resources: [generated.yaml, service.yaml]
patches:
  - target: { kind: Deployment }
    patch: '[{ "op": "remove", "path": "/spec/replicas" }]'
#- generated.yaml
# This file is generated.
#- service.yaml
${SERVICE}`,
);

check(
	portPatchLost,
	"a protocol that only the patch writes",
	`
#- kustomization.yaml
resources: [service.yaml]
patches: [{ path: patch.yaml }]
#- patch.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports:
    - port: 80
#           ^^ This entry for port 80 changes nothing, because protocol is written on one side only
      protocol: TCP
      targetPort: 8080
#- service.yaml
${SERVICE}`,
	{
		fix: {
			title: "Remove protocol, which the other side leaves out",
			gives:
				"#- patch.yaml\napiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n  ports:\n    - port: 80\n      targetPort: 8080",
		},
	},
);

check(
	portPatchLost,
	"silent where both sides write the same, or neither anything",
	`
#- kustomization.yaml
resources: [service.yaml]
patches: [{ path: patch.yaml }]
#- patch.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { ports: [{ port: 80, targetPort: 8080 }] }
#- service.yaml
${SERVICE}`,
);

check(
	portPatchAdds,
	"silent where the new port has a name that is no other's",
	`
#- kustomization.yaml
resources: [service.yaml]
patches: [{ path: patch.yaml }]
#- patch.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { ports: [{ port: 9090, name: metrics }] }
#- service.yaml
${SERVICE.replace("port: 80", "port: 80, name: http")}`,
);

check(
	invalidYaml,
	"a kustomization with a list that is not closed, said once",
	`
#- kustomization.yaml
resources: [service.yaml
#          ^^^^^^^^^^^^^ This [ has no closing ]
namePrefix: x-
#- service.yaml
${SERVICE}`,
);

check(
	invalidYaml,
	"a base with a map that is not closed, which two overlays use",
	`
#- base/kustomization.yaml
resources: {service.yaml
#          ^^^^^^^^^^^^^ This { has no closing }
#- base/service.yaml
${SERVICE}#- a/kustomization.yaml
resources: [../base]
#- b/kustomization.yaml
resources: [../base]
`,
);

check(
	invalidKustomization,
	"a kustomization that another tool fills in",
	`
#- kustomization.yaml
resources: [service.yaml]
namePrefix: {{ prefix }}-
#- service.yaml
${SERVICE}`,
);

check(
	invalidKustomization,
	"a patch that is no YAML, at its error",
	`
#- kustomization.yaml
resources: [service.yaml]
patches: [{ path: patch.yaml }]
#- patch.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
spec: {ports: [
#             ^ This [ has no closing ]
#- service.yaml
${SERVICE}`,
);

check(
	invalidKustomization,
	"an item without characters is spoken of at the key of its list",
	`
#- kustomization.yaml
 resources: [service.yaml]
 patches:
#^^^^^^^ error: A patch needs a path or a patch
 -
#- service.yaml
${SERVICE}`,
);
