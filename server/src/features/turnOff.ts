import type { Snapshot } from "../links/snapshot.ts";
import { CONFIGURATION_FILE, type ConfigurationFile, readConfigurationFile } from "../settings/configurationFile.ts";
import type { Edit } from "../text/source.ts";
import { fileAbove, topAbove } from "../units/configurations.ts";
import { folderOf } from "../units/folder.ts";
import { addEntry, newlineOf, replace } from "../yaml/edit.ts";
import { entryOf, isNull, type MapNode, type Node } from "../yaml/nodes.ts";
import { parseSource } from "../yaml/parse.ts";
import { openFile } from "../yaml/stream.ts";

/** A change of a configuration: an edit of the one that holds, or a new one. */
export type TurnedOff = { readonly edit: Edit } | { readonly create: { readonly uri: string; readonly text: string } };

/** Switches a rule off where a file lies; `undefined` outside every workspace folder, and where the configuration cannot be parsed. */
export function turnOff(snapshot: Snapshot, uri: string, rule: string): TurnedOff | undefined {
	const folder = folderOf(uri);
	const file = fileAbove(snapshot.configurations, folder);
	if (!file) {
		const top = topAbove(snapshot.configurations, folder);
		return top === undefined ? undefined : { create: { uri: `${top}/${CONFIGURATION_FILE}`, text: `rules:\n  ${rule}: off\n` } };
	}
	const edit = file.settings && edited(file, rule);
	return edit && isOff(file, edit, rule) ? { edit } : undefined;
}

function edited({ source }: ConfigurationFile, rule: string): Edit | undefined {
	const { root } = parseSource(source);
	const { text } = source;
	if (!root || isNull(root)) {
		const before = text === "" || text.endsWith("\n") ? "" : newlineOf({ source, start: 0, end: 0 });
		return { source, start: text.length, end: text.length, text: `${before}rules:\n  ${rule}: off\n` };
	}
	if (root.kind !== "map") return undefined;
	const rules = entryOf(root, "rules");
	if (!rules) return addEntry(root, "rules", root.flow ? `{ ${rule}: off }` : `\n  ${rule}: off`);
	if (isNull(rules.value)) return replace(rules.value, `${newlineOf(root)}${" ".repeat(indentOf(root) + 2)}${rule}: off`);
	return rules.value.kind === "map" ? inRules(rules.value, rule) : undefined;
}

function inRules(rules: MapNode, rule: string): Edit | undefined {
	const entry = entryOf(rules, rule);
	return entry ? replace(entry.value, entry.value.end > entry.value.start ? "off" : " off") : addEntry(rules, rule, "off");
}

function indentOf(map: Node): number {
	return map.start - (map.source.text.lastIndexOf("\n", map.start - 1) + 1);
}

function isOff(file: ConfigurationFile, edit: Edit, rule: string): boolean {
	const { text } = file.source;
	const after = readConfigurationFile(openFile(file.uri, text.slice(0, edit.start) + edit.text + text.slice(edit.end)));
	return after.settings?.rules[rule] === "off" && after.problems.length <= file.problems.length;
}
