import type { Container, EnvironmentVariable } from "../model/podTemplate.ts";
import type { Workload } from "../model/workload.ts";
import type { Place } from "../text/source.ts";
import type { Unit } from "../units/unit.ts";
import { entryOf, type MapNode, type Node, valueAt } from "../yaml/nodes.ts";
import { configMapsOfVolume, isConfigRead } from "./configMaps.ts";

/** Configuration that decides what a process does and that is not read. */
export interface Unread {
	readonly what: string;
	readonly at: Place;
}

/**
 * The first thing that may configure a container from outside its manifest: a mounted volume, `envFrom`, a `valueFrom`. A ConfigMap
 * that the unit holds is read.
 */
export function unreadConfiguration(unit: Unit, workload: Workload, container: Container): Unread | undefined {
	return unreadVolume(unit, workload, container) ?? unreadVariable(unit, workload, container);
}

/** Mounts that hold data, sockets of the node or what runs once at start: nothing that says where to listen. */
const NO_CONFIGURATION =
	/^\/(proc|sys|dev|run|tmp|data|mnt|var\/(run|lib|log|data|www)|lib\/modules|etc\/(localtime|timezone)|host|rootfs|usr\/share\/nginx\/html|docker-entrypoint-initdb\.d)(\/|$)/;

/** Whether what is mounted at a path says nothing about where to listen. */
export function holdsData(path: string): boolean {
	return NO_CONFIGURATION.test(path);
}

function unreadVolume(unit: Unit, workload: Workload, container: Container): Unread | undefined {
	const volumes = itemsOf(valueAt(workload.template.spec, "volumes"));
	for (const mount of itemsOf(container.volumeMounts)) {
		const name = textOf(mount, "name");
		const volume = volumes.find((item) => textOf(item, "name") === name);
		const at = entryOf(mount, "mountPath")?.value ?? mount;
		const path = textOf(mount, "mountPath");
		if (volume && path !== undefined && !NO_CONFIGURATION.test(path) && mayConfigure(unit, workload, volume))
			return { what: `the volume mounted at ${path}`, at };
	}
	return undefined;
}

const CONFIGURING = ["secret", "csi", "image", "gitRepo"];

function mayConfigure(unit: Unit, workload: Workload, volume: MapNode): boolean {
	if (CONFIGURING.some((name) => entryOf(volume, name))) return true;
	const hostPath = valueAt(volume, "hostPath", "path");
	if (hostPath) return hostPath.kind !== "scalar" || !NO_CONFIGURATION.test(hostPath.text);
	if (configMapsOfVolume(volume).some((name) => !isConfigRead(unit, workload, name))) return true;
	return itemsOf(valueAt(volume, "projected", "sources")).some((source) => entryOf(source, "secret"));
}

/** Variables whose value never is a place to listen. */
const CREDENTIAL =
	/(PASS(WORD|WD|PHRASE)?|PWD|TOKEN|SECRET|CREDENTIALS?|USER(NAME)?|LOGIN|(API|ACCESS|PRIVATE|PUBLIC|SECRET|ENCRYPTION|SIGNING)_?KEY|KEY(_?ID)?|SALT|CERT(IFICATE)?|DATABASE|DB(_?NAME)?|EMAIL|REGION|BUCKET)$/i;

function unreadVariable(unit: Unit, workload: Workload, container: Container): Unread | undefined {
	const isRead = (source: Node | undefined, ref: string) =>
		isConfigRead(unit, workload, textOf(entryOf(source, ref)?.value, "name"), textOf(entryOf(source, ref)?.value, "key"));
	const sources = container.envFrom?.kind === "seq" ? container.envFrom.items : [];
	if (container.envFrom && sources.some((source) => !entryOf(source, "configMapRef") || !isRead(source, "configMapRef")))
		return { what: "envFrom", at: container.envFrom };
	const unread = container.env.find(
		(variable) =>
			!isCredential(variable) &&
			((isElsewhere(variable.valueFrom) && !isRead(variable.valueFrom, "configMapKeyRef")) || isOpen(container, variable)),
	);
	return unread && { what: `the variable ${unread.name?.value ?? ""}`, at: unread.node };
}

/** A variable whose value never is a place to listen. */
export function isCredential({ name }: EnvironmentVariable): boolean {
	return name?.value !== undefined && CREDENTIAL.test(name.value);
}

/** A placeholder, unless all that it refers to are variables of the container (`$(POD_IP)`). */
function isOpen({ env }: Container, { value }: EnvironmentVariable): boolean {
	if (value?.state !== "placeholder") return false;
	if (value.node.kind !== "scalar" || !/^([^$]|\$\(\w+\))*$/.test(value.node.text)) return true;
	const references = [...value.node.text.matchAll(/\$\((\w+)\)/g)];
	return references.some(([, reference]) => !env.some(({ name }) => name?.value === reference));
}

/** Fields of the Pod and its resources are no ports. */
function isElsewhere(valueFrom: Node | undefined): boolean {
	return ["configMapKeyRef", "secretKeyRef", "fileKeyRef"].some((name) => entryOf(valueFrom, name));
}

function itemsOf(node: Node | undefined): readonly MapNode[] {
	return node?.kind === "seq" ? node.items.filter((item) => item.kind === "map") : [];
}

function textOf(node: Node | undefined, name: string): string | undefined {
	const value = entryOf(node, name)?.value;
	return value?.kind === "scalar" ? value.text : undefined;
}
