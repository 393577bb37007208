import { findingsInSteps } from "../server/src/features/findings.ts";
import { allUnits } from "../server/src/links/units.ts";
import { checkUnit } from "../server/src/rules/check.ts";
import { type Change, Workspace } from "../server/src/session/workspace.ts";
import { DEFAULT_SETTINGS } from "../server/src/settings/settings.ts";
import { RENDERERS } from "../server/src/units/allRenderers.ts";
import { openFile } from "../server/src/yaml/stream.ts";
import { generate } from "./generate.ts";
import { print, printTimes, processorTime, timedNow } from "./times.ts";

const fail = (rule: string, error: unknown) => console.error(rule, error);

/** What grows with one document, one file or one folder, and how: four times as much should take four times as long. */
export function measureLarge(): void {
	console.log("\nvery many objects in one document, one file, one folder");
	growth("a List", 10_000, (count) => [{ uri: "/w/list.yaml", text: listOf(count) }]);
	growth("a file of documents", 10_000, (count) => [
		{ uri: "/w/all.yaml", text: [...generate(count, "flat")].map(({ text }) => text).join("---\n") },
	]);
	print(
		"a flat folder of 20,000 files taken in",
		timedNow(() => workspaceOf(opened(20_000))),
		"ms",
	);
}

function growth(what: string, count: number, changes: (count: number) => readonly Change[]): void {
	checked(changes(count / 10));
	const few = checked(changes(count / 4)).time;
	const { time, steps } = checked(changes(count));
	print(`${what} of ${count} objects, read and checked`, time, "ms");
	print("  to a quarter of them", time / few / 4, "x", "", 1.5);
	printTimes("  its steps", steps, 20, `longest ${Math.max(...steps).toFixed(0)} ms`);
}

function checked(changes: readonly Change[]): { readonly time: number; readonly steps: readonly number[] } {
	const workspace = workspaceOf(changes);
	const begun = processorTime();
	for (const unit of allUnits(workspace.snapshot)) for (const _ of unit.listInSteps());
	const steps: number[] = [];
	let last = processorTime();
	for (const _ of findingsInSteps(workspace.snapshot, fail)) {
		const now = processorTime();
		steps.push(now - last);
		last = now;
	}
	for (const unit of allUnits(workspace.snapshot)) checkUnit(workspace.snapshot, unit, fail);
	return { time: processorTime() - begun, steps };
}

function workspaceOf(changes: readonly Change[]): Workspace {
	const workspace = new Workspace(DEFAULT_SETTINGS, () => RENDERERS);
	workspace.apply(changes);
	return workspace;
}

function opened(count: number): readonly Change[] {
	return [...generate(count, "flat")].map(({ path, text }) => {
		const uri = `/w/${path}`;
		return { uri, text, file: openFile(uri, text), before: undefined };
	});
}

function listOf(count: number): string {
	const items = [...generate(count, "flat")].map(({ text }) => `- ${text.trimEnd().replaceAll("\n", "\n  ")}\n`);
	return `apiVersion: v1\nkind: List\nitems:\n${items.join("")}`;
}
