import { findingsAmong, findingsIn, findingsOf } from "../server/src/features/findings.ts";
import { fixesOf } from "../server/src/features/verifiedFixes.ts";
import { fileOf, type Snapshot } from "../server/src/links/snapshot.ts";
import { allUnits, eachUnitOf, unitsOf, writtenUnits } from "../server/src/links/units.ts";
import { Workspace } from "../server/src/session/workspace.ts";
import { DEFAULT_SETTINGS } from "../server/src/settings/settings.ts";
import { RENDERERS } from "../server/src/units/allRenderers.ts";
import type { Unit } from "../server/src/units/unit.ts";
import { type File, generate } from "./generate.ts";
import { CHARTS, generateCharts, generateOverlays } from "./generateRendered.ts";
import { median, print, printTimes, timedNow } from "./times.ts";

const fail = (rule: string, error: unknown) => console.error(rule, error);

/** What overlays and charts cost: when they are rendered first, and after edits of what they are rendered from. */
export function measureRendered(): void {
	for (let round = 0; round < 3; round++) checkAll(workspaceOf([...generateOverlays(20), ...generateCharts()]));
	console.log("\n500 overlays of one base of ten applications");
	measureOverlays(500);
	console.log(`\n${CHARTS.length} charts of one to forty applications`);
	measureCharts();
	console.log("\n1,000 generated manifests beside 20 overlays and the charts");
	measureBeside();
}

function workspaceOf(files: Iterable<File>): Workspace {
	const workspace = new Workspace(DEFAULT_SETTINGS, () => RENDERERS);
	workspace.apply([...files].map(({ path, text }) => ({ uri: `/w/${path}`, text })));
	return workspace;
}

/** Renders what is not rendered yet. */
function rendered(snapshot: Snapshot): readonly Unit[] {
	return [...allUnits(snapshot)].filter(({ renderings }) => renderings.length > 0);
}

function checkAll({ snapshot }: Workspace): number {
	return [...allUnits(snapshot)].reduce((sum, unit) => sum + findingsOf(snapshot, unit, fail).length, 0);
}

function measureOverlays(count: number): void {
	const one = workspaceOf(generateOverlays(1));
	const alone = timedNow(() => rendered(one.snapshot));
	const workspace = workspaceOf(generateOverlays(count));
	const all = timedNow(() => rendered(workspace.snapshot));
	print("one overlay and its base", alone, "ms", "read and rendered");
	print(`each of ${count} overlays`, all / count, "ms", `${((all / count / alone) * 100).toFixed(0)} % of that`, 5);
	print("  with all findings", (all + timedNow(() => checkAll(workspace))) / count, "ms", "", 20);
	const patches = Array.from({ length: 100 }, (_, at) => `/w/overlays/o-${(at * 7919) % count}/patch.yaml`);
	measureEdits("an overlay's patch", workspace, patches, /(replicas: )(\d)/, 5);
	const base = "/w/base/app-4-deployment.yaml";
	const first = Array.from({ length: 20 }, (_, round) => {
		const text = fileOf(workspace.snapshot, base)?.text.replace(/(containerPort: 909)\d/, `$1${round % 10}`) ?? "";
		return timedNow(() => {
			workspace.apply([{ uri: base, text }]);
			firstFindings(workspace.snapshot, base);
		});
	});
	printTimes(`edit of the base of ${count} overlays, first answer`, first, 50);
	measureEdits(`the base of ${count} overlays`, workspace, Array(10).fill(base), /(containerPort: 909)(\d)/);
	workspace.apply([
		{ uri: base, text: fileOf(workspace.snapshot, base)?.text.replace("containerPort: 8080", "containerPort: 8081") ?? "" },
	]);
	checkAll(workspace);
	const [finding] = findingsIn(workspace.snapshot, "/w/base/app-4-service.yaml", fail).filter(({ fixes }) => fixes.length > 0);
	if (finding)
		print(
			"a fix in the base, tried",
			timedNow(() => fixesOf(workspace.snapshot, finding, fail)),
			"ms",
		);
}

/** What the server answers at once: what is found in the first eight units. */
function firstFindings(snapshot: Snapshot, uri: string): void {
	const units: Unit[] = [];
	for (const unit of eachUnitOf(snapshot, uri)) {
		units.push(unit);
		if (units.length === 8) break;
	}
	findingsAmong(snapshot, uri, units, fail);
}

function measureCharts(): void {
	const workspace = workspaceOf(generateCharts());
	const first = CHARTS.map((_, chart) => timedNow(() => unitsOf(workspace.snapshot, `/w/charts/shop-${chart}/values.yaml`)));
	print("the largest chart", first.at(-1) ?? 0, "ms", "rendered first", 500);
	checkAll(workspace);
	const uris = (name: string) => Array.from({ length: 42 }, (_, at) => `/w/charts/shop-${at % CHARTS.length}/${name}`);
	measureEdits("a chart's values", workspace, uris("values.yaml"), /(containerPort: 808)(\d)/, 30);
	measureEdits("a chart's template", workspace, uris("templates/app-0-service.yaml"), /(component: app)(\d)/, 30);
}

/** From a changed digit to what is rendered from its file, to the findings of the file, and to those of every file. */
function measureEdits(what: string, workspace: Workspace, uris: readonly string[], digit: RegExp, target?: number): void {
	const [again, own, all]: [number[], number[], number[]] = [[], [], []];
	for (const [round, uri] of uris.entries()) {
		const text = fileOf(workspace.snapshot, uri)?.text ?? "";
		const next = text.replace(digit, (_, before, old) => before + String((Number(old) + 1 + (round % 8)) % 10));
		const changed = timedNow(() => workspace.apply([{ uri, text: next }]));
		again.push(changed + timedNow(() => unitsOf(workspace.snapshot, uri)));
		own.push((again.at(-1) ?? 0) + timedNow(() => findingsIn(workspace.snapshot, uri, fail)));
		all.push((own.at(-1) ?? 0) + timedNow(() => checkAll(workspace)));
		workspace.apply([{ uri, text }]);
		checkAll(workspace);
	}
	print(`edit of ${what} to its rendering`, median(again), "ms", "median", target);
	printTimes("  to the findings of its file", own);
	printTimes("  to what it changes in every file", all);
}

/** Plain files are read and checked before anything is rendered, and each unit that is rendered comes on top. */
function measureBeside(): void {
	const plain = [...generate(1000)];
	const both = [...plain, ...generateOverlays(20), ...generateCharts()];
	const [alone, beside, each]: [number[], number[], number[]] = [[], [], []];
	const written = ({ snapshot }: Workspace) => [...writtenUnits(snapshot)].filter(({ path }) => path.startsWith("/w/team-"));
	const check = (workspace: Workspace) => {
		for (const unit of written(workspace)) findingsOf(workspace.snapshot, unit, fail);
	};
	for (let round = 0; round < 5; round++) {
		const workspaces = [workspaceOf(plain), workspaceOf(both)] as const;
		alone.push(timedNow(() => check(workspaces[0])));
		beside.push(timedNow(() => check(workspaces[1])));
		each.push(...timesOfUnits(workspaces[1]));
	}
	print("plain files, cold, with all findings", median(alone), "ms");
	print("  beside what is rendered", median(beside) / median(alone), "x", "", 1.15);
	print("each rendered unit", median(each), "ms", `median; largest ${Math.max(...each).toFixed(0)} ms`, 20);
}

/** Rendering and all findings of each unit. */
function timesOfUnits({ snapshot }: Workspace): readonly number[] {
	const units = allUnits(snapshot)[Symbol.iterator]();
	const times: number[] = [];
	for (let done: boolean | undefined = false; !done; ) {
		let isRendered = false;
		const time = timedNow(() => {
			const next = units.next();
			done = next.done;
			if (next.done) return;
			isRendered = next.value.renderings.length > 0;
			findingsOf(snapshot, next.value, fail);
		});
		if (isRendered) times.push(time);
	}
	return times;
}
