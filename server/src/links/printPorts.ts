import { given } from "../model/field.ts";
import { describe } from "../model/object.ts";
import { type Container, type ContainerPort, servingContainers } from "../model/podTemplate.ts";
import { protocolOf } from "../model/service.ts";
import type { Workload } from "../model/workload.ts";

/** A number or a name, and the protocol it is wanted for. */
export interface Wanted {
	readonly port: number | string;
	readonly protocol: string;
}

const MANY = 4;

/** `a, b and c`, the rest counted from the fifth on; `total` where `items` are only the first of more. */
export function enumerate(items: readonly string[], word = "and", total = items.length): string {
	const shown = total > MANY ? [...items.slice(0, MANY - 1), `${total - MANY + 1} more`] : items;
	return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} ${word} ${shown.at(-1)}`;
}

/** `Deployment web (its container app declares 80)`. */
export function printPorts(workload: Workload, wanted: Wanted): string {
	const containers = servingContainers(workload.template);
	const declaring = containers.filter(({ ports }) => ports.length > 0);
	if (declaring.length === 0)
		return `${describe(workload)} (its ${containers.length === 1 ? "container declares" : "containers declare"} no port)`;
	const parts = declaring.map((container) => `container ${nameOf(container)} declares ${declared(container, wanted)}`);
	return `${describe(workload)} (its ${enumerate(parts)})`;
}

function declared(container: Container, wanted: Wanted): string {
	const shown = container.ports.slice(0, MANY).map((port) => printPort(port, wanted));
	return enumerate(shown, "and", container.ports.length);
}

/** The name where a name is wanted, else the number; the protocol where it is another one. */
function printPort(port: ContainerPort, { port: wanted, protocol }: Wanted): string {
	const number = given(port.containerPort) ?? "no number";
	const name = port.name?.value;
	const own = protocolOf(port);
	const shown = typeof wanted === "number" ? `${number}` : name === undefined ? `${number} without a name` : `${number} as ${name}`;
	if (own === protocol || own === undefined) return shown;
	return (typeof wanted === "number" ? number : name) === wanted ? `${shown} for ${own} only` : `${shown} for ${own}`;
}

function nameOf(container: Container): string {
	return container.name?.value ?? "without a name";
}
