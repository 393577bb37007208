import type { Rendered, RenderedObject } from "../../server/src/units/rendered.ts";
import { effectiveEntries, type Node, valueAt } from "../../server/src/yaml/nodes.ts";
import { RECORDED_KINDS, type RecordedObject, type RecordedUnit } from "./recorded.ts";

/** How one object, or the answer as a whole, compares with what the tool made. */
export interface Comparison {
	/** `equal`, or the kind of difference. */
	readonly class: string;
	/** Where, and what stands on both sides. */
	readonly detail: string;
}

/** Compares object by object: labels and specs, nulls of maps left out, what varies from run to run left out. */
export function compareObjects(unit: RecordedUnit, rendered: Rendered): readonly Comparison[] {
	if (!unit.ok && !unit.partial) return [];
	const wanted = group(unit.objects, (object) => keyOf(unit, object.apiVersion, object.kind, object.namespace, nameOf(object)));
	const own = rendered.objects.filter(({ root }) => RECORDED_KINDS.has(String(plain(valueAt(root, "kind")))));
	const ours = group(own, (object) => keyOfOurs(unit, object));
	const found: Comparison[] = [];
	for (const [key, expected] of wanted) {
		const candidates = ours.get(key) ?? [];
		for (const [index, object] of expected.entries()) {
			const candidate = candidates[index];
			found.push(candidate ? compareObject(key, object, candidate) : { class: "missing", detail: `${key} of ${object.source}` });
		}
		for (const extra of candidates.slice(expected.length)) found.push({ class: "extra", detail: `${key} of ${extra.uri}` });
	}
	for (const [key, extra] of ours) {
		if (!wanted.has(key)) for (const { uri } of extra) found.push({ class: "extra", detail: `${key} of ${uri}` });
	}
	return found;
}

function group<Value>(values: readonly Value[], keyOfValue: (value: Value) => string): ReadonlyMap<string, readonly Value[]> {
	const groups = new Map<string, Value[]>();
	for (const value of values) {
		const key = keyOfValue(value);
		const known = groups.get(key);
		if (known) known.push(value);
		else groups.set(key, [value]);
	}
	return groups;
}

const HASH = /-[2456789bcdfghkmt]{10}$/;

function keyOf(unit: RecordedUnit, apiVersion: unknown, kind: unknown, namespace: unknown, name: string): string {
	const shown = unit.generated ? name.replace(HASH, "") : name;
	return [apiVersion, kind, namespace ?? "", shown].map(String).join(" ");
}

function nameOf(object: RecordedObject): string {
	return object.varies?.includes("/name") ? "(varies)" : (object.name ?? object.generateName ?? "");
}

function keyOfOurs(unit: RecordedUnit, { root, unknown }: RenderedObject): string {
	const name = unknown.includes("/metadata/name")
		? "(varies)"
		: (plain(valueAt(root, "metadata", "name")) ?? plain(valueAt(root, "metadata", "generateName")) ?? "");
	const namespace = plain(valueAt(root, "metadata", "namespace"));
	return keyOf(unit, plain(valueAt(root, "apiVersion")), plain(valueAt(root, "kind")), namespace, String(name));
}

function compareObject(key: string, object: RecordedObject, { root, unknown }: RenderedObject): Comparison {
	const varies = object.varies ?? [];
	const isGiven = (pointer: string) => varies.some((each) => pointer === each || pointer.startsWith(`${each}/`));
	const own = { labels: plain(valueAt(root, "metadata", "labels")), spec: plain(valueAt(root, "spec")) };
	const difference = differenceOf(own, { labels: object.labels, spec: object.spec }, "", isGiven);
	if (difference) return { class: classOf(difference), detail: `${key}: ${difference}` };
	const uncertain = unknown.map((each) => each.replace(/^\/metadata\/labels/, "/labels"));
	const overlap = (a: string, b: string) => a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
	const known = uncertain.find((each) => /^\/(spec|labels)/.test(each) && !varies.some((other) => overlap(each, other)));
	if (known !== undefined) return { class: "unknown though certain", detail: `${key}: ${known}` };
	const guessed = varies.find((each) => /^\/(spec|labels)/.test(each) && !uncertain.some((other) => overlap(each, other)));
	return guessed === undefined ? { class: "equal", detail: key } : { class: "certain though it varies", detail: `${key}: ${guessed}` };
}

function classOf(difference: string): string {
	const [pointer = ""] = difference.split(": ", 1);
	return /\/checksum[~/]|\/annotations\/.*(checksum|sha|hash)/.test(pointer) ? "checksum differs" : "differs";
}

/** A node as JSON has it; generated names lose their hash when they are compared. */
function plain(node: Node | undefined): unknown {
	if (!node) return undefined;
	if (node.kind === "scalar") return node.value;
	if (node.kind === "seq") return node.items.map(plain);
	return Object.fromEntries(effectiveEntries(node).map(({ name, value }) => [name, plain(value)]));
}

/** The pointer of the first difference, and both sides; `undefined` where there is none. */
function differenceOf(own: unknown, wanted: unknown, pointer: string, isGiven: (pointer: string) => boolean): string | undefined {
	if (isGiven(pointer)) return undefined;
	if (isMap(own) && isMap(wanted)) {
		for (const name of new Set([...Object.keys(own), ...Object.keys(wanted)])) {
			const below = `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
			const found = differenceOf(own[name] ?? undefined, wanted[name] ?? undefined, below, isGiven);
			if (found !== undefined) return found;
		}
		return undefined;
	}
	if (Array.isArray(own) && Array.isArray(wanted) && own.length === wanted.length) {
		for (const [index, item] of own.entries()) {
			const found = differenceOf(item ?? undefined, wanted[index] ?? undefined, `${pointer}/${index}`, isGiven);
			if (found !== undefined) return found;
		}
		return undefined;
	}
	if (own === wanted || (typeof own === "string" && typeof wanted === "string" && own.replace(HASH, "") === wanted.replace(HASH, "")))
		return undefined;
	if (isEmpty(own) && isEmpty(wanted)) return undefined;
	return `${pointer}: ${shown(own)} instead of ${shown(wanted)}`;
}

/** Labels or a spec that hold nothing may be left out. */
function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || (isMap(value) && Object.values(value).every((each) => each === null));
}

function isMap(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
	return (JSON.stringify(value) ?? "nothing").slice(0, 160);
}
