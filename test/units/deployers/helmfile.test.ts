import { type DeployedCase, tryCases } from "./deployed.ts";
import { chart } from "./manifests.ts";

const helmfile = (text: string, path = "helmfile.yaml") => `#- ${path}\nreleases:\n${text.replace(/^/gm, "  ").trimEnd()}\n`;

const cases: readonly DeployedCase[] = [
	{
		title: "each release of a local chart is a unit, with files, maps and single values",
		files: `${helmfile("- name: api\n  namespace: prod\n  chart: ./chart\n  values:\n    - values-prod.yaml\n    - port: 82\n  set:\n    - { name: target, value: 8083 }\n- { name: other, chart: chart }")}${chart("chart")}#- values-prod.yaml\nport: 1\n`,
		units: { "Helmfile release api": ["Service prod/api"], "Helmfile release other": ["Service other"] },
		values: [
			["Helmfile release api", "Service prod/api", "/spec/ports/0/port", "82", "helmfile.yaml:7", "chart/templates/service.yaml:8"],
			["Helmfile release api", "Service prod/api", "/spec/ports/0/targetPort", "8083", "helmfile.yaml:9", "chart/templates/service.yaml:9"],
		],
	},
	{
		title: "what stands in helmfile.d is a Helmfile, too",
		files: `${helmfile("- { name: api, chart: ../chart }", "helmfile.d/10-api.yaml")}${chart("chart")}`,
		units: { "Helmfile release api": ["Service api"] },
	},
	{
		title: "a release that is not installed, and one of another repository, name no unit",
		files: `${helmfile("- { name: a, chart: ./chart, installed: false }\n- { name: b, chart: stable/chart }\n- { name: '{{ .Environment.Name }}', chart: ./chart }")}${chart("chart")}`,
		units: { "chart /ws/chart": ["Service release-name"] },
	},
	...[
		["values that are filled in", "values: [{ other: '{{ .Values.port }}' }]"],
		["values files that are templates", "values: [values.yaml.gotmpl]"],
		["secrets", "secrets: [secrets.yaml]"],
		["patches", "jsonPatches: [patch.yaml]"],
	].map(
		([what, field]): DeployedCase => ({
			title: `${what} make a release unknown`,
			files: `${helmfile(`- name: api\n  chart: ./chart\n  ${field}`)}${chart("chart")}`,
			units: { "Helmfile release api": ["Service api", "..."], "chart /ws/chart": ["Service release-name"] },
		}),
	),
	{
		title: "a Helmfile that is a template names no unit",
		files: `#- helmfile.yaml\n{{ if true }}\n${helmfile("- { name: a, chart: ./chart }").replace("#- helmfile.yaml\n", "")}{{ end }}\n${chart("chart")}`,
		units: { "chart /ws/chart": ["Service release-name"] },
	},
];

tryCases(cases);
