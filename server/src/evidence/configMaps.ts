import { declaredPorts } from "../links/targetPort.ts";
import { type KubeObject, nameOf, sameNamespace } from "../model/object.ts";
import type { Container } from "../model/podTemplate.ts";
import type { Workload } from "../model/workload.ts";
import type { Index } from "../units/indexes.ts";
import { sees, type Unit } from "../units/unit.ts";
import { effectiveEntries, entryOf, type MapNode, type Node, type ScalarNode, valueAt } from "../yaml/nodes.ts";
import { configMapsIn } from "./serviceNames.ts";
import { namesNumber } from "./words.ts";

/** What a container takes from a ConfigMap: everything, or the value of one key. */
interface Use {
	readonly name: string | undefined;
	readonly key: string | undefined;
}

/** The texts of the unit's ConfigMaps that a container mounts, or takes variables from. */
export function configTexts(unit: Unit, workload: Workload, container: Container): readonly ScalarNode[] {
	return usesOf(workload, container).flatMap((use) => {
		const values = valuesOf(unit, workload, use.name);
		return (values ?? []).filter(({ key }) => use.key === undefined || use.key === key).map(({ node }) => node);
	});
}

/**
 * Whether the unit holds a ConfigMap (or the one key of it that is used) that says where its process listens: as with command lines,
 * one that names no port leaves that open. Bytes, and what is filled in later, cannot be read.
 */
export function isConfigRead(unit: Unit, workload: Workload, name: string | undefined, key?: string): boolean {
	const values = valuesOf(unit, workload, name)?.filter((value) => key === undefined || value.key === key);
	if (!values || values.some(({ node }) => isOpen(node))) return false;
	const declared = declaredPorts(workload).flatMap(({ port }) => port.containerPort?.value ?? []);
	return values.some(
		(value) => STATEMENT.test(`${value.key}: ${value.node.text}`) || declared.some((number) => namesNumber(value.node.text, number)),
	);
}

/** `listen 8080`, `PORT: "8080"`, `server.port=8080`, `bind_addr = "0.0.0.0:8080"` */
const STATEMENT = /(^|[^a-z])(port|listen|bind|addr|http)[\w.-]{0,60}["']?\s{0,8}[:= ]\s{0,8}["']?([\w.*[\]-]{0,60}:)?\d{2,5}(?!\d)/im;

/** The ConfigMap that a volume is, and those of a projected volume; none for any other volume. */
export function configMapsOfVolume(volume: MapNode): readonly (string | undefined)[] {
	const projected = itemsOf(valueAt(volume, "projected", "sources"));
	return [volume, ...projected].filter((node) => entryOf(node, "configMap")).map((node) => textAt(node, "configMap", "name"));
}

/** They are asked for with every number again. */
const uses = new WeakMap<Container, readonly Use[]>();

function usesOf(workload: Workload, container: Container): readonly Use[] {
	const known = uses.get(container) ?? readUses(workload, container);
	uses.set(container, known);
	return known;
}

function readUses({ template }: Workload, container: Container): readonly Use[] {
	const mounted = new Set(itemsOf(container.volumeMounts).map((mount) => textAt(mount, "name")));
	const volumes = itemsOf(valueAt(template.spec, "volumes")).filter((volume) => mounted.has(textAt(volume, "name")));
	const whole = [
		...volumes.flatMap(configMapsOfVolume),
		...itemsOf(container.envFrom)
			.filter((source) => entryOf(source, "configMapRef"))
			.map((source) => textAt(source, "configMapRef", "name")),
	];
	const single = container.env.flatMap(({ valueFrom }): readonly Use[] => {
		const key = textAt(valueFrom, "configMapKeyRef", "key");
		return key === undefined ? [] : [{ name: textAt(valueFrom, "configMapKeyRef", "name"), key }];
	});
	return [...whole.map((name): Use => ({ name, key: undefined })), ...single];
}

/** Text that a start-up script or the process itself completes, or that takes in another file. */
function isOpen({ text }: ScalarNode): boolean {
	return /\$\{|\$\(|\{\{|\{%|<%|^[ \t]{0,40}[#!]?include\b/im.test(text);
}

interface Value {
	readonly key: string;
	readonly node: ScalarNode;
}

/** The values of a ConfigMap; `undefined` where the unit does not hold it for certain, or not all of it is text. */
function valuesOf(unit: Unit, workload: Workload, name: string | undefined): readonly Value[] | undefined {
	const found = name === undefined ? [] : unit.find(BY_NAME, name);
	const own = found.filter((object) => sees(unit, object, workload) && sameNamespace(object, workload) !== "no");
	if (own.length === 0 || own.some((object) => object.broken || sameNamespace(object, workload) !== "yes")) return undefined;
	const values: Value[] = [];
	for (const { root } of own) {
		const data = valueAt(root, "data");
		if (entryOf(root, "binaryData") || (data && data.kind !== "map")) return undefined;
		for (const { key, value } of data ? effectiveEntries(data) : []) {
			if (value.kind !== "scalar") return undefined;
			values.push({ key: key.text, node: value });
		}
	}
	return values;
}

/** ConfigMaps by their names. */
const BY_NAME: Index<KubeObject> = {
	entries: ({ manifest }) => (manifest ? configMapsIn(manifest).map((object) => [nameOf(object) ?? "", object] as const) : []),
};

function itemsOf(node: Node | undefined): readonly MapNode[] {
	return node?.kind === "seq" ? node.items.filter((item) => item.kind === "map") : [];
}

function textAt(node: Node | undefined, ...path: readonly string[]): string | undefined {
	const value = valueAt(node, ...path);
	return value?.kind === "scalar" ? value.text : undefined;
}
