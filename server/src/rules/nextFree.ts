import { freeNodePort, type NodePortUse } from "../links/nodePorts.ts";
import { setField } from "../model/fieldEdits.ts";
import type { Context, Fix } from "./rule.ts";

/** The fix that gives a Service a node port which nothing in the unit uses. */
export function nextFree(use: NodePortUse, { unit, settings }: Context): readonly Fix[] {
	const number = freeNodePort(unit, settings.cluster.nodePortRange, use.number);
	const edit = number === undefined ? undefined : setField(use.parent, use.name, use.field, number);
	return edit ? [{ title: `Set ${use.name} to ${number}`, safe: false, edits: [edit] }] : [];
}
