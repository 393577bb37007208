import path from "node:path";
import { type Deployed, deployedIn, placesIn } from "../features/deployed.ts";
import { unitAtRoot } from "../links/units.ts";
import { nodeDisk } from "../session/disk.ts";
import type { Place } from "../text/source.ts";
import type { Unit } from "../units/unit.ts";
import { dataOf, writeYaml } from "../yaml/write.ts";
import { type Command, Failure } from "./command.ts";
import type { Io } from "./io.ts";
import { locate, relativePath } from "./locate.ts";
import { sayNotes } from "./notes.ts";
import { isMain, type Reading, read, unitName } from "./read.ts";

export const render: Command = {
	name: "render",
	operands: "[PATH]",
	summary: "Prints what is deployed: overlays rendered, everything else as it is written",
	options: {
		format: { choices: ["yaml", "json"], help: "how to print the objects (default yaml; json has the place of every value)" },
		values: { value: "FILE", multiple: true, help: "a values file for a chart; may stand several times, and later ones win" },
		config: { value: "FILE", help: "the configuration that holds, instead of the nearest .portolan.yaml" },
	},
	run: async (call, io) => {
		const values = call.texts("values").map((file) => path.resolve(io.cwd, file).replaceAll(path.sep, "/"));
		await lookFor(call.texts("values"), io);
		const reading = await read(call.operands, io, { config: call.text("config"), values });
		const units = unitsFor(reading, values).map((unit) => ({ unit, objects: deployedIn(unit) }));
		const filled = units.filter(({ unit, objects }) => objects.length > 0 || unit.renderings.length > 0);
		io.out(call.text("format") === "json" ? asJson(reading, filled, io) : asYaml(filled, io));
		sayNotes(reading, io);
		return 0;
	},
};

/** Throws a `Failure` for a values file that is not there or is no file. */
async function lookFor(values: readonly string[], { cwd }: Io): Promise<void> {
	const disk = nodeDisk();
	for (const written of values) {
		const kind = await disk.kind(path.resolve(cwd, written).replaceAll(path.sep, "/"));
		if (kind === undefined) throw new Failure(`${written}: there is no such file`);
		if (kind === "folder") throw new Failure(`${written}: a folder, not a values file`);
	}
}

interface Filled {
	readonly unit: Unit;
	readonly objects: readonly Deployed[];
}

/** A folder with a kustomization or a chart stands for what that deploys, so does a deployer's manifest, and anything else for all units in it. */
function unitsFor({ snapshot, names, units }: Reading, values: readonly string[]): readonly Unit[] {
	const roots = names.map(({ kind, path }) => {
		const root = kind === "folder" ? unitAtRoot(snapshot, path, values) : undefined;
		return root ? [root] : units.filter(({ deployer }) => kind === "file" && deployer?.uri === path);
	});
	const all = roots.length > 0 && roots.every((found) => found.length > 0) ? roots.flat() : units.filter(isMain);
	if (values.length > 0 && !all.every(({ kind }) => kind === "chart")) throw new Failure("--values is for a chart, and PATH is none");
	return all;
}

function asJson(reading: Reading, units: readonly Filled[], { cwd }: Io): string {
	const at = (place: Place) => locate(reading.snapshot, cwd, place);
	const data = {
		version: 1,
		units: units.map(({ unit, objects }) => ({
			name: unitName(unit, cwd),
			kind: unit.renderings[0]?.root.kind ?? "plain",
			path: unit.kind === "stdin" ? "-" : relativePath(cwd, unit.renderings[0]?.root.path ?? unit.path),
			complete: unit.complete,
			gaps: unit.gaps.map(({ reason, uri, at: place }) => {
				const { file, line } = place ? at(place) : { file: relativePath(cwd, uri), line: 1 };
				return { reason, file, line };
			}),
			objects: objects.map(({ root, unknown }) => ({
				object: dataOf(root),
				...(unknown.length > 0 && { unknown }),
				places: Object.fromEntries([...placesIn(root)].map(([pointer, places]) => [pointer, places.map(at)])),
			})),
		})),
	};
	return `${JSON.stringify(data, null, 2)}\n`;
}

/** Each document says in a comment where it comes from, as those of Helm do, so that `portolan check -` reads it again. */
function asYaml(units: readonly Filled[], { cwd }: Io): string {
	const objects = units.flatMap((unit) => unit.objects);
	return objects.map(({ root, uri }) => `---\n# Source: ${relativePath(cwd, uri)}\n${writeYaml(root)}`).join("");
}
