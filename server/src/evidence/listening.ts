import { type DeclaredPort, portNumbered, unsureAboutNumber } from "../links/targetPort.ts";
import { type Container, servingContainers } from "../model/podTemplate.ts";
import type { Workload } from "../model/workload.ts";
import type { Settings } from "../settings/settings.ts";
import type { Place } from "../text/source.ts";
import type { Unit } from "../units/unit.ts";
import { effectiveEntries, isNull, type Node, valueAt } from "../yaml/nodes.ts";
import { configTexts } from "./configMaps.ts";
import { unreadConfiguration } from "./configuration.ts";
import { exposes, imageOf } from "./imagePorts.ts";
import { injectorsOf } from "./injection.ts";
import { configurationFile, namesNumber, statesPort } from "./words.ts";

/** What lies around a workload and may tell what it listens on. */
export interface Surroundings {
	readonly unit: Unit;
	readonly settings: Settings;
}

/** What is known about a process of a workload's Pods that listens on one number. */
export type Listening =
	/** A container that serves declares the number with this protocol. */
	| ({ readonly verdict: "declared" } & DeclaredPort)
	/** Nothing declares it, but something else tells that a process listens there. */
	| ({ readonly verdict: "evidence" } & Evidence)
	/** Nothing tells, and a process may listen there all the same. */
	| { readonly verdict: "anywhere"; readonly why: string; readonly at: Place | undefined }
	/** All that says where the processes listen was read, and it does not name the number. */
	| { readonly verdict: "none" };

export type EvidenceSource = "handler" | "arguments" | "environment" | "configMap" | "annotation" | "image";

export const PATCHED = "a kustomization that is not rendered patches the objects of its folder";

/** Who may know where a container listens. */
interface Witness {
	readonly source: EvidenceSource;
	/** Where it says that something listens on the number. */
	readonly names: (container: Container, asked: Asked) => Place | undefined;
	/** Why a number that it does not name cannot be ruled out. */
	readonly doubts?: (container: Container, workload: Workload, unit: Unit) => Doubt | undefined;
}

interface Doubt {
	readonly why: string;
	readonly at: Place | undefined;
}

interface Asked extends Surroundings {
	readonly workload: Workload;
	readonly number: number;
	readonly protocol: string;
}

/** Whether a process of the workload's Pods listens on a number. Containers share one network, so any that serves counts. */
export function listens(around: Surroundings, workload: Workload, number: number, protocol: string): Listening {
	const declared = portNumbered(workload, number, protocol);
	if (declared) return { verdict: "declared", ...declared };
	const evidence = evidenceOf(around, workload, number, protocol);
	if (evidence) return { verdict: "evidence", ...evidence };
	const unsure = around.unit.patched ? PATCHED : unsureAboutNumber(workload, number);
	const doubt = unsure ? { why: unsure, at: undefined } : doubtAbout(around.unit, workload);
	return doubt ? { verdict: "anywhere", ...doubt } : { verdict: "none" };
}

export interface Evidence {
	readonly source: EvidenceSource;
	readonly at: Place;
}

/** What tells that a process of the workload's Pods listens on a number, declarations aside. */
export function evidenceOf({ unit, settings }: Surroundings, workload: Workload, number: number, protocol: string): Evidence | undefined {
	const asked: Asked = { unit, settings, workload, number, protocol };
	const containers = servingContainers(workload.template);
	for (const { source, names } of WITNESSES) {
		for (const container of containers) {
			const at = names(container, asked);
			if (at) return { source, at };
		}
	}
	return undefined;
}

const doubts = new WeakMap<Unit, Map<Workload, Doubt | undefined>>();

/** Why the workload's processes may listen where nothing says so, worked out once for all numbers. */
function doubtAbout(unit: Unit, workload: Workload): Doubt | undefined {
	let known = doubts.get(unit);
	if (!known) {
		known = new Map();
		doubts.set(unit, known);
	}
	if (!known.has(workload)) known.set(workload, firstDoubt(unit, workload));
	return known.get(workload);
}

function firstDoubt(unit: Unit, workload: Workload): Doubt | undefined {
	const [injector] = injectorsOf(unit, workload);
	if (injector) return { why: `${injector.name} adds containers to its Pods`, at: undefined };
	for (const { doubts: doubt } of WITNESSES) {
		for (const container of servingContainers(workload.template)) {
			const found = doubt?.(container, workload, unit);
			if (found) return found;
		}
	}
	return undefined;
}

const WITNESSES: readonly Witness[] = [
	{
		source: "handler",
		names: (container, asked) => handlerPort(container, asked) ?? handlerCommand(container, asked.number),
		doubts: misshapen,
	},
	{ source: "arguments", names: (container, { number }) => textNaming(words(container), number), doubts: unreadWords },
	{
		source: "environment",
		names: (container, { number }) =>
			textNaming(
				container.env.flatMap(({ value }) => value?.node ?? []),
				number,
			),
		doubts: (container, workload, unit) => {
			const unread = unreadConfiguration(unit, workload, container);
			return unread && { why: `${unread.what} of container ${nameOf(container)} may say where it listens`, at: unread.at };
		},
	},
	{
		source: "configMap",
		names: (container, { unit, workload, number }) => textNaming(configTexts(unit, workload, container), number),
	},
	{
		source: "annotation",
		names: (_, { workload, number }) =>
			textNaming(
				(workload.template.annotations?.pairs ?? []).filter(({ name }) => /[./-]port$/.test(name)).map(({ node }) => node),
				number,
			),
	},
	{
		source: "image",
		names: (container, { unit, number, protocol }) => {
			const image = imageOf(unit, container);
			return image && exposes(image, number, protocol) ? container.image?.node : undefined;
		},
	},
];

/** Probes and hooks connect over TCP. */
function handlerPort(container: Container, { number, protocol }: Asked): Place | undefined {
	return protocol === "TCP" ? container.handlers.find(({ port }) => port?.value === number)?.port?.node : undefined;
}

const HANDLERS: readonly (readonly [...string[]])[] = [
	["livenessProbe"],
	["readinessProbe"],
	["startupProbe"],
	["lifecycle", "postStart"],
	["lifecycle", "preStop"],
];

function handlerCommand(container: Container, number: number): Place | undefined {
	let words = handlerWords.get(container);
	if (!words) {
		const commands = HANDLERS.map((path) => valueAt(container.node, ...path, "exec", "command"));
		words = commands.flatMap((command) => (command?.kind === "seq" ? command.items : []));
		handlerWords.set(container, words);
	}
	return textNaming(words, number);
}

/** They are looked through for every number again. */
const handlerWords = new WeakMap<Container, readonly Node[]>();

function words(container: Container): readonly Node[] {
	return [...container.command, ...container.args].map(({ node }) => node);
}

function textNaming(nodes: readonly Node[], number: number): Place | undefined {
	return nodes.find((node) => node.kind === "scalar" && namesNumber(node.text, number));
}

/** A command line says where its process listens when it states a port or names one that the container declares. */
function unreadWords(container: Container): { why: string; at: Place } | undefined {
	const nodes = words(container);
	const [first] = nodes;
	if (!first) return undefined;
	const texts = nodes.flatMap((node) => (node.kind === "scalar" ? [node.text] : []));
	const numbers = container.ports.flatMap(({ containerPort }) => containerPort?.value ?? []);
	const file = configurationFile(texts, mountPaths(container));
	if (file !== undefined)
		return { why: `the configuration file ${file} of container ${nameOf(container)} may say where it listens`, at: first };
	if (statesPort(texts) || numbers.some((number) => texts.some((text) => namesNumber(text, number)))) return undefined;
	return { why: `the command line of container ${nameOf(container)} does not say where it listens`, at: first };
}

/** What is mounted is looked at as a volume. */
function mountPaths({ volumeMounts }: Container): readonly string[] {
	const mounts = volumeMounts?.kind === "seq" ? volumeMounts.items : [];
	return mounts.map((mount) => valueAt(mount, "mountPath")).flatMap((path) => (path?.kind === "scalar" ? [path.text] : []));
}

const SHAPES: Readonly<Record<string, Node["kind"]>> = {
	command: "seq",
	args: "seq",
	env: "seq",
	envFrom: "seq",
	volumeMounts: "seq",
	livenessProbe: "map",
	readinessProbe: "map",
	startupProbe: "map",
	lifecycle: "map",
};

/** A field of another type than it has, in which somebody wrote what is not read. */
function misshapen(container: Container): Doubt | undefined {
	const found = effectiveEntries(container.node).find(({ name, value }) => {
		const wanted = Object.hasOwn(SHAPES, name) ? SHAPES[name] : undefined;
		if (wanted === undefined || isNull(value)) return false;
		return value.kind !== wanted || (value.kind === "seq" && value.items.some((item) => item.kind !== itemOf(name)));
	});
	return found && { why: `${found.name} of container ${nameOf(container)} cannot be read`, at: found.key };
}

function itemOf(name: string): Node["kind"] {
	return name === "command" || name === "args" ? "scalar" : "map";
}

function nameOf(container: Container): string {
	return container.name?.value ?? "without a name";
}
