import { declaredPorts, unsureAboutPorts } from "../links/targetPort.ts";
import { describe } from "../model/object.ts";
import { type Container, servingContainers } from "../model/podTemplate.ts";
import { protocolOf } from "../model/service.ts";
import type { Workload } from "../model/workload.ts";
import type { Unit } from "../units/unit.ts";
import { exposes, imageOf, overrideOf } from "./imagePorts.ts";
import { isExposed, type KnownImage, printExposed } from "./images.ts";
import { injectorsOf } from "./injection.ts";
import { evidenceOf, type Surroundings } from "./listening.ts";
import { boundToLoopback } from "./loopback.ts";

/** What is known of a workload's processes that speaks against connections to a number arriving, declared or not. */
export interface Refusal {
	/** `closed`: nothing listens there. `perhaps`: nothing would, if nothing changed where they listen. */
	readonly verdict: "closed" | "perhaps";
	/** One sentence. */
	readonly why: string;
}

/** Where arguments and variables say that a process listens, or where its image does; `undefined` where nothing speaks against the number. */
export function refusalOf(around: Surroundings, workload: Workload, number: number, protocol: string): Refusal | undefined {
	const bound = boundToLoopback(around.unit, workload, number);
	return bound ? { verdict: "closed", why: bound.words } : imageAnswer(around, workload, number, protocol);
}

/**
 * What the images of a workload's containers say against a number. `undefined` where they say nothing against it: one is not known,
 * or something tells that a process listens there. A declaration tells nothing, for it changes nothing about where the process
 * listens.
 */
function imageAnswer(around: Surroundings, workload: Workload, number: number, protocol: string): Refusal | undefined {
	const known = knownImages(around.unit, workload);
	if (around.unit.patched || known.every(({ image }) => image === undefined)) return undefined;
	const holders = new Set(declaring(workload, number, protocol));
	const asked = holders.size > 0 ? known.filter(({ container }) => holders.has(container)) : known;
	const images = asked.flatMap(({ image }) => image ?? []);
	if (images.length === 0 || images.length < asked.length || evidenceOf(around, workload, number, protocol)) return undefined;
	const doubt = doubtAbout(around.unit, workload, known, number) ?? asked.flatMap((one) => partly(one, number, protocol))[0];
	const said = images.map(({ name, ports }) => `${name} listens on ${printExposed(ports).join(", ")}`).join(", image ");
	if (doubt !== undefined) return { verdict: "perhaps", why: `Image ${said}; ${doubt}` };
	if (holders.size > 0) return { verdict: "closed", why: `${number} is declared in ${describe(workload)}, but image ${said}` };
	return { verdict: "closed", why: `Nothing listens on ${number} in ${describe(workload)}: image ${said}` };
}

interface Known {
	readonly container: Container;
	/** Only where it exposes ports, and is known to expose no others. */
	readonly image: KnownImage | undefined;
	/** What may let its process listen elsewhere. */
	readonly override: string | undefined;
}

const cache = new WeakMap<Unit, WeakMap<Workload, readonly Known[]>>();

/** The containers that serve, worked out once for all numbers. */
function knownImages(unit: Unit, workload: Workload): readonly Known[] {
	let workloads = cache.get(unit);
	if (!workloads) {
		workloads = new WeakMap();
		cache.set(unit, workloads);
	}
	let known = workloads.get(workload);
	if (!known) {
		known = servingContainers(workload.template).map((container): Known => {
			const image = imageOf(unit, container);
			const tells = image?.whole && image.ports.length > 0 ? image : undefined;
			return { container, image: tells, override: tells && overrideOf(workload, container) };
		});
		workloads.set(workload, known);
	}
	return known;
}

function declaring(workload: Workload, number: number, protocol: string): readonly Container[] {
	return declaredPorts(workload)
		.filter(({ port }) => port.containerPort?.value === number && protocolOf(port) === protocol)
		.map(({ container }) => container);
}

/** Containers share one network, so any that serves may listen. */
function doubtAbout(unit: Unit, workload: Workload, known: readonly Known[], number: number): string | undefined {
	const override = known.find((one) => one.override !== undefined)?.override;
	if (override !== undefined) return `${override} may change that`;
	const unknown = known.find(({ image }) => image === undefined);
	if (unknown) return `container ${unknown.container.name?.value ?? "without a name"} may listen on ${number}`;
	const [injector] = injectorsOf(unit, workload);
	return injector ? `${injector.name} adds containers to its Pods` : unsureAboutPorts(workload);
}

/** Who declares what the image exposes knows it, and declares another number or protocol beside it for a reason. */
function partly({ container, image }: Known, number: number, protocol: string): readonly string[] {
	if (!image) return [];
	if (isExposed(image, number)) return [`whether by ${protocol}, too, cannot be told`];
	const declares = container.ports.filter(({ containerPort }) => containerPort?.value !== undefined);
	const isDeclared = declares.some((port) => port.containerPort?.value === number && protocolOf(port) === protocol);
	const isKnown = declares.some((port) => exposes(image, port.containerPort?.value ?? 0, protocolOf(port) ?? ""));
	return isDeclared && isKnown ? [`whether on ${number}, too, cannot be told`] : [];
}
