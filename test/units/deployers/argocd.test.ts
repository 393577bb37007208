import { type DeployedCase, tryCases } from "./deployed.ts";
import { chart, file, kustomization } from "./manifests.ts";

const application = (source: string, name = "shop", namespace = "prod", repository = "https://git.example.com/team/ws.git") =>
	`apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd }
spec:
  destination: { namespace: ${namespace} }
  source:
    repoURL: ${repository}
${source.replace(/^/gm, "    ").trimEnd()}
`;

const app = (source: string) => `#- apps/shop.yaml\n${application(source)}`;

const cases: readonly DeployedCase[] = [
	{
		title: "an Application deploys the manifests of its folder, and not what lies below",
		files: `${app("path: shop")}${file("shop/a")}${file("shop/deep/b")}`,
		units: { "Application shop": ["Service prod/a"], "plain /ws/shop/deep": ["Service b"], "plain /ws/apps": ["Application argocd/shop"] },
		values: [
			["Application shop", "Service prod/a", "/metadata/namespace", "prod", "apps/shop.yaml:5"],
			["Application shop", "Service prod/a", "/spec/ports/0/port", "80", "shop/a.yaml:4"],
		],
	},
	{
		title: "with recurse it deploys what lies below, and include and exclude choose by the path",
		files: `${app("path: shop\ndirectory: { recurse: true, include: '{*.yaml,*.yml}', exclude: 'deep/{c,d}.*' }")}${file("shop/a")}${file("shop/deep/b")}${file("shop/deep/c")}`,
		units: {
			"plain /ws/apps": ["Application argocd/shop"],
			"plain /ws/shop/deep": ["Service c", "..."],
			"Application shop": ["Service prod/a", "Service prod/b"],
		},
	},
	{
		title: "what names its namespace keeps it, and what has none gets none",
		files: `${app("path: shop")}#- shop/a.yaml
apiVersion: v1
kind: Service
metadata: { name: a, namespace: own }
---
apiVersion: v1
kind: Namespace
metadata: { name: own }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: all }
`,
		units: { "plain /ws/apps": ["Application argocd/shop"], "Application shop": ["Service own/a", "Namespace own", "ClusterRole all"] },
	},
	{
		title: "of an object that is there twice the last one is deployed, and that is not taken for complete",
		files: `${app("path: shop")}${file("shop/a")}#- shop/b.yaml
apiVersion: v1
kind: Service
metadata: { name: a }
spec: { ports: [{ port: 81 }] }
`,
		units: { "plain /ws/apps": ["Application argocd/shop"], "Application shop": ["Service prod/a", "..."] },
		values: [["Application shop", "Service prod/a", "/spec/ports/0/port", "81", "shop/b.yaml:4"]],
	},
	{
		title: "a chart is deployed with the Application's values: files, then values, then parameters",
		files: `${app("path: chart\nhelm:\n  valueFiles: [values-prod.yaml]\n  values: |\n    target: 8082\n  parameters: [{ name: port, value: '90' }]")}${chart("chart")}#- chart/values-prod.yaml
target: 8081
port: 81
`,
		units: { "plain /ws/apps": ["Application argocd/shop"], "Application shop": ["Service prod/shop"] },
		values: [
			["Application shop", "Service prod/shop", "/spec/ports/0/port", "90", "apps/shop.yaml:13", "chart/templates/service.yaml:8"],
			["Application shop", "Service prod/shop", "/spec/ports/0/targetPort", "8082", "apps/shop.yaml:12", "chart/templates/service.yaml:9"],
			["Application shop", "Service prod/shop", "/metadata/annotations/in", "prod", "chart/templates/service.yaml:5"],
		],
	},
	{
		title: "values as an object win over those as a text, and a release name over that of the Application",
		files: `${app("path: chart\nhelm:\n  releaseName: api\n  values: 'port: 1'\n  valuesObject: { port: 82 }")}${chart("chart")}`,
		units: { "plain /ws/apps": ["Application argocd/shop"], "Application shop": ["Service prod/api"] },
		values: [["Application shop", "Service prod/api", "/spec/ports/0/port", "82", "apps/shop.yaml:12", "chart/templates/service.yaml:8"]],
	},
	{
		title: "the values files that no Application uses stay, but not a chart's own values alone",
		files: `${app("path: chart\nhelm: { valueFiles: [values-prod.yaml] }")}${chart("chart")}#- chart/values-prod.yaml\nport: 81\n#- chart/values-dev.yaml\nport: 82\n`,
		units: {
			"plain /ws/apps": ["Application argocd/shop"],
			"Application shop": ["Service prod/shop"],
			"chart /ws/chart values-dev.yaml": ["Service release-name"],
		},
	},
	{
		title: "a values file that is not here makes what is deployed unknown, and the chart is looked at by itself, too",
		files: `${app("path: chart\nhelm: { valueFiles: [https://example.com/values.yaml] }")}${chart("chart")}`,
		units: {
			"plain /ws/apps": ["Application argocd/shop"],
			"Application shop": ["Service prod/shop", "..."],
			"chart /ws/chart": ["Service release-name"],
		},
	},
	{
		title: "a values file that may be missing is none",
		files: `${app("path: chart\nhelm: { valueFiles: [other.yaml], ignoreMissingValueFiles: true }")}${chart("chart")}`,
		units: { "plain /ws/apps": ["Application argocd/shop"], "Application shop": ["Service prod/shop"] },
	},
	{
		title: "values files of another source are found by its name",
		files: `#- apps/shop.yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: shop }
spec:
  destination: { namespace: prod }
  sources:
    - { repoURL: 'git@git.example.com:team/ws', path: chart, helm: { valueFiles: [$values/env/prod.yaml, /env/all.yaml] } }
    - { repoURL: 'https://git.example.com/team/ws.git', ref: values }
${chart("chart")}#- env/prod.yaml\nport: 81\n#- env/all.yaml\ntarget: 8083\n`,
		units: { "plain /ws/apps": ["Application shop"], "Application shop": ["Service prod/shop"] },
		values: [
			["Application shop", "Service prod/shop", "/spec/ports/0/port", "81", "env/prod.yaml:1", "chart/templates/service.yaml:8"],
			["Application shop", "Service prod/shop", "/spec/ports/0/targetPort", "8083", "env/all.yaml:1", "chart/templates/service.yaml:9"],
		],
	},
	{
		title: "a kustomization is edited before it is built",
		files: `${app(`path: web
kustomize:
  namePrefix: pre-
  nameSuffix: -suf
  commonLabels: { team: a }
  patches:
    - target: { kind: Service }
      patch: |-
        - { op: replace, path: /spec/ports/0/port, value: 99 }`).replace(
			"- { op: replace, path: /spec/ports/0/port, value: 99 }",
			"- op: replace\n          path: /spec/ports/0/port\n          value: 99".replaceAll("\n", "\n    "),
		)}${kustomization("web")}`,
		units: { "plain /ws/apps": ["Application argocd/shop"], "Application shop": ["Service prod/pre-web-suf"] },
		values: [
			["Application shop", "Service prod/pre-web-suf", "/spec/ports/0/port", "99", "apps/shop.yaml:18", "web/web.yaml:4"],
			["Application shop", "Service prod/pre-web-suf", "/spec/selector/team", "a", "apps/shop.yaml:12"],
		],
	},
	{
		title: "a namespace of kustomize is set, and the destination fills in what is left",
		files: `${app("path: web\nkustomize: { namespace: inner }")}${kustomization("web")}`,
		units: { "plain /ws/apps": ["Application argocd/shop"], "Application shop": ["Service inner/web"] },
	},
	{
		title: "files beside what is deployed say something else than the Application",
		files: `${app("path: web\nkustomize: { namePrefix: a- }")}${kustomization("web")}#- web/.argocd-source-shop.yaml\nkustomize: { namePrefix: b- }\n`,
		units: { "plain /ws/apps": ["Application argocd/shop"], "Application shop": ["Service prod/b-web"] },
	},
	{
		title: "two Applications that deploy one folder are two units, and those of one name say where they stand",
		files: `#- apps/one.yaml\n${application("path: shop", "shop", "one")}#- apps/two.yaml\n${application("path: shop", "shop", "two")}${file("shop/a")}`,
		units: {
			"plain /ws/apps": ["Application argocd/shop", "Application argocd/shop"],
			"Application shop (one.yaml)": ["Service one/a"],
			"Application shop (two.yaml)": ["Service two/a"],
		},
	},
	{
		title: "a repository with another name is this one when most of the paths that are named of it are here",
		files: `#- apps/a.yaml\n${application("path: a", "a", "prod", "https://git.example.com/x/other")}${file("a/a")}`,
		units: { "plain /ws/apps": ["Application argocd/a"], "Application a": ["Service prod/a"] },
	},
	{
		title: "a repository of which most paths are not here is another one",
		files: `#- apps/all.yaml\n${["deploy", "x", "y"].map((path) => application(`path: ${path}`, path, "prod", "https://git.example.com/x/other")).join("---\n")}${file("deploy/a")}`,
		units: { "plain /ws/apps": ["deploy", "x", "y"].map((name) => `Application argocd/${name}`), "plain /ws/deploy": ["Service a"] },
	},
	{
		title: "the whole of a repository is only this one when it is called so",
		files: `#- a.yaml\n${application("path: .", "a", "prod", "https://git.example.com/x/other")}${file("b")}`,
		units: { "plain /ws": ["Application argocd/a", "Service b"] },
	},
	...[
		["a chart of a chart repository", "chart: api\npath: shop\ntargetRevision: 1.0.0"],
		["a commit", "path: shop\ntargetRevision: 0123456789012345678901234567890123456789"],
		["a version", "path: shop\ntargetRevision: v1.2.3"],
		["what a plugin makes", "path: shop\nplugin: { name: x }"],
		["a path that is filled in", "path: '{{ path }}'"],
		["a path that is not here", "path: shops"],
		["a path outside", "path: ../shop"],
	].map(
		([what, source]): DeployedCase => ({
			title: `${what} names no unit`,
			files: `${app(source ?? "")}${file("shop/a")}`,
			units: { "plain /ws/apps": ["Application argocd/shop"], "plain /ws/shop": ["Service a"] },
		}),
	),
	{
		title: "what is filled in makes a kustomization unknown",
		files: `${app("path: web\nkustomize: { namePrefix: '${ENV}-' }")}${kustomization("web")}`,
		units: {
			"plain /ws/apps": ["Application argocd/shop"],
			"Application shop": ["Service prod/web", "..."],
			"kustomize /ws/web": ["Service web"],
		},
	},
	{
		title: "a configured unit wins over what an Application says",
		files: `#- .portolan.yaml\nunits: [{ name: mine, paths: [shop] }]\n${app("path: shop")}${file("shop/a")}`,
		units: { "plain /ws/apps": ["Application argocd/shop"], "configured mine": ["Service a"] },
	},
	{
		title: "a patch of an Application and a template of one are none",
		files: `#- over/kustomization.yaml\nresources: [ns.yaml]\npatches: [{ path: app.yaml }]\n#- over/ns.yaml\napiVersion: v1\nkind: Namespace\nmetadata: { name: x }\n#- over/app.yaml\n${application("path: shop")}#- apps/t.yaml\n{{ if .x }}\n${application("path: shop")}${file("shop/a")}`,
		units: { "plain /ws/shop": ["Service a"], "kustomize /ws/over": ["Namespace x", "..."] },
	},
];

tryCases(cases);
