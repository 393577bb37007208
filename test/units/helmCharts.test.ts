import { type DeployedCase, tryCases } from "./deployers/deployed.ts";
import { chart } from "./deployers/manifests.ts";

const chartOf = (path = "web/charts/api") => chart(path, "port: 80\ntarget: 8080\nmap: { a: 1 }\n");

const cases: readonly DeployedCase[] = [
	{
		title: "a kustomization has a chart rendered that lies beside it, in its namespace",
		files: `#- web/kustomization.yaml
namespace: prod
helmCharts:
  - { name: api, releaseName: shop }
${chartOf()}`,
		units: { "kustomize /ws/web": ["Service shop"], "chart /ws/web/charts/api": ["Service release-name"] },
		values: [
			[
				"kustomize /ws/web",
				"Service shop",
				"/spec/ports/0/port",
				"80",
				"web/charts/api/values.yaml:1",
				"web/charts/api/templates/service.yaml:8",
			],
			["kustomize /ws/web", "Service shop", "/metadata/annotations/in", "prod", "web/charts/api/templates/service.yaml:5"],
		],
	},
	{
		title: "values that stand in the kustomization win over those of files",
		files: `#- web/kustomization.yaml
helmGlobals: { chartHome: home }
helmCharts:
  - name: api
    releaseName: shop
    valuesFile: values.yaml
    valuesInline:
      port: 82
#- web/values.yaml
port: 81
target: 8081
${chartOf("web/home/api")}`,
		units: { "kustomize /ws/web": ["Service shop"], "chart /ws/web/home/api": ["Service release-name"] },
		values: [
			[
				"kustomize /ws/web",
				"Service shop",
				"/spec/ports/0/port",
				"82",
				"web/kustomization.yaml:7",
				"web/home/api/templates/service.yaml:8",
			],
			[
				"kustomize /ws/web",
				"Service shop",
				"/spec/ports/0/targetPort",
				"8081",
				"web/values.yaml:2",
				"web/home/api/templates/service.yaml:9",
			],
		],
	},
	{
		title: "merged values fill in what the file lacks",
		files: `#- web/kustomization.yaml
helmCharts:
  - { name: api, releaseName: shop, valuesFile: values.yaml, valuesMerge: merge, valuesInline: { port: 82, target: 8082 } }
#- web/values.yaml
port: 81
${chartOf()}`,
		units: { "kustomize /ws/web": ["Service shop"], "chart /ws/web/charts/api": ["Service release-name"] },
		values: [
			["kustomize /ws/web", "Service shop", "/spec/ports/0/port", "81", "web/values.yaml:1", "web/charts/api/templates/service.yaml:8"],
			[
				"kustomize /ws/web",
				"Service shop",
				"/spec/ports/0/targetPort",
				"8082",
				"web/kustomization.yaml:2",
				"web/charts/api/templates/service.yaml:9",
			],
		],
	},
	{
		title: "values that replace a file leave nothing of it, and those of further files win",
		files: `#- web/kustomization.yaml
helmCharts:
  - { name: api, releaseName: shop, valuesFile: a.yaml, additionalValuesFiles: [b.yaml], valuesMerge: replace, valuesInline: { port: 82 } }
#- web/a.yaml
target: 8081
#- web/b.yaml
port: 83
${chartOf()}`,
		units: { "kustomize /ws/web": ["Service shop"], "chart /ws/web/charts/api": ["Service release-name"] },
		values: [
			["kustomize /ws/web", "Service shop", "/spec/ports/0/port", "83", "web/b.yaml:1", "web/charts/api/templates/service.yaml:8"],
			[
				"kustomize /ws/web",
				"Service shop",
				"/spec/ports/0/targetPort",
				"8080",
				"web/charts/api/values.yaml:2",
				"web/charts/api/templates/service.yaml:9",
			],
		],
	},
	{
		title: "a release without a name has one that nobody knows",
		files: `#- web/kustomization.yaml\nhelmCharts: [{ name: api }]\n${chartOf()}`,
		units: { "kustomize /ws/web": ["Service api-0", "..."], "chart /ws/web/charts/api": ["Service release-name"] },
	},
	{
		title: "custom resources and hooks are there as they are asked for",
		files: `#- web/kustomization.yaml
helmCharts: [{ name: api, releaseName: shop, includeCRDs: true, skipTests: true }]
${chartOf()}#- web/charts/api/crds/a.yaml
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: as.example.com }
#- web/charts/api/templates/hooks.yaml
apiVersion: v1
kind: Pod
metadata: { name: a, annotations: { helm.sh/hook: test } }
---
apiVersion: v1
kind: Pod
metadata: { name: b, annotations: { helm.sh/hook: pre-install } }
`,
		units: {
			"kustomize /ws/web": ["CustomResourceDefinition as.example.com", "Service shop", "Pod b"],
			"chart /ws/web/charts/api": ["Service release-name", "Pod a", "Pod b"],
		},
	},
	{
		title: "a chart that is fetched is a gap",
		files: `#- web/kustomization.yaml\nhelmCharts: [{ name: api, repo: "https://charts.example.com" }]\nresources: [ns.yaml]\n#- web/ns.yaml\napiVersion: v1\nkind: Namespace\nmetadata: { name: a }\n`,
		units: { "kustomize /ws/web": ["Namespace a", "..."] },
	},
];

tryCases(cases);
