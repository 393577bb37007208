import { type DeployedCase, tryCases } from "./deployed.ts";
import { chart, file } from "./manifests.ts";

const REPOSITORY = "https://git.example.com/team/ws.git";

const set = (generators: string, source: string, isGo = false, name = "shop") => `#- sets/${name}.yaml
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: ${name} }
spec:
  goTemplate: ${isGo}
  generators:
${generators.replace(/^/gm, "    ").trimEnd()}
  template:
    metadata: { name: "${isGo ? "{{.name}}" : "{{name}}"}" }
    spec:
      destination: { namespace: prod }
      source:
        repoURL: ${REPOSITORY}
${source.replace(/^/gm, "        ").trimEnd()}
`;

const git = (rest: string) => `- git:\n    repoURL: ${REPOSITORY}\n${rest.replace(/^/gm, "    ")}`;

const cases: readonly DeployedCase[] = [
	{
		title: "a list makes an Application of each element, whose values stand there",
		files: `${set("- list:\n    elements:\n      - { name: one, port: '81' }\n      - { name: two, port: '82' }", "path: chart\nhelm:\n  parameters:\n    - { name: port, value: '{{ port }}' }\n    - { name: target, value: '8{{port}}' }")}${chart("chart")}`,
		units: { "Application one": ["Service prod/one"], "Application two": ["Service prod/two"] },
		values: [
			[
				"Application two",
				"Service prod/two",
				"/spec/ports/0/port",
				"82",
				"sets/shop.yaml:10",
				"sets/shop.yaml:20",
				"chart/templates/service.yaml:8",
			],
			[
				"Application two",
				"Service prod/two",
				"/spec/ports/0/targetPort",
				"882",
				"sets/shop.yaml:21",
				"sets/shop.yaml:10",
				"chart/templates/service.yaml:9",
			],
		],
	},
	{
		title: "folders of this repository make an Application each, but for those that are left out",
		files: `${set(git("directories:\n  - { path: apps/* }\n  - { path: apps/no, exclude: true }"), "path: '{{path}}'").replace("{{name}}", "{{path.basename}}")}${file("apps/a/x")}${file("apps/b/y")}${file("apps/no/z")}`,
		units: {
			"plain /ws/apps/no": ["Service z"],
			"Application a": ["Service prod/x"],
			"Application b": ["Service prod/y"],
		},
	},
	{
		title: "Go's templates name the same by fields",
		files: `${set(git("directories: [{ path: apps/* }]"), "path: '{{ .path.path }}'", true).replace("{{.name}}", "{{ index .path.segments 0 }}-{{.path.basename}}")}${file("apps/a/x")}`,
		units: { "Application apps-a": ["Service prod/x"] },
	},
	{
		title: "files of this repository make an Application each, with what stands in them",
		files: `${set(git("files: [{ path: 'clusters/**/config.json' }]"), "path: chart\nhelm: { parameters: [{ name: port, value: '{{shop.port}}' }] }")}#- clusters/eu/config.json\n{"name": "eu", "shop": {"port": "83"}}\n${chart("chart")}`,
		units: { "Application eu": ["Service prod/eu"] },
		values: [
			[
				"Application eu",
				"Service prod/eu",
				"/spec/ports/0/port",
				"83",
				"clusters/eu/config.json:1",
				"sets/shop.yaml:17",
				"chart/templates/service.yaml:8",
			],
		],
	},
	{
		title: "a matrix makes one of every pair, and a merge lays one list over another",
		files: `${set(
			"- matrix:\n    generators:\n      - list: { elements: [{ a: x }, { a: y }] }\n      - list: { elements: [{ b: '1' }, { b: '2' }] }\n- merge:\n    mergeKeys: [a]\n    generators:\n      - list: { elements: [{ a: m, b: '3' }, { a: n, b: '4' }] }\n      - list: { elements: [{ a: n, b: '5' }] }",
			"path: shop",
		).replace("{{name}}", "{{a}}-{{b}}")}${file("shop/a")}`,
		units: Object.fromEntries(["x-1", "x-2", "y-1", "y-2", "m-3", "n-5"].map((name) => [`Application ${name}`, ["Service prod/a"]])),
	},
	...[
		["clusters", "- clusters: {}"],
		["a matrix with clusters", "- matrix: { generators: [{ list: { elements: [{ name: a }] } }, { clusters: {} }] }"],
		["pull requests", "- pullRequest: { github: { owner: x, repo: y } }"],
		["another repository", `- git: { repoURL: 'https://git.example.com/x/y', directories: [{ path: other/* }] }`],
	].map(
		([what, generators]): DeployedCase => ({
			title: `${what} make no unit`,
			files: `${set(generators ?? "", "path: shop")}${file("shop/a")}`,
			units: { "plain /ws/shop": ["Service a"] },
		}),
	),
	{
		title: "an expression that is not worked out makes no unit",
		files: `${set("- list: { elements: [{ name: a, path: shop }] }", "path: '{{ .path | lower }}'", true)}${file("shop/a")}`,
		units: { "plain /ws/shop": ["Service a"] },
	},
];

tryCases(cases.map((each) => ({ ...each, units: { "plain /ws/sets": ["ApplicationSet shop"], ...each.units } })));
