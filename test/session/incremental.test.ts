import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { findingsIn } from "../../server/src/features/findings.ts";
import type { Snapshot } from "../../server/src/links/snapshot.ts";
import { portPatchAdds } from "../../server/src/rules/port-patch-adds.ts";
import type { Finding } from "../../server/src/rules/rule.ts";
import type { Workspace } from "../../server/src/session/workspace.ts";
import { freshSnapshot, newWorkspace, onFault, printed } from "../fuzz/laws.ts";
import { type Step, step, textsAfter } from "../fuzz/steps.ts";
import { type Files, ROOT, workspace } from "../fuzz/workspaces.ts";
import { cutFiles } from "../support/workspace.ts";

/** What happens to the files of a workspace. It names none of them, so that a list of changes still makes sense when some are taken out. */
type Change =
	| { readonly kind: "edit"; readonly step: Step; readonly last: boolean }
	| { readonly kind: "remove" | "copy"; readonly file: number; readonly to: number }
	| { readonly kind: "write"; readonly file: number };

const FOLDERS = ["", "/near", "/near/deep", "/other"];

/** Files that say what the others are. */
const SPECIAL: readonly (readonly [name: string, text: string])[] = [
	["kustomization.yaml", "resources: [a.yaml]\npatches: [{ path: b.yaml }]\n"],
	["kustomization.yaml", "resources: [../near]\n"],
	["near/kustomization.yaml", "patchesStrategicMerge: [../a.yaml]\n"],
	["near/Chart.yaml", "name: near\n"],
	[".portolan.yaml", "rules: { service-without-pods: error, target-port-not-declared: off }\n"],
	[".portolan.yaml", "units: [{ name: all, paths: [., near] }]\n"],
	["near/config.yaml", "service-node-port-range: 8000-31000\n"],
	["kubeadm.yaml", "kind: ClusterConfiguration\napiServer: { extraArgs: { service-node-port-range: 30000-30099 } }\n"],
	["near/.portolan.yaml", "cluster: { nodePortRange: 8000-9000 }\n"],
	["nodes.yaml", "apiVersion: v1\nkind: Node\nmetadata: { name: n }\nstatus: { addresses: [{ type: InternalIP, address: 10.0.0.1 }] }\n"],
	["near/namespace.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: { name: default, labels: { istio-injection: enabled } }\n"],
	["namespace.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: { name: default, labels: { istio-injection: enabled } }\n"],
];

const change: fc.Arbitrary<Change> = fc.oneof(
	{ weight: 6, arbitrary: fc.record({ kind: fc.constant("edit"), step, last: fc.boolean() }) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant("remove"), file: fc.nat(9), to: fc.constant(0) }) },
	{ weight: 2, arbitrary: fc.record({ kind: fc.constant("copy"), file: fc.nat(9), to: fc.nat(9) }) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant("write"), file: fc.nat(SPECIAL.length - 1) }) },
);

/** The files after a change, and those that it touched: with typing several times. */
function* changed(files: Files, what: Change): Iterable<Files> {
	const uris = [...files.keys()];
	if (what.kind === "write") {
		const [name, text] = SPECIAL[what.file] ?? ["", ""];
		yield new Map([...files, [`${ROOT}/${name}`, text]]);
		return;
	}
	const uri = uris[(what.kind === "edit" ? what.step.file : what.file) % Math.max(1, uris.length)];
	if (uri === undefined) return;
	const text = files.get(uri) ?? "";
	if (what.kind === "edit") {
		const texts = textsAfter(text, what.step, text, [...files.values()]);
		for (const after of what.last ? texts.slice(-1) : texts.slice(-6)) yield new Map([...files, [uri, after]]);
	} else if (what.kind === "remove") yield new Map([...files].filter(([name]) => name !== uri));
	else yield new Map([...files, [`${ROOT}${FOLDERS[what.to % FOLDERS.length]}/${"xyz"[what.to % 3]}.yaml`, text]]);
}

function take(edited: Workspace, before: Files, after: Files): void {
	const gone = [...before.keys()].filter((uri) => !after.has(uri)).map((uri) => ({ uri, gone: true }) as const);
	const texts = [...after].filter(([uri, text]) => before.get(uri) !== text).map(([uri, text]) => ({ uri, text }));
	edited.apply([...gone, ...texts]);
}

/** What is said file by file, which is worked out in another order than what is said of all. */
function byFile(snapshot: Snapshot, files: Files): unknown {
	const print = ({ rule, severity, message, at }: Finding) => [rule, severity, message, at.source.uri, at.source.text, at.start, at.end];
	return [...files.keys()].reverse().map((uri) => [uri, findingsIn(snapshot, uri, onFault).map(print)]);
}

const PATCH = new Map([...cutFiles(portPatchAdds.bad)].map(([name, text]) => [`${ROOT}/${name}`, text]));
const SPACE: Step = { file: 0, op: "setValue", at: 0, to: 0, pick: 0, text: "" };

/** What once came out different. */
const FOUND: [Files, Change[], number][] = [[PATCH, [{ kind: "edit", step: SPACE, last: false }], 0]];

const POD = "apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { containers: [{ name: a, image: a }] }\n";
const AT_ONCE: readonly (readonly [title: string, before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>])[] = [
	[
		"a file goes while a kustomization begins to name it",
		{ "base/kustomization.yaml": "", "base/pod.yaml": POD, "base/other.yaml": "" },
		{ "base/kustomization.yaml": "resources: [pod.yaml]\n", "base/other.yaml": "" },
	],
	[
		"the one file goes that a kustomization in another folder deploys",
		{ "app/kustomization.yaml": "resources: [../base/pod.yaml]\n", "base/pod.yaml": POD, "base/other.yaml": POD.replaceAll("a }", "b }") },
		{ "app/kustomization.yaml": "resources: [../base/pod.yaml]\n", "base/other.yaml": POD.replaceAll("a }", "b }") },
	],
];

for (const [title, ...versions] of AT_ONCE) {
	test(`what is known is what is read afresh when ${title}`, () => {
		const [before, after] = versions.map((files) => new Map(Object.entries(files).map(([name, text]) => [`${ROOT}/${name}`, text])));
		assert.ok(before && after);
		const edited = newWorkspace();
		take(edited, new Map(), before);
		assert.deepEqual(printed(edited.snapshot), printed(freshSnapshot(before)));
		take(edited, before, after);
		assert.deepEqual(printed(edited.snapshot), printed(freshSnapshot(after)));
	});
}

test("what comes about by changes is what is read afresh, and old snapshots say what they said", () => {
	const property = fc.property(workspace, fc.array(change, { minLength: 1, maxLength: 12 }), fc.nat(5), (start, changes, every) => {
		const edited = newWorkspace();
		let files: Files = new Map();
		const kept: { readonly snapshot: Snapshot; readonly said: unknown }[] = [];
		const see = (after: Files, whole: boolean) => {
			take(edited, files, after);
			files = after;
			const fresh = freshSnapshot(files);
			assert.deepEqual(byFile(edited.snapshot, files), byFile(fresh, files));
			if (!whole) return;
			const said = printed(edited.snapshot);
			assert.deepEqual(said, printed(fresh));
			kept.push({ snapshot: edited.snapshot, said });
		};
		see(start, true);
		for (const [round, what] of changes.entries()) for (const after of changed(files, what)) see(after, round % (every + 1) === 0);
		for (const { snapshot, said } of kept.reverse()) assert.deepEqual(printed(snapshot), said);
	});
	fc.assert(property, {
		examples: FOUND,
		numRuns: Number(process.env.RUNS ?? 60),
		seed: Number(process.env.SEED ?? 20261121),
	});
});
