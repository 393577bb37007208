import { type DeployedCase, tryCases } from "./deployed.ts";
import { chart, file, kustomization } from "./manifests.ts";

const skaffold = (text: string, path = "skaffold.yaml") => `#- ${path}
apiVersion: skaffold/v4beta11
kind: Config
metadata: { name: shop }
${text.trim()}
`;

const cases: readonly DeployedCase[] = [
	{
		title: "raw manifests are taken by globs, folders and names, all in one unit",
		files: `${skaffold("manifests: { rawYaml: [k8s/*.yaml, more, one/x.yaml] }\ndeploy: { kubectl: { defaultNamespace: prod } }")}${file("k8s/a")}${file("k8s/deep/no")}${file("more/deep/b")}${file("one/x")}${file("one/no")}`,
		units: {
			"plain /ws/k8s/deep": ["Service no"],
			"plain /ws/one": ["Service no", "..."],
			"Skaffold shop": ["Service prod/a", "Service prod/b", "Service prod/x"],
		},
		values: [["Skaffold shop", "Service prod/a", "/metadata/namespace", "prod", "skaffold.yaml:5"]],
	},
	{
		title: "a glob that takes folders takes all below them",
		files: `${skaffold("deploy: { kubectl: { manifests: ['./infra/k8s/*'] } }", "app/skaffold.yaml")}${file("app/infra/k8s/a")}${file("app/infra/k8s/deep/b")}`,
		units: { "Skaffold shop": ["Service a", "Service b"] },
	},
	{
		title: "kustomizations, charts and manifests of one configuration are deployed together",
		files: `${skaffold(`
manifests:
  rawYaml: [k8s/a.yaml]
  kustomize: { paths: [web] }
  helm:
    releases:
      - name: api
        chartPath: chart
        namespace: prod
        valuesFiles: [values-dev.yaml]
        overrides: { port: 82 }
        setValues: { target: 8083 }
        setValueTemplates: { image.repository: "{{.IMAGE_REPO_api}}" }
`)}${file("k8s/a")}${kustomization("web")}${chart("chart")}#- values-dev.yaml\nport: 1\ntarget: 2\n`,
		units: { "Skaffold shop": ["Service a", "Service web", "Service prod/api"] },
		values: [
			["Skaffold shop", "Service prod/api", "/spec/ports/0/port", "82", "skaffold.yaml:13", "chart/templates/service.yaml:8"],
			["Skaffold shop", "Service prod/api", "/spec/ports/0/targetPort", "8083", "skaffold.yaml:14", "chart/templates/service.yaml:9"],
		],
	},
	{
		title: "paths may be written as on Windows",
		files: `${skaffold("deploy:\n  helm:\n    releases:\n      - { name: api, chartPath: .\\infra\\chart\\, valuesFiles: [.\\infra\\v.yaml] }")}${chart("infra/chart")}#- infra/v.yaml\nport: 81\n`,
		units: { "Skaffold shop": ["Service api"] },
		values: [["Skaffold shop", "Service api", "/spec/ports/0/port", "81", "infra/v.yaml:1", "infra/chart/templates/service.yaml:8"]],
	},
	{
		title: "a value that is filled in makes a chart unknown, and one of another repository is missing",
		files: `${skaffold("manifests:\n  helm:\n    releases:\n      - { name: api, chartPath: chart, setValueTemplates: { port: '{{.PORT}}' } }\n      - { name: redis, remoteChart: redis, repo: https://charts.example.com }")}${chart("chart")}`,
		units: { "Skaffold shop": ["Service api", "..."], "chart /ws/chart": ["Service release-name"] },
	},
	{
		title: "what only a profile deploys names no unit",
		files: `${skaffold("profiles:\n  - name: dev\n    manifests: { rawYaml: [k8s/*] }")}${file("k8s/a")}`,
		units: { "plain /ws/k8s": ["Service a"] },
	},
	{
		title: "every configuration of a file is a unit",
		files: `${skaffold("manifests: { rawYaml: [a/*] }")}---\napiVersion: skaffold/v4beta11\nkind: Config\nmanifests: { rawYaml: [b/*] }\n${file("a/x")}${file("b/y")}`,
		units: { "Skaffold shop": ["Service x"], "Skaffold ws": ["Service y"] },
	},
];

tryCases(cases);
