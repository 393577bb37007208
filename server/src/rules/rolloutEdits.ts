import { intOrText, readField } from "../model/field.ts";
import { isJson, setField } from "../model/fieldEdits.ts";
import type { Workload } from "../model/workload.ts";
import type { Edit } from "../text/source.ts";
import { addEntry, addEntryBefore, replace } from "../yaml/edit.ts";
import { entryOf, type MapNode } from "../yaml/nodes.ts";
import type { Fix } from "./rule.ts";

/** Lets an old Pod go before its successor comes: `maxSurge: 0` with `maxUnavailable: 1`. */
export function deleteFirst({ spec }: Workload, strategy: "strategy" | "updateStrategy"): readonly Fix[] {
	const edits = spec && !isJson(spec) ? editsFor(spec, strategy) : [];
	if (edits.length === 0 || !edits.every((edit) => edit !== undefined)) return [];
	return [{ title: "Set maxSurge to 0 and maxUnavailable to 1", safe: false, edits }];
}

function editsFor(spec: MapNode, name: string): readonly (Edit | undefined)[] {
	const strategy = entryOf(spec, name)?.value;
	if (!strategy) return [addEntryBefore(spec, entryOf(spec, "template"), name, nested(spec, "rollingUpdate", NUMBERS))];
	if (strategy.kind !== "map") return [];
	const rolling = entryOf(strategy, "rollingUpdate")?.value;
	if (!rolling) return strategy.entries.length > 0 ? [addEntry(strategy, "rollingUpdate", below(strategy, NUMBERS))] : [];
	if (rolling.kind !== "map") return [];
	if (rolling.entries.length === 0) return rolling.flow ? [replace(rolling, flow(NUMBERS))] : [];
	return NUMBERS.map(([key, value]) => setField(rolling, key, readField(rolling, key, intOrText), value));
}

type Numbers = readonly (readonly [name: string, value: number])[];

const NUMBERS: Numbers = [
	["maxSurge", 0],
	["maxUnavailable", 1],
];

function nested(parent: MapNode, name: string, numbers: Numbers): string {
	return parent.flow ? `{ ${name}: ${flow(numbers)} }` : `\n  ${name}:${block(numbers, "    ")}`;
}

function below(parent: MapNode, numbers: Numbers): string {
	return parent.flow ? flow(numbers) : block(numbers, "  ");
}

function block(numbers: Numbers, indent: string): string {
	return numbers.map(([name, value]) => `\n${indent}${name}: ${value}`).join("");
}

function flow(numbers: Numbers): string {
	return `{ ${numbers.map(([name, value]) => `${name}: ${value}`).join(", ")} }`;
}
