import { type DeployedCase, tryCases } from "./deployed.ts";
import { chart, file, kustomization } from "./manifests.ts";

const repository = `#- flux/repository.yaml
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { url: "ssh://git@git.example.com/team/ws" }
`;

const flux = (spec: string, name = "shop") => `#- flux/${name}.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec:
  sourceRef: { kind: GitRepository, name: flux-system }
${spec.replace(/^/gm, "  ").trimEnd()}
`;

const release = (spec: string, chartSpec = "chart: ./chart") => `#- flux/api.yaml
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: api, namespace: prod }
spec:
  chart:
    spec:
      sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system }
${chartSpec.replace(/^/gm, "      ")}
${spec.replace(/^/gm, "  ").trimEnd()}
`;

const REPOSITORY = "GitRepository flux-system/flux-system";
const objects = (...names: readonly string[]) => [REPOSITORY, ...names].sort();

const cases: readonly DeployedCase[] = [
	{
		title: "a Kustomization deploys a kustomization, with what it says itself",
		files: `${repository}${flux("path: ./web\ntargetNamespace: prod\nnamePrefix: a-\ncommonMetadata: { labels: { team: x } }\npatches:\n  - target: { kind: Service }\n    patch: |\n      - op: replace\n        path: /spec/ports/0/port\n        value: 99")}${kustomization("web")}`,
		units: { "plain /ws/flux": objects("Kustomization flux-system/shop"), "Kustomization shop": ["Service prod/a-web"] },
		values: [
			["Kustomization shop", "Service prod/a-web", "/spec/ports/0/port", "99", "flux/shop.yaml:15", "web/web.yaml:4"],
			["Kustomization shop", "Service prod/a-web", "/metadata/namespace", "prod", "flux/shop.yaml:7"],
			["Kustomization shop", "Service prod/a-web", "/metadata/labels/team", "x", "flux/shop.yaml:9"],
			["Kustomization shop", "Service prod/a-web", "/spec/selector/app", "web", "web/web.yaml:4"],
		],
	},
	{
		title: "a folder without a kustomization is deployed with all below it, kustomizations as they are built",
		files: `${repository}${flux("path: ./apps")}${file("apps/a")}${file("apps/deep/b")}${kustomization("apps/web")}${file("apps/web/unused")}`,
		units: {
			"plain /ws/flux": objects("Kustomization flux-system/shop"),
			"plain /ws/apps/web": ["Service unused", "..."],
			"Kustomization shop": ["Service a", "Service b", "Service web"],
		},
	},
	{
		title: "what a GitRepository or a .sourceignore leaves out is not deployed",
		files: `${repository.replace('ws" }', 'ws", ignore: "/apps/a.yaml\\n!/apps/deep\\n" }')}${flux("path: ./apps")}#- .sourceignore
/apps/deep
/apps/b.yaml
#- apps/other/.sourceignore
e.yaml
${["a", "b", "c", "deep/d", "other/e", "other/f"].map((name) => file(`apps/${name}`)).join("")}`,
		units: {
			"plain /ws/flux": objects("Kustomization flux-system/shop"),
			"plain /ws/apps": ["Service a", "Service b", "..."],
			"plain /ws/apps/other": ["Service e", "..."],
			"Kustomization shop": ["Service c", "Service d", "Service f"],
		},
	},
	{
		title: "variables are filled in, and what is written without quotes is read anew",
		files: `${repository}${flux("path: ./web\npostBuild:\n  substitute:\n    PORT: '8080'\n    NAME: web")}#- web/kustomization.yaml
resources: [web.yaml]
#- web/web.yaml
apiVersion: v1
kind: Service
metadata:
  name: \${NAME}
  labels: { a: "x-\${NAME}", b: "\${OTHER}", c: "$\${NAME}", d: "\${OTHER:=none}" }
spec:
  ports:
    - port: "\${PORT}"
      targetPort: \${TARGET:-8081}
`,
		units: { "plain /ws/flux": objects("Kustomization flux-system/shop"), "Kustomization shop": ["Service web"] },
		values: [
			["Kustomization shop", "Service web", "/spec/ports/0/port", "8080", "flux/shop.yaml:9", "web/web.yaml:8"],
			["Kustomization shop", "Service web", "/spec/ports/0/targetPort", "8081", "web/web.yaml:9"],
			["Kustomization shop", "Service web", "/metadata/labels/a", "x-web", "web/web.yaml:5", "flux/shop.yaml:10"],
			["Kustomization shop", "Service web", "/metadata/labels/b", "${OTHER}", "web/web.yaml:5"],
			["Kustomization shop", "Service web", "/metadata/labels/c", "${NAME}", "web/web.yaml:5"],
			["Kustomization shop", "Service web", "/metadata/labels/d", "none", "web/web.yaml:5"],
		],
	},
	{
		title: "ConfigMaps near by have values, and what a Secret may have leaves defaults open",
		files: `${repository}${flux("path: ./web\npostBuild:\n  substituteFrom:\n    - { kind: ConfigMap, name: settings }\n    - { kind: Secret, name: hidden }")}#- flux/settings.yaml
apiVersion: v1
kind: ConfigMap
metadata: { name: settings }
data: { PORT: "81" }
#- web/kustomization.yaml
resources: [web.yaml]
#- web/web.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { ports: [{ port: "\${PORT}", targetPort: "\${TARGET:=8081}" }] }
`,
		units: {
			"plain /ws/flux": [REPOSITORY, "ConfigMap settings", "Kustomization flux-system/shop"],
			"Kustomization shop": ["Service web"],
		},
		values: [
			["Kustomization shop", "Service web", "/spec/ports/0/port", "81", "flux/settings.yaml:4", "web/web.yaml:4"],
			["Kustomization shop", "Service web", "/spec/ports/0/targetPort", "${TARGET:=8081}", "web/web.yaml:4"],
		],
	},
	{
		title: "without any variable nothing is filled in",
		files: `${repository}${flux("path: ./web")}#- web/kustomization.yaml\nresources: [web.yaml]\n#- web/web.yaml\napiVersion: v1\nkind: Service\nmetadata: { name: "\${NAME:=web}" }\n`,
		units: { "plain /ws/flux": objects("Kustomization flux-system/shop"), "Kustomization shop": ["Service ${NAME:=web}"] },
	},
	{
		title: "what comes from elsewhere than a GitRepository names no unit",
		files: `${repository}${flux("path: ./web").replace("kind: GitRepository, name", "kind: OCIRepository, name")}${kustomization("web")}`,
		units: { "plain /ws/flux": objects("Kustomization flux-system/shop"), "kustomize /ws/web": ["Service web"] },
	},
	{
		title: "a HelmRelease deploys a chart of the repository with its values",
		files: `${repository}${release("values: { port: 82 }")}${chart("chart")}`,
		units: { "plain /ws/flux": ["HelmRelease prod/api", REPOSITORY], "HelmRelease api": ["Service prod/api"] },
		values: [["HelmRelease api", "Service prod/api", "/spec/ports/0/port", "82", "flux/api.yaml:9", "chart/templates/service.yaml:8"]],
	},
	{
		title: "values files stand in the place of the chart's own, and ConfigMaps below the release's values",
		files: `${repository}${release("targetNamespace: shop\nvaluesFrom: [{ kind: ConfigMap, name: api-values }, { kind: ConfigMap, name: one, valuesKey: port, targetPath: port }]\nvalues: { target: 8083 }", "chart: ./chart\nvaluesFiles: [env/prod.yaml]")}${chart("chart")}#- env/prod.yaml
port: 1
target: 2
#- flux/kustomization.yaml
configMapGenerator: [{ name: api-values, files: [values.yaml=values.yaml] }]
resources: [api.yaml, one.yaml, repository.yaml]
#- flux/values.yaml
port: 83
#- flux/one.yaml
apiVersion: v1
kind: ConfigMap
metadata: { name: one }
data: { port: "84" }
`,
		units: {
			"kustomize /ws/flux": ["ConfigMap api-values-d667d8t958", "ConfigMap one", "HelmRelease prod/api", REPOSITORY],
			"HelmRelease api": ["Service shop/shop-api"],
		},
		values: [
			["HelmRelease api", "Service shop/shop-api", "/spec/ports/0/port", "84", "flux/one.yaml:4", "chart/templates/service.yaml:8"],
			[
				"HelmRelease api",
				"Service shop/shop-api",
				"/spec/ports/0/targetPort",
				"8083",
				"flux/api.yaml:12",
				"chart/templates/service.yaml:9",
			],
		],
	},
	{
		title: "values of a Secret make what is deployed unknown, and the chart is looked at by itself, too",
		files: `${repository}${release("valuesFrom: [{ kind: Secret, name: hidden }]")}${chart("chart")}`,
		units: {
			"plain /ws/flux": ["HelmRelease prod/api", REPOSITORY],
			"HelmRelease api": ["Service prod/api", "..."],
			"chart /ws/chart": ["Service release-name"],
		},
	},
	{
		title: "what Helm prints is patched behind it",
		files: `${repository}${release("postRenderers:\n  - kustomize:\n      patches:\n        - target: { kind: Service }\n          patch: |\n            - op: replace\n              path: /spec/ports/0/port\n              value: 85")}${chart("chart")}`,
		units: { "plain /ws/flux": ["HelmRelease prod/api", REPOSITORY], "HelmRelease api": ["Service prod/api"] },
		values: [
			[
				"HelmRelease api",
				"Service prod/api",
				"/spec/ports/0/port",
				"85",
				"flux/api.yaml:16",
				"chart/values.yaml:1",
				"chart/templates/service.yaml:8",
			],
		],
	},
	{
		title: "a HelmRelease that a kustomization changes is not taken for complete",
		files: `${repository}${release("values: { port: 82 }")}#- flux/kustomization.yaml\nresources: [api.yaml, repository.yaml]\npatches: [{ target: { kind: HelmRelease }, patch: "[{\\"op\\": \\"remove\\", \\"path\\": \\"/spec/values\\"}]" }]\n${chart("chart")}`,
		units: {
			"kustomize /ws/flux": ["HelmRelease prod/api", REPOSITORY],
			"HelmRelease api": ["Service prod/api", "..."],
			"chart /ws/chart": ["Service release-name"],
		},
	},
	{
		title: "a chart of a chart repository names no unit",
		files: `${repository}${release("values: { port: 82 }").replace("kind: GitRepository, name: flux-system, n", "kind: HelmRepository, name: x, n")}${chart("chart")}`,
		units: { "plain /ws/flux": ["HelmRelease prod/api", REPOSITORY], "chart /ws/chart": ["Service release-name"] },
	},
];

tryCases(cases);
