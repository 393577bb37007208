import assert from "node:assert/strict";
import { test } from "node:test";
import { deployedIn, placesIn } from "../../../server/src/features/deployed.ts";
import { fileOf, type Snapshot } from "../../../server/src/links/snapshot.ts";
import { allUnits } from "../../../server/src/links/units.ts";
import { positionAt, spanInFile } from "../../../server/src/text/file.ts";
import type { Place } from "../../../server/src/text/source.ts";
import { textAt } from "../../../server/src/units/kustomize/resource.ts";
import type { Unit } from "../../../server/src/units/unit.ts";
import { type Node, valueAt } from "../../../server/src/yaml/nodes.ts";
import { cutFiles, snapshotOf } from "../../support/workspace.ts";

/** A small workspace, and what is deployed of it. */
export interface DeployedCase {
	readonly title: string;
	/** Files behind `#- name` lines. */
	readonly files: string;
	/** Every unit that has objects, by kind and name, with its objects (`Service shop/web`); one that is not complete has `...` behind them. */
	readonly units: Readonly<Record<string, readonly string[]>>;
	/** Values of one object: unit, object and JSON pointer, then the value and where it stands and came through (`app.yaml:3`). */
	readonly values?: readonly (readonly [unit: string, object: string, pointer: string, value: string, ...places: string[]])[];
}

export function tryCases(cases: readonly DeployedCase[]): void {
	for (const { title, files, units, values = [] } of cases) {
		test(title, () => {
			const snapshot = snapshotOf(cutFiles(files));
			assert.deepEqual(unitsIn(snapshot), units);
			for (const [unit, object, pointer, ...expected] of values) {
				assert.deepEqual(valueIn(snapshot, unit, object, pointer), expected, `${unit} ${object} ${pointer}`);
			}
		});
	}
}

function unitsIn(snapshot: Snapshot): DeployedCase["units"] {
	const units = [...allUnits(snapshot)].map((unit) => [nameOf(unit), namesIn(unit)] as const);
	return Object.fromEntries(units.filter(([, names]) => names.some((name) => name !== "...")));
}

function nameOf(unit: Unit): string {
	const { deployer, kind, name, path, renderings } = unit;
	return deployer ? name : [kind, kind === "configured" ? name : path, renderings[0]?.root.variant].filter(Boolean).join(" ");
}

function namesIn(unit: Unit): readonly string[] {
	const names = deployedIn(unit).map(({ root }) => labelOf(root));
	return unit.complete ? names : [...names, "..."];
}

function labelOf(root: Node): string {
	const [kind, namespace, name] = [textAt(root, "kind"), textAt(root, "metadata", "namespace"), textAt(root, "metadata", "name")];
	return `${kind} ${namespace === "" ? "" : `${namespace}/`}${name}`;
}

function valueIn(snapshot: Snapshot, name: string, object: string, pointer: string): readonly string[] {
	const unit = [...allUnits(snapshot)].find((each) => nameOf(each) === name);
	assert(unit, `no unit ${name}`);
	const root = deployedIn(unit).find((each) => labelOf(each.root) === object)?.root;
	assert(root, `no object ${object}`);
	const path = pointer.slice(1).split("/");
	const node = path.reduce<Node | undefined>((at, part) => (at?.kind === "seq" ? at.items[Number(part)] : valueAt(at, part)), root);
	const value = node?.kind === "scalar" ? String(node.value) : "none";
	return [value, ...(placesIn(root).get(pointer) ?? []).map((place) => lineOf(snapshot, place))];
}

function lineOf(snapshot: Snapshot, place: Place): string {
	const file = fileOf(snapshot, place.source.uri);
	const span = file && spanInFile(file, place);
	return `${place.source.uri.replace("/ws/", "")}:${file && span ? positionAt(file, span.start).line + 1 : "?"}`;
}
