import assert from "node:assert/strict";
import { test } from "node:test";
import { actionsAt, type OfferedAction } from "../../server/src/features/codeActions.ts";
import { fileOf, type Snapshot, withBase } from "../../server/src/links/snapshot.ts";
import { DEFAULT_SETTINGS } from "../../server/src/settings/settings.ts";
import { applyEdits, findingsOf } from "../support/carets.ts";
import { cutFiles, snapshotOf } from "../support/workspace.ts";

const QUOTED = `apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports:
    - port: 80
      targetPort: "8080"
`;
const OFF = "Turn the rule off in .portolan.yaml";
const IGNORE = "Ignore here";

/** Files in a workspace folder, unless there is none. */
function opened(block: string, top: string | null = "/ws"): Snapshot {
	const tops = new Map(top === null ? [] : [[top, DEFAULT_SETTINGS]]);
	return withBase(snapshotOf(cutFiles(block)), { settings: DEFAULT_SETTINGS, tops });
}

function actions(snapshot: Snapshot, name: string, at: string): readonly OfferedAction[] {
	const start = fileOf(snapshot, `/ws/${name}`)?.text.indexOf(at) ?? -1;
	assert(start >= 0);
	const shown = { isOpen: () => true, settled: true };
	return actionsAt(snapshot, `/ws/${name}`, { start, end: start + at.length }, shown, assert.fail);
}

function titles(block: string, name: string, at: string): readonly string[] {
	return actions(opened(block), name, at).map(({ title }) => title);
}

/** The file after an action, or what it makes. */
function after(block: string, name: string, at: string, title: string, changed = name): string | undefined {
	const snapshot = opened(block);
	const action = actions(snapshot, name, at).find((candidate) => candidate.title === title);
	assert(action, title);
	if ("create" in action.does) return `${action.does.create.uri}\n${action.does.create.text}`;
	assert("edits" in action.does);
	return applyEdits(snapshot, cutFiles(block), action.does.edits).get(changed);
}

test("a finding has its fixes, then what silences it, then its page", () => {
	assert.deepEqual(titles(`#- a.yaml\n${QUOTED}`, "a.yaml", '"8080"'), ["Remove the quotes", IGNORE, OFF, "Show documentation"]);
});

test("where several rules speak each is called by its name", () => {
	const text = `#- a.yaml\n${QUOTED.replace("port: 80", "port: 80 // web")}`;
	assert.deepEqual(
		titles(text, "a.yaml", '80 // web\n      targetPort: "8080"').filter((title) => !/quotes|#/.test(title)),
		[
			"Ignore slash-comment here",
			"Ignore quoted-target-port here",
			"Turn slash-comment off in .portolan.yaml",
			"Turn quoted-target-port off in .portolan.yaml",
			"Show documentation of slash-comment",
			"Show documentation of quoted-target-port",
		],
	);
});

test("nothing is offered where nothing is found", () => {
	assert.deepEqual(titles(`#- a.yaml\n${QUOTED}`, "a.yaml", "kind: Service"), []);
});

test("outside every folder of the workspace there is no configuration to change", () => {
	const found = actions(opened(`#- a.yaml\n${QUOTED}`, null), "a.yaml", '"8080"').map(({ title }) => title);
	assert.deepEqual(found, ["Remove the quotes", IGNORE, "Show documentation"]);
});

const ignoring: { title: string; text: string; gives: string }[] = [
	{
		title: "a comment is written above, indented as the line is",
		text: QUOTED,
		gives: QUOTED.replace("      targetPort", "      # portolan-ignore: quoted-target-port\n      targetPort"),
	},
	{
		title: "a comment that is there gets the name",
		text: QUOTED.replace("      targetPort", "      # portolan-ignore: slash-comment -- why\n      targetPort"),
		gives: QUOTED.replace("      targetPort", "      # portolan-ignore: slash-comment, quoted-target-port -- why\n      targetPort"),
	},
	{
		title: "a comment behind the value gets it too",
		text: QUOTED.replace('"8080"', '"8080" # portolan-ignore: slash-comment'),
		gives: QUOTED.replace('"8080"', '"8080" # portolan-ignore: slash-comment, quoted-target-port'),
	},
	{
		title: "in a list item it stands above the dash",
		text: QUOTED.replace('port: 80\n      targetPort: "8080"', 'targetPort: "8080"\n      port: 80'),
		gives: QUOTED.replace(
			'    - port: 80\n      targetPort: "8080"',
			'    # portolan-ignore: quoted-target-port\n    - targetPort: "8080"\n      port: 80',
		),
	},
];
for (const { title, text, gives } of ignoring) {
	test(`ignore here: ${title}`, () => {
		assert.equal(after(`#- a.yaml\n${text}`, "a.yaml", '"8080"', IGNORE), gives);
		const silenced = findingsOf(snapshotOf(new Map([["a.yaml", gives]]))).map(({ rule }) => rule);
		assert.ok(!silenced.includes("quoted-target-port"));
	});
}

test("ignore here: JSON has no comments", () => {
	const json = '{ "apiVersion": "v1", "kind": "Service", "spec": { "ports": [{ "port": 80, "targetPort": "8080" }] } }';
	assert.ok(!titles(`#- a.json\n${json}`, "a.json", '"8080"').includes(IGNORE));
	assert.ok(!titles(`#- a.yaml\n${json}\n\t${json.replace("8080", "8081")}`, "a.yaml", '"8081"').includes(IGNORE));
});

test("ignore here: nothing stands above the line that begins a document", () => {
	const text = `#- a.yaml\n${QUOTED}--- # portolan-ignore:\n${QUOTED}`;
	assert.deepEqual(titles(text, "a.yaml", "--- # portolan-ignore:"), ["Remove the comment", OFF, "Show documentation"]);
});

test("ignore here: line breaks are those of the file", () => {
	const snapshot = snapshotOf(new Map([["a.yaml", QUOTED.replaceAll("\n", "\r\n")]]));
	const action = actions(snapshot, "a.yaml", '"8080"').find(({ title }) => title === IGNORE);
	assert(action && "edits" in action.does);
	assert.equal(action.does.edits[0]?.text, "      # portolan-ignore: quoted-target-port\r\n");
});

const rule = "quoted-target-port";
const turning: { title: string; file: string; gives: string }[] = [
	{ title: "an empty file", file: "", gives: `rules:\n  ${rule}: off\n` },
	{ title: "a file of comments", file: "# ours\n", gives: `# ours\nrules:\n  ${rule}: off\n` },
	{ title: "without rules", file: "exclude: [x] # old\n", gives: `exclude: [x] # old\nrules:\n  ${rule}: off\n` },
	{ title: "with rules that are empty", file: "rules:\nexclude: [x]\n", gives: `rules:\n  ${rule}: off\nexclude: [x]\n` },
	{
		title: "with other rules",
		file: "rules:\n    slash-comment: hint # yes\nexclude: [x]\n",
		gives: `rules:\n    slash-comment: hint # yes\n    ${rule}: off\nexclude: [x]\n`,
	},
	{ title: "with the rule itself", file: `rules:\n  ${rule}: error # for now\n`, gives: `rules:\n  ${rule}: off # for now\n` },
	{ title: "with the rule left open", file: `rules:\n  ${rule}:\n`, gives: `rules:\n  ${rule}: off\n` },
	{ title: "in flow style", file: "{ rules: { slash-comment: hint } }\n", gives: `{ rules: { slash-comment: hint, ${rule}: off } }\n` },
	{ title: "in flow style without rules", file: "{ exclude: [x] }\n", gives: `{ exclude: [x], rules: { ${rule}: off } }\n` },
];
for (const { title, file, gives } of turning) {
	test(`turn off: ${title}`, () => {
		const block = `#- .portolan.yaml\n${file === "" ? "\n#x" : file}#- k8s/a.yaml\n${QUOTED}`.replace("\n\n#x", "\n# \n");
		const wanted = file === "" ? `# \n${gives}` : gives;
		assert.equal(after(block, "k8s/a.yaml", '"8080"', OFF, ".portolan.yaml"), wanted);
	});
}

test("turn off: without a file one is made in the folder of the workspace", () => {
	assert.equal(after(`#- k8s/a.yaml\n${QUOTED}`, "k8s/a.yaml", '"8080"', OFF), `/ws/.portolan.yaml\nrules:\n  ${rule}: off\n`);
});

test("turn off: the nearest file is changed", () => {
	const block = `#- .portolan.yaml\nexclude: []\n#- k8s/.portolan.yaml\nexclude: [x]\n#- k8s/a.yaml\n${QUOTED}`;
	assert.equal(after(block, "k8s/a.yaml", '"8080"', OFF, "k8s/.portolan.yaml"), `exclude: [x]\nrules:\n  ${rule}: off\n`);
});

test("turn off: a file that cannot be parsed is left alone", () => {
	assert.ok(!titles(`#- .portolan.yaml\nrules: [\n#- a.yaml\n${QUOTED}`, "a.yaml", '"8080"').includes(OFF));
});

const FAR = `apiVersion: v1
kind: Service
metadata: { name: far }
spec:
  type: NodePort
  ports: [{ port: 80, nodePort: 8080 }]
`;
const WIDEN = "Set cluster.nodePortRange to 8080-32767 in .portolan.yaml";
const widening: { title: string; file?: string; gives: string }[] = [
	{ title: "without a file one is made", gives: "/ws/.portolan.yaml\ncluster:\n  nodePortRange: 8080-32767\n" },
	{
		title: "beside other settings",
		file: "cluster: # ours\n  domain: k8s.local\nrules: {}\n",
		gives: "cluster: # ours\n  domain: k8s.local\n  nodePortRange: 8080-32767\nrules: {}\n",
	},
	{
		title: "in place of another range",
		file: "cluster:\n  nodePortRange: 30000-32767 # old\n",
		gives: "cluster:\n  nodePortRange: 8080-32767 # old\n",
	},
];
for (const { title, file, gives } of widening) {
	test(`node ports of another range: ${title}`, () => {
		const block = `${file === undefined ? "" : `#- .portolan.yaml\n${file}`}#- far.yaml\n${FAR}`;
		const changed = after(block, "far.yaml", "8080", WIDEN, ".portolan.yaml") ?? "";
		assert.equal(changed, gives);
		const text = file === undefined ? changed.slice(changed.indexOf("\n") + 1) : changed;
		const left = findingsOf(snapshotOf(new Map([...cutFiles(block), [".portolan.yaml", text]])));
		assert.deepEqual(
			left.filter(({ rule: name }) => name === "node-port-out-of-range"),
			[],
		);
	});
}

test("node ports of another range: no range has a number that is no port", () => {
	const found = titles(`#- far.yaml\n${FAR.replace("8080", "80800")}`, "far.yaml", "80800");
	assert.ok(!found.some((title) => title.startsWith("Set cluster")), found.join());
});
