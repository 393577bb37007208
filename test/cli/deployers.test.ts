import assert from "node:assert/strict";
import { test } from "node:test";
import type { Report } from "../../server/src/cli/report.ts";
import { QUOTED, WEB } from "./manifests.ts";
import { folder, json, portolan } from "./portolan.ts";

const SERVICE = QUOTED.replace('"8080"', "{{ .Values.port }}");

const APPLICATION = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: shop
spec:
  destination: { namespace: prod }
  source:
    repoURL: https://git.example.com/team/shop
    path: chart
    helm:
      parameters:
        - name: port
          value: "9090"
`;

const FILES = {
	"apps/shop.yaml": APPLICATION,
	"chart/Chart.yaml": "apiVersion: v2\nname: shop\nversion: 1.0.0\n",
	"chart/values.yaml": "port: 8080\n",
	"chart/templates/all.yaml": `${SERVICE}---\n${WEB}`,
};

const findings = (root: string, args: readonly string[]) =>
	json<Report>(portolan(root, ["check", "--format", "json", ...args]), 0).findings.map(({ unit, rule, file, line }) => [
		unit,
		rule,
		file,
		line,
	]);

test("a wrong port that an Application sets is found in the Application, whatever is named", (context) => {
	const root = folder(context, { ...FILES, ".git/HEAD": "" });
	const expected = [["Application shop", "target-port-not-declared", "apps/shop.yaml", 13]];
	for (const args of [[], ["apps/shop.yaml"], ["apps"]]) assert.deepEqual(findings(root, args), expected, args.join(" "));
});

test("an Application is rendered alone where it is named", (context) => {
	const root = folder(context, { ...FILES, "other.yaml": WEB, ".git/HEAD": "" });
	const { units } = json<{ units: { name: string; kind: string; path: string; objects: unknown[] }[] }>(
		portolan(root, ["render", "--format", "json", "apps/shop.yaml"]),
		0,
	);
	assert.deepEqual(
		units.map(({ name, kind, path, objects }) => [name, kind, path, objects.length]),
		[["Application shop", "chart", "chart", 2]],
	);
});

const flux = (kind: string, name: string, spec: string) =>
	`apiVersion: ${kind === "HelmRelease" ? "helm.toolkit.fluxcd.io/v2" : "kustomize.toolkit.fluxcd.io/v1"}
kind: ${kind}
metadata: { name: ${name}, namespace: flux-system }
spec: ${spec}
`;

const SOURCE = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: shop, namespace: flux-system }
spec: { url: "https://git.example.com/team/shop" }
`;

const WRONG = QUOTED.replace('"8080"', "9090");
const KUSTOMIZED = {
	"apps/foo/kustomization.yaml": "resources: [all.yaml]\n",
	"apps/foo/all.yaml": `${QUOTED.replace('"8080"', "8080")}---\n${WEB}`,
};

const above: readonly {
	title: string;
	files: Readonly<Record<string, string>>;
	path: string;
	expected: readonly (readonly unknown[])[];
}[] = [
	{
		title: "an Application",
		files: { "argocd/shop.yaml": APPLICATION.replace("path: chart", "path: apps/chart"), ...under("apps/", FILES) },
		path: "apps/chart",
		expected: [["Application shop", "target-port-not-declared", "argocd/shop.yaml", 13]],
	},
	{
		title: "an ApplicationSet",
		files: {
			"argocd/all.yaml": `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: all }
spec:
  generators: [{ git: { repoURL: "https://git.example.com/team/shop", directories: [{ path: "apps/*" }] } }]
  template:
    metadata: { name: "{{path.basename}}" }
    spec:
      destination: { namespace: prod }
      source: { repoURL: "https://git.example.com/team/shop", path: "{{path}}" }
`,
			"apps/foo/web.yaml": `${WRONG}---\n${WEB}`,
			"apps/bar/web.yaml": `${WRONG}---\n${WEB}`,
		},
		path: "apps/foo",
		expected: [["Application foo", "target-port-not-declared", "apps/foo/web.yaml", 10]],
	},
	{
		title: "a Flux Kustomization with patches",
		files: {
			"clusters/prod/source.yaml": SOURCE,
			"clusters/prod/foo.yaml": flux(
				"Kustomization",
				"foo",
				`
  path: ./apps/foo
  sourceRef: { kind: GitRepository, name: shop }
  patches:
    - target: { kind: Service }
      patch: |
        - { op: replace, path: /spec/ports/0/targetPort, value: 9090 }`,
			),
			...KUSTOMIZED,
		},
		path: "apps/foo",
		expected: [["Kustomization foo", "target-port-not-declared", "clusters/prod/foo.yaml", 10]],
	},
	{
		title: "a HelmRelease",
		files: {
			"clusters/prod/source.yaml": SOURCE,
			"clusters/prod/shop.yaml": flux(
				"HelmRelease",
				"shop",
				`
  chart: { spec: { chart: ./apps/chart, sourceRef: { kind: GitRepository, name: shop } } }
  values: { port: 9090 }`,
			),
			...under("apps/", FILES),
		},
		path: "apps/chart",
		expected: [["HelmRelease shop", "target-port-not-declared", "clusters/prod/shop.yaml", 6]],
	},
	{
		title: "a skaffold.yaml",
		files: {
			"skaffold.yaml": `apiVersion: skaffold/v4beta11
kind: Config
metadata: { name: dev }
deploy: { helm: { releases: [{ name: shop, chartPath: apps/chart, setValues: { port: 9090 } }] } }
`,
			...under("apps/", FILES),
		},
		path: "apps/chart",
		expected: [["Skaffold dev", "target-port-not-declared", "skaffold.yaml", 4]],
	},
	{
		title: "a helmfile.yaml",
		files: { "helmfile.yaml": "releases: [{ name: shop, chart: ./apps/chart, values: [{ port: 9090 }] }]\n", ...under("apps/", FILES) },
		path: "apps/chart",
		expected: [["Helmfile release shop", "target-port-not-declared", "helmfile.yaml", 1]],
	},
];

/** The chart below a folder, without what deploys it. */
function under(folder: string, { "apps/shop.yaml": _, ...files }: typeof FILES): Readonly<Record<string, string>> {
	return Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}${name}`, text]));
}

for (const { title, files, path, expected } of above) {
	test(`${title} above a named folder is found, and what is said of the folder is the same as from the top`, (context) => {
		for (const git of [{ ".git/HEAD": "" }, {}]) {
			const root = folder(context, { ...files, ...git });
			const all = findings(root, []);
			const isOfFolder = ([, , file]: readonly unknown[]) => `${file}`.startsWith(`${path}/`) || expected.some(([, , at]) => at === file);
			assert.deepEqual(all.filter(isOfFolder), expected);
			assert.deepEqual(findings(root, [path]), expected);
		}
	});
}

test("what a .sourceignore leaves out is not deployed by Flux", (context) => {
	const files = {
		".git/HEAD": "",
		"clusters/source.yaml": SOURCE,
		"clusters/apps.yaml": flux("Kustomization", "apps", "{ path: ./apps, sourceRef: { kind: GitRepository, name: shop } }"),
		"apps/service.yaml": WRONG,
		"apps/web/deployment.yaml": WEB,
	};
	const found = [["Kustomization apps", "target-port-not-declared", "apps/service.yaml", 10]];
	assert.deepEqual(findings(folder(context, files), []), found);
	assert.deepEqual(findings(folder(context, { ...files, ".sourceignore": "/apps/web\n" }), []), []);
});
