import type { Container, EnvironmentVariable } from "../model/podTemplate.ts";
import type { Workload } from "../model/workload.ts";
import type { Place } from "../text/source.ts";
import { entryOf, type MapNode, type Node, valueAt } from "../yaml/nodes.ts";

/** Configuration that decides what a process does and that is not read. */
export interface Unread {
	readonly what: string;
	readonly at: Place;
}

/** The first thing that may configure a container from outside its manifest: a mounted volume, `envFrom`, a `valueFrom`. */
export function unreadConfiguration(workload: Workload, container: Container): Unread | undefined {
	return unreadVolume(workload, container) ?? unreadVariable(container);
}

/** Mounts that hold data, sockets of the node or what runs once at start: nothing that says where to listen. */
const NO_CONFIGURATION =
	/^\/(proc|sys|dev|run|tmp|data|mnt|var\/(run|lib|log|data|www)|lib\/modules|etc\/(localtime|timezone)|host|rootfs|usr\/share\/nginx\/html|docker-entrypoint-initdb\.d)(\/|$)/;

function unreadVolume(workload: Workload, container: Container): Unread | undefined {
	const volumes = itemsOf(valueAt(workload.template.spec, "volumes"));
	for (const mount of itemsOf(container.volumeMounts)) {
		const name = textOf(mount, "name");
		const volume = volumes.find((item) => textOf(item, "name") === name);
		const at = entryOf(mount, "mountPath")?.value ?? mount;
		const path = textOf(mount, "mountPath");
		if (volume && path !== undefined && !NO_CONFIGURATION.test(path) && mayConfigure(volume))
			return { what: `the volume mounted at ${path}`, at };
	}
	return undefined;
}

const CONFIGURING = ["configMap", "secret", "csi", "image", "gitRepo"];

function mayConfigure(volume: MapNode): boolean {
	if (CONFIGURING.some((name) => entryOf(volume, name))) return true;
	const hostPath = valueAt(volume, "hostPath", "path");
	if (hostPath) return hostPath.kind !== "scalar" || !NO_CONFIGURATION.test(hostPath.text);
	return itemsOf(valueAt(volume, "projected", "sources")).some((source) => entryOf(source, "configMap") || entryOf(source, "secret"));
}

/** Variables whose value never is a place to listen. */
const CREDENTIAL =
	/(PASS(WORD|WD|PHRASE)?|PWD|TOKEN|SECRET|CREDENTIALS?|USER(NAME)?|LOGIN|(API|ACCESS|PRIVATE|PUBLIC|SECRET|ENCRYPTION|SIGNING)_?KEY|KEY(_?ID)?|SALT|CERT(IFICATE)?|DATABASE|DB(_?NAME)?|EMAIL|REGION|BUCKET)$/i;

function unreadVariable(container: Container): Unread | undefined {
	if (container.envFrom && itemsOf(container.envFrom).length > 0) return { what: "envFrom", at: container.envFrom };
	const unread = container.env.find((variable) => !isCredential(variable) && (isElsewhere(variable.valueFrom) || isOpen(variable)));
	return unread && { what: `the variable ${unread.name?.value ?? ""}`, at: unread.node };
}

function isCredential({ name }: EnvironmentVariable): boolean {
	return name?.value !== undefined && CREDENTIAL.test(name.value);
}

/** A placeholder, unless all that it refers to is another variable of the container (`$(POD_IP)`). */
function isOpen({ value }: EnvironmentVariable): boolean {
	return value?.state === "placeholder" && !(value.node.kind === "scalar" && /^([^$]|\$\(\w+\))*$/.test(value.node.text));
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
