import { hovers } from "./expectHover.ts";

const FILES = `#- prod/kustomization.yaml
resources: [../base, extra.yaml]
components: [../debug]
namespace: shop
namePrefix: prod-
commonAnnotations: { team: shop }
images: [{ name: nginx, newTag: "2" }, { name: redis, newTag: "7" }]
replicas: [{ name: web, count: 5 }]
configMapGenerator: [{ name: settings, literals: [LEVEL=debug, MODE=fast] }]
patches:
  - path: ports.yaml
    target: { kind: Service, name: web }
  - target: { kind: Deployment }
    patch: |-
      - op: add
        path: /spec/paused
        value: true
  - path: history.yaml
#- prod/history.yaml
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec: { revisionHistoryLimit: 2 }
#- prod/extra.yaml
apiVersion: v1
kind: ServiceAccount
metadata: { name: web }
#- prod/ports.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { type: NodePort, externalTrafficPolicy: Local }
#- debug/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
patches: [{ target: { kind: Deployment }, patch: '[{ "op": "add", "path": "/spec/minReadySeconds", "value": 9 }]' }]
#- base/kustomization.yaml
resources: [web.yaml]
#- base/web.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { type: LoadBalancer, selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  revisionHistoryLimit: 10
  replicas: 1
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "nginx:1", envFrom: [{ configMapRef: { name: settings } }] }] }
`;

hovers("a base has the objects that it brings, as they are deployed", FILES, {
	on: "prod/kustomization.yaml: [|../base",
	says: `
**../base** · 2 objects

| Kind | Name |
|---|---|
| Service | shop/prod-web |
| Deployment | shop/prod-web |`,
});
hovers("a component has what it changes", FILES, {
	on: "prod/kustomization.yaml: [|../debug",
	says: `
**../debug** sets 1 value of Deployment prod-web

| Value | From | To | By |
|---|---|---|---|
| \`spec.minReadySeconds\` | absent | \`9\` | \`/ws/debug/kustomization.yaml:3\` |`,
});
hovers("a prefix has the names that it makes, and the references that follow", FILES, {
	on: "prod/kustomization.yaml: namePrefix: |prod-",
	says: `
**namePrefix** changes 5 values of 4 objects

| Object | Value | From | To |
|---|---|---|---|
| ServiceAccount prod-web | \`metadata.name\` | \`web\` | \`prod-web\` |
| ConfigMap prod-settings-7f672k8fh9 | \`metadata.name\` | \`settings\` | \`prod-settings-7f672k8fh9\` |
| Service prod-web | \`metadata.name\` | \`web\` | \`prod-web\` |
| Deployment prod-web | \`metadata.name\` | \`web\` | \`prod-web\` |
| Deployment prod-web | \`spec.template.spec.containers[web].envFrom[0].configMapRef.name\` | \`settings\` | \`prod-settings-7f672k8fh9\` |`,
});
hovers("an image has the containers that it changes", FILES, {
	on: "prod/kustomization.yaml: name: |nginx",
	says: `
Image **nginx** changes 1 value of Deployment prod-web

| Value | From | To |
|---|---|---|
| \`spec.template.spec.containers[web].image\` | \`nginx:1\` | \`nginx:2\` |`,
});
hovers("an image that is nowhere changes nothing", FILES, {
	on: "prod/kustomization.yaml: name: |redis",
	says: `
Image **redis** changes nothing that is deployed`,
});
hovers("replicas have what they were before", FILES, {
	on: "prod/kustomization.yaml: count: |5",
	says: `
The count for **web** changes 1 value of Deployment prod-web

| Value | From | To |
|---|---|---|
| \`spec.replicas\` | \`1\` | \`5\` |`,
});
hovers("a generator has what it makes, and who uses it", FILES, {
	on: "prod/kustomization.yaml: literals: [|LEVEL=debug",
	says: `
**ConfigMap** shop/prod-settings-7f672k8fh9 · 2 keys

| Key | Value |
|---|---|
| \`LEVEL\` | \`debug\` |
| \`MODE\` | \`fast\` |

Used by Deployment prod-web.`,
});
hovers("a patch has what it changes", FILES, {
	on: "prod/kustomization.yaml: path: |ports.yaml",
	says: `
**ports.yaml** changes 2 values of Service prod-web

| Value | From | To | By |
|---|---|---|---|
| \`spec.type\` | \`LoadBalancer\` | \`NodePort\` | \`ports.yaml:4\` |
| \`spec.externalTrafficPolicy\` | absent | \`Local\` | \`ports.yaml:4\` |`,
});
hovers("so has its target", FILES, {
	on: "prod/kustomization.yaml: kind: |Deployment",
	says: `
This patch sets 1 value of Deployment prod-web

| Value | From | To | By |
|---|---|---|---|
| \`spec.paused\` | absent | \`true\` | \`kustomization.yaml:16\` |`,
});
hovers("a value of a patch has what it overrides", FILES, {
	on: "prod/history.yaml: spec: { |revisionHistoryLimit",
	says: `
**revisionHistoryLimit** changes 1 value of Deployment prod-web

| Value | From | To |
|---|---|---|
| \`spec.revisionHistoryLimit\` | \`10\` | \`2\` |`,
});
hovers("a value of a base has what becomes of it", FILES, {
	on: "base/web.yaml: replicas: |1",
	says: `
\`1\` is not deployed as it is written

| Value | From | To | By |
|---|---|---|---|
| \`spec.replicas\` | \`1\` | \`5\` | \`kustomization.yaml:7\` |`,
});
hovers("a value that nothing changes says nothing", FILES, { on: "base/web.yaml: matchLabels: { app: |web", says: undefined });
hovers("the space between the entries of a map says nothing", FILES, {
	on: "prod/kustomization.yaml: commonAnnotations: {| team",
	says: undefined,
});
