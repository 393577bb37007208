import assert from "node:assert/strict";
import { test } from "node:test";
import { readConfigurationFile } from "../../server/src/settings/configurationFile.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../server/src/settings/settings.ts";
import { textAt } from "../../server/src/text/source.ts";
import { openFile } from "../../server/src/yaml/stream.ts";

function read(text: string): ReturnType<typeof readConfigurationFile> {
	return readConfigurationFile(openFile("/ws/.portolan.yaml", text));
}

type Given = { readonly [K in keyof Settings]?: K extends "cluster" ? Partial<Settings["cluster"]> : Settings[K] };

const usual = DEFAULT_SETTINGS.cluster;

/** What a text sets, where it differs from the defaults. */
const good: { title: string; text: string; sets: Given }[] = [
	{ title: "an empty file sets nothing", text: "", sets: {} },
	{ title: "comments alone set nothing", text: "# nothing\n---\n", sets: {} },
	{ title: "keys without a value set nothing", text: "rules:\ncluster:\n  version:\nunits: ~\n", sets: {} },
	{
		title: "every severity is understood, warn and info too",
		text: "rules: { a: off, b: hint, c: information, d: warning, e: error, f: auto, g: warn, h: info }",
		sets: { rules: { a: "off", b: "hint", c: "information", d: "warning", e: "error", f: "auto", g: "warning", h: "information" } },
	},
	{
		title: "off is off with quotes, without, and as the boolean that YAML 1.1 makes of it",
		text: "rules: { a: off, b: 'off', c: false, d: Off, e: no }",
		sets: { rules: { a: "off", b: "off", c: "off", d: "off", e: "off" } },
	},
	{ title: "one version", text: "cluster: { version: '1.35' }", sets: { cluster: { version: { from: 35, to: 35 } } } },
	{ title: "a range of versions", text: 'cluster: { version: "1.34-1.36" }', sets: { cluster: { version: { from: 34, to: 36 } } } },
	{
		title: "a version without quotes is no number",
		text: "cluster: { version: 1.30 }",
		sets: { cluster: { version: { from: 30, to: 30 } } },
	},
	{ title: "a domain", text: "cluster: { domain: k8s.example.org }", sets: { cluster: { domain: "k8s.example.org" } } },
	{
		title: "a range of node ports, which counts as set",
		text: "cluster: { nodePortRange: 30000-32767 }",
		sets: { cluster: { nodePortRange: { first: 30000, last: 32767, configured: true } } },
	},
	{
		title: "Pod addresses",
		text: 'cluster: { podCIDR: [10.0.0.0/8, "fd00::/8"] }',
		sets: { cluster: { podCIDR: ["10.0.0.0/8", "fd00::/8"] } },
	},
	{
		title: "no Pod addresses at all are another thing than none that are known",
		text: "cluster: { podCIDR: [] }",
		sets: { cluster: { podCIDR: [] } },
	},
	{
		title: "nodes as addresses, as names and as maps",
		text: 'cluster:\n  nodes: [172.18.0.3, node.example.org, { name: worker-1, addresses: [172.18.0.4, "fd00::4"], labels: { zone: a, n: 1 } }]',
		sets: {
			cluster: {
				nodes: [
					{ name: undefined, addresses: ["172.18.0.3"], labels: {} },
					{ name: undefined, addresses: ["node.example.org"], labels: {} },
					{ name: "worker-1", addresses: ["172.18.0.4", "fd00::4"], labels: { zone: "a", n: "1" } },
				],
			},
		},
	},
	{
		title: "kube-proxy, in part",
		text: "cluster: { proxy: { mode: nftables, masqueradeAll: yes } }",
		sets: { cluster: { proxy: { ...usual.proxy, mode: "nftables", masqueradeAll: true } } },
	},
	{
		title: "addresses for node ports",
		text: "cluster: { proxy: { nodePortAddresses: [primary, 10.0.0.0/24], localhostNodePorts: false } }",
		sets: { cluster: { proxy: { ...usual.proxy, localhostNodePorts: false, nodePortAddresses: ["primary", "10.0.0.0/24"] } } },
	},
	{ title: "globs", text: 'exclude: ["**/archive/**", ./old]', sets: { exclude: ["**/archive/**", "old"] } },
	{
		title: "units of all kinds",
		text: `units:
  - { name: shop, paths: [apps/shop, ./infra/../infra/shop/, .] }
  - { name: shop-prod, kustomize: overlays/prod }
  - { name: api, helm: charts/api, values: [values.yaml, values-prod.yaml], release: api, namespace: shop }
`,
		sets: {
			units: [
				{ kind: "paths", name: "shop", paths: ["apps/shop", "infra/shop", ""] },
				{ kind: "kustomize", name: "shop-prod", path: "overlays/prod" },
				{ kind: "helm", name: "api", path: "charts/api", values: ["values.yaml", "values-prod.yaml"], release: "api", namespace: "shop" },
			],
		},
	},
	{
		title: "custom workloads",
		text: "workloads: [ { kind: MyApp, podTemplate: spec.template } ]",
		sets: { workloads: [{ kind: "MyApp", podTemplate: ["spec", "template"] }] },
	},
	{
		title: "budgets, the others staying what they are",
		text: "rendering: { steps: 5000000, range: 1 }",
		sets: { rendering: { ...DEFAULT_SETTINGS.rendering, steps: 5_000_000, range: 1 } },
	},
	{
		title: "anchors and merge keys work as in a manifest",
		text: "rules: &quiet { a: off }\ncluster: { nodes: [{ name: &one a, addresses: [10.0.0.1] }] }\n",
		sets: { rules: { a: "off" }, cluster: { nodes: [{ name: "a", addresses: ["10.0.0.1"], labels: {} }] } },
	},
];
for (const { title, text, sets } of good) {
	test(title, () => {
		const { settings, problems } = read(text);
		assert.deepEqual(problems, []);
		assert.deepEqual(settings, { ...DEFAULT_SETTINGS, ...sets, cluster: { ...usual, ...sets.cluster } });
	});
}

/** What is refused: the characters, and why. The rest holds. */
const bad: { title: string; text: string; refuses: readonly (readonly [string, RegExp])[]; sets?: Given }[] = [
	{
		title: "an unknown key, beside one that holds",
		text: "rulez: {}\nexclude: [a]\n",
		refuses: [["rulez", /no setting rulez; did you mean rules/]],
		sets: { exclude: ["a"] },
	},
	{
		title: "an unknown key without a neighbour names those that there are",
		text: "sails: 3",
		refuses: [["sails", /\(rules, cluster, exclude, units, workloads, rendering\)/]],
	},
	{
		title: "a value without characters is pointed at by its key",
		text: "rules: !!str\nexclude: [a]\n",
		refuses: [["rules", /rules is a map, not empty/]],
		sets: { exclude: ["a"] },
	},
	{
		title: "an unknown key inside",
		text: "cluster: { proxy: { mod: ipvs } }",
		refuses: [["mod", /no setting mod in proxy; did you mean mode/]],
	},
	{ title: "a setting of VS Code alone", text: "problems: openFiles", refuses: [["problems", /no setting problems/]] },
	{
		title: "a severity that there is none of, beside others",
		text: "rules: { a: loud, b: erorr, c: on, d: hint, e: [off], f: Warning }",
		refuses: [
			["loud", /a is one of off, hint, .* not loud/],
			["erorr", /did you mean error/],
			["on", /not on; did you mean auto\?/],
			["[off]", /not a list/],
			["Warning", /did you mean warning/],
		],
		sets: { rules: { d: "hint" } },
	},
	{ title: "rules as a list", text: "rules: [a]", refuses: [["[a]", /rules is a map, not a list/]] },
	{
		title: "versions that are none",
		text: "cluster: { version: latest }\nexclude: [a]",
		refuses: [["latest", /version wants one version or a range.* not latest/]],
		sets: { exclude: ["a"] },
	},
	{ title: "a range of versions upside down", text: "cluster: { version: 1.36-1.34 }", refuses: [["1.36-1.34", /version wants/]] },
	{
		title: "a node port range upside down",
		text: "cluster: { nodePortRange: 32767-30000 }",
		refuses: [["32767-30000", /nodePortRange wants a range/]],
	},
	{
		title: "a node port range beyond the ports",
		text: "cluster: { nodePortRange: 30000-70000 }",
		refuses: [["30000-70000", /wants a range/]],
	},
	{
		title: "addresses that are none, beside one that is",
		text: "cluster: { nodes: ['10.0.0.1:80', 10.0.0.300, 10.0.0.2], podCIDR: [10.0.0.0/33, 10.0.0.0] }",
		refuses: [
			["'10.0.0.1:80'", /nodes wants an IP address/],
			["10.0.0.300", /IP address/],
			["10.0.0.0/33", /podCIDR wants a CIDR/],
			["10.0.0.0", /CIDR/],
		],
		sets: { cluster: { nodes: [{ name: undefined, addresses: ["10.0.0.2"], labels: {} }], podCIDR: [] } },
	},
	{
		title: "a flag that is none",
		text: "cluster: { proxy: { masqueradeAll: maybe } }",
		refuses: [["maybe", /masqueradeAll is true or false/]],
	},
	{ title: "a list that is none", text: "exclude: '**/archive/**'", refuses: [["'**/archive/**'", /exclude is a list/]] },
	{
		title: "paths that lead out of the folder or are not relative",
		text: "units: [{ name: a, paths: [../x, /x, 'https://x', b/../../x, c] }]",
		refuses: [
			["../x", /paths wants a path below/],
			["/x", /below/],
			["'https://x'", /below/],
			["b/../../x", /below/],
		],
		sets: { units: [{ kind: "paths", name: "a", paths: ["c"] }] },
	},
	{
		title: "budgets that are none, or so large that they are none",
		text: "rendering: { steps: 0, output: 1e9, recursion: 10001, range: many }",
		refuses: [
			["0", /steps wants a whole number from 1 to 100000000/],
			["1e9", /output wants a whole number/],
			["10001", /recursion wants a whole number from 1 to 10000/],
			["many", /range wants a whole number/],
		],
	},
	{
		title: "units without a name, without anything, with too much, and twice",
		text: "units:\n  - paths: [a]\n  - name: b\n  - { name: c, paths: [c], helm: c }\n  - { name: d, paths: [d] }\n  - { name: d, paths: [e] }\n",
		refuses: [
			["paths", /An entry of units lacks name/],
			["name", /An entry of units has one of paths, kustomize and helm/],
			["name", /has one of/],
			["d", /Another unit is called d/],
		],
		sets: { units: [{ kind: "paths", name: "d", paths: ["d"] }] },
	},
	{
		title: "a workload without its template",
		text: "workloads: [{ kind: MyApp }]",
		refuses: [["kind", /An entry of workloads lacks podTemplate/]],
	},
	{
		title: "a workload with a way that is none",
		text: "workloads: [{ kind: my-app, podTemplate: spec/template }]",
		refuses: [
			["my-app", /kind wants the name of a kind/],
			["spec/template", /podTemplate wants the way/],
		],
	},
	{
		title: "a key that is written twice",
		text: "exclude: [a]\nexclude: [b]\n",
		refuses: [["exclude", /exclude is written again below/]],
		sets: { exclude: ["b"] },
	},
	{
		title: "a second document",
		text: "exclude: [a]\n---\nexclude: [b]\n",
		refuses: [["exclude: [b]", /Only the first document/]],
		sets: { exclude: ["a"] },
	},
];
for (const { title, text, refuses, sets = {} } of bad) {
	test(`refused: ${title}`, () => {
		const { settings, problems } = read(text);
		assert.deepEqual(
			problems.map(({ at }) => textAt(at)),
			refuses.map(([written]) => written),
		);
		for (const [index, [, message]] of refuses.entries()) assert.match(problems[index]?.message ?? "", message);
		for (const { message } of problems) assert.match(message, /^\S.*[^.\s]$/);
		assert.deepEqual(settings, { ...DEFAULT_SETTINGS, ...sets, cluster: { ...usual, ...sets.cluster } });
	});
}

for (const text of ["rules: [a\n", "a: b: c\n", "just words\n", "- rules\n", "rules:\n\t- a\n", "\u0000", "--- x\n"]) {
	test(`a file that cannot be parsed sets nothing and says why: ${JSON.stringify(text)}`, () => {
		const { settings, problems } = read(text);
		assert.equal(settings, undefined);
		assert.ok(problems[0]?.message);
	});
}

test("settings cannot be changed", () => {
	const { settings } = read("cluster: { nodes: [10.0.0.1] }");
	assert(settings);
	assert.throws(() => (settings.cluster.nodes as unknown[]).push(1), TypeError);
	assert.throws(() => Object.assign(DEFAULT_SETTINGS.cluster.proxy, { mode: "ipvs" }), TypeError);
});

test("a tag before nothing is no configuration, and can be seen", () => {
	const { settings, problems } = read("!map\n");
	assert.deepEqual([settings, problems.map(({ at }) => textAt(at))], [undefined, ["!map"]]);
});
