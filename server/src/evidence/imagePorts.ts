import { unsureAboutPorts } from "../links/targetPort.ts";
import { type Container, servingContainers } from "../model/podTemplate.ts";
import type { Workload } from "../model/workload.ts";
import type { Unit } from "../units/unit.ts";
import { entryOf, type MapNode, type Node, valueAt } from "../yaml/nodes.ts";
import { holdsData, isCredential } from "./configuration.ts";
import { type KnownImage, officialImage, workspaceImage } from "./images.ts";
import { injectorsOf } from "./injection.ts";

/** What a container's image is known to expose. */
export function imageOf({ images }: Unit, { image }: Container): KnownImage | undefined {
	if (image?.value === undefined) return undefined;
	const known = knownImages.get(images) ?? new Map<string, KnownImage | undefined>();
	knownImages.set(images, known);
	if (!known.has(image.value)) known.set(image.value, workspaceImage(image.value, images) ?? officialImage(image.value));
	return known.get(image.value);
}

/** It is asked for every number again. */
const knownImages = new WeakMap<Unit["images"], Map<string, KnownImage | undefined>>();

export function exposes({ ports }: KnownImage, number: number, protocol: string): boolean {
	return ports.some((port) => port.from <= number && number <= port.to && port.protocol === protocol);
}

/** The images of the containers that serve, each as it was built and with ports that it exposes; `undefined` where any of them is not known so. */
export function builtImages(unit: Unit, workload: Workload): readonly KnownImage[] | undefined {
	const containers = servingContainers(workload.template);
	const images = containers.flatMap((container) => builtImage(unit, workload, container) ?? []);
	const known = containers.length > 0 && images.length === containers.length && injectorsOf(unit, workload).length === 0;
	return known && images.every(({ ports }) => ports.length > 0) ? images : undefined;
}

/** A container's image where it is known, and nothing in the manifest lets its process listen elsewhere than it was built to. */
export function builtImage(unit: Unit, workload: Workload, container: Container): KnownImage | undefined {
	if (unit.patched || unsureAboutPorts(workload)) return undefined;
	const image = overrideOf(workload, container) === undefined ? imageOf(unit, container) : undefined;
	return image?.whole ? image : undefined;
}

/** What in the manifest may let a container's process listen elsewhere than its image was built to: `its command`. */
export function overrideOf(workload: Workload, { node, env }: Container): string | undefined {
	const field = Object.keys(OVERRIDES).find((name) => !isEmpty(entryOf(node, name)?.value));
	if (field !== undefined) return OVERRIDES[field];
	if (valueAt(node, "lifecycle", "postStart")) return "its postStart hook";
	const variables = entryOf(node, "env")?.value;
	if (variables && variables.kind !== "seq" && !isEmpty(variables)) return "its env";
	const variable = env.find((one) => !isCredential(one) && !isHarmless(one.node));
	if (variable) return `the variable ${variable.name?.value ?? "without a name"}`;
	const mount = mountsOf(node).find((one) => !isData(workload, one));
	if (!mount) return undefined;
	const path = valueAt(mount, "mountPath");
	return path?.kind === "scalar" ? `the volume mounted at ${path.text}` : "a mounted volume";
}

const OVERRIDES: Readonly<Record<string, string>> = { command: "its command", args: "its arguments", envFrom: "envFrom" };

function isEmpty(node: Node | undefined): boolean {
	return node === undefined || (node.kind === "seq" && node.items.length === 0) || (node.kind === "scalar" && node.value === null);
}

/** Names of variables that may say where to listen, or hold options of any kind. */
const TELLING =
	/PORT|ADDR|HOST|LISTEN|BIND|URL|URI|OPTS|OPTIONS|ARGS|CONF|FLAGS|PARAM|COMMAND|CMD|MODE|SERVER|ENDPOINT|INTERFACE|PROTOCOL|ROOT|SCRIPT|INIT|TRANSPORT|NETWORK/i;

function isHarmless(variable: MapNode): boolean {
	const name = valueAt(variable, "name");
	const value = valueAt(variable, "value");
	if (name?.kind !== "scalar" || TELLING.test(name.text)) return false;
	if (value) return value.kind === "scalar" && !/\d{2,5}(?!\d)|[${]/.test(value.text);
	return !entryOf(variable, "valueFrom") || valueAt(variable, "valueFrom", "fieldRef") !== undefined;
}

function mountsOf(container: MapNode): readonly Node[] {
	const mounts = entryOf(container, "volumeMounts")?.value;
	return mounts?.kind === "seq" ? mounts.items : [];
}

const STORAGE = ["emptyDir", "persistentVolumeClaim", "ephemeral"];

/** Whether a mount holds data: by its path, or because it is storage that lies where no configuration does. */
function isData({ template }: Workload, mount: Node): boolean {
	const path = valueAt(mount, "mountPath");
	const name = valueAt(mount, "name");
	if (path?.kind !== "scalar" || name?.kind !== "scalar") return false;
	if (holdsData(path.text)) return true;
	const volumes = valueAt(template.spec, "volumes");
	const volume = volumes?.kind === "seq" ? volumes.items.find((item) => isNamed(item, name.text)) : undefined;
	const storage = !volume || STORAGE.some((kind) => entryOf(volume, kind));
	return storage && !/(^|\/)(etc|opt|bin|usr|app)(\/|$)|conf/i.test(path.text);
}

function isNamed(node: Node, name: string): boolean {
	const own = valueAt(node, "name");
	return own?.kind === "scalar" && own.text === name;
}
