import { isJson, isWithin, setField } from "../model/fieldEdits.ts";
import { isPort } from "../model/forms.ts";
import type { Container, ContainerPort } from "../model/podTemplate.ts";
import type { ServicePort } from "../model/service.ts";
import type { Edit } from "../text/source.ts";
import { addItem } from "../yaml/edit.ts";

/** Sends a Service's port to another number or name; `undefined` where the value stands behind an anchor, or is no port. */
export function setTargetPort(port: ServicePort, value: number | string): Edit | undefined {
	if (!isPort(value)) return undefined;
	return setField(port.node, "targetPort", port.targetPort, value);
}

export function setProtocol(port: ServicePort | ContainerPort, value: string): Edit | undefined {
	return setField(port.node, "protocol", port.protocol, value);
}

export function setContainerPort(port: ContainerPort, value: number): Edit | undefined {
	if (!isPort(value)) return undefined;
	return setField(port.node, "containerPort", port.containerPort, value);
}

export function namePort(port: ContainerPort, value: string): Edit | undefined {
	return setField(port.node, "name", port.name, value);
}

/** Declares one more port behind those that a container has; `undefined` where it has none yet. */
export function declarePort(container: Container, number: number, protocol: string): Edit | undefined {
	const ports = container.portList?.value;
	if (!ports || !isWithin(ports, container.node)) return undefined;
	const fields = [`containerPort: ${number}`, ...(protocol === "TCP" ? [] : [`protocol: ${protocol}`])];
	if (!ports.flow) return addItem(ports, fields.join("\n"));
	const json = isJson(ports.items[0]);
	const pairs = fields.map((field) =>
		json ? field.replace(/^(\w+): (\D.*)$/, '"$1": "$2"').replace(/^(\w+): (\d+)$/, '"$1": $2') : field,
	);
	return addItem(ports, `{ ${pairs.join(", ")} }`);
}
