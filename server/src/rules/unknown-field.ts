import { isPlaceholder } from "../model/field.ts";
import { isOwn, spelled } from "../model/fieldEdits.ts";
import { isWorkload } from "../model/manifest.ts";
import { closedMaps, fieldOf, type MapShape, misfits } from "../model/shape.ts";
import { shapeOf } from "../model/shapes.ts";
import type { Workload } from "../model/workload.ts";
import { replace } from "../yaml/edit.ts";
import { type Entry, effectiveEntries, entryOf, type MapNode } from "../yaml/nodes.ts";
import { garbled } from "./garbledKey.ts";
import { type Home, homeOf, moveTo } from "./misplaced.ts";
import { meantField } from "./misspelt.ts";
import { type Fix, type Report, rule } from "./rule.ts";

export const unknownField = rule({
	name: "unknown-field",
	levels: ["error"],
	on: "Object",
	whole: true,
	summary: "A key that is a misspelt or misplaced field of a Service, an Ingress, a NetworkPolicy, a container port or a probe.",
	why: "Kubernetes refuses the object as kubectl sends it; a client that does not ask for strict validation loses the field without a word.",
	source: "https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
      targetport: 8080
`,
	good: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
      targetPort: 8080
`,
	*check(object) {
		if (isWorkload(object) && object.custom) return;
		for (const { map, shape, path } of closedMaps(object.root, shapeOf(object))) {
			for (const entry of effectiveEntries(map)) {
				if (entry.merged || fieldOf(shape, entry.name) || isPlaceholder(entry.key)) continue;
				const report =
					runTogether(map, shape, entry) ?? misplaced(map, entry, homeOf(object, path, entry.name)) ?? misspelt(map, shape, entry);
				if (report) yield report;
			}
		}
		if (isWorkload(object)) yield* besidePorts(object);
	},
});

function runTogether(map: MapNode, shape: MapShape, entry: Entry): Report | undefined {
	const found = garbled(entry);
	if (!found || !(found.isItem ? isItemOf(map, shape, entry) : fieldOf(shape, found.name))) return undefined;
	return {
		at: entry.key,
		message: found.message,
		kubernetes: "refuses",
		fixes: [{ title: found.fix.title, safe: false, edits: [found.fix.edit] }],
	};
}

/** Whether the key stands where the items of a list begin that has none yet; elsewhere a dash makes no item of it. */
function isItemOf(map: MapNode, shape: MapShape, { key }: Entry): boolean {
	const { entries, source, start } = map;
	const above = entries[entries.findIndex((each) => each.key === key) - 1];
	if (source.text[start] === "{" || !above || above.value.end > above.value.start) return false;
	return fieldOf(shape, above.name)?.is === "list";
}

function misspelt(map: MapNode, shape: MapShape, entry: Entry): Report | undefined {
	const meant = meantField(entry.name, [...shape.fields.keys()], (field) => entryOf(map, field) !== undefined);
	if (!meant) return undefined;
	return {
		at: entry.key,
		message: `${entry.name} is no field here: it is called ${meant.field}`,
		kubernetes: "refuses",
		fixes: rename(map, shape, entry, meant.field, meant.sameWord),
	};
}

/** Where the field is not there already and the value would fit. */
function rename(map: MapNode, shape: MapShape, { key, value }: Entry, name: string, safe: boolean): readonly Fix[] {
	const wanted = fieldOf(shape, name);
	const [misfit] = wanted ? misfits(value, wanted) : [];
	if (entryOf(map, name) || misfit || !isOwn(key, map)) return [];
	return [{ title: `Write ${name}`, safe, edits: [replace(key, spelled(key, name))] }];
}

function misplaced(map: MapNode, entry: Entry, home: Home | undefined): Report | undefined {
	if (!home) return undefined;
	return {
		at: entry.key,
		message: `The field ${entry.name} belongs ${home.where}`,
		kubernetes: "refuses",
		fixes: home.target ? moveTo(map, entry, home.target) : [],
	};
}

/** Pod specs and containers have more fields than are known here, so only what is known to belong elsewhere is looked for. */
function* besidePorts(workload: Workload): Iterable<Report> {
	const { spec, containers, initContainers } = workload.template;
	const maps = [
		spec ? { map: spec, path: "pod" } : undefined,
		...[...containers, ...initContainers].map(({ node: map }) => ({ map, path: "container" })),
	];
	for (const { map, path } of maps.filter((each) => each !== undefined)) {
		for (const entry of effectiveEntries(map)) {
			const report = entry.merged ? undefined : misplaced(map, entry, homeOf(workload, path, entry.name));
			if (report) yield report;
		}
	}
}
