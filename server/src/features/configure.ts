import type { Snapshot } from "../links/snapshot.ts";
import type { SettingChange } from "../rules/rule.ts";
import { CONFIGURATION_FILE, type ConfigurationFile, readConfigurationFile } from "../settings/configurationFile.ts";
import type { Settings } from "../settings/settings.ts";
import type { Edit } from "../text/source.ts";
import { fileAbove, topAbove } from "../units/configurations.ts";
import { folderOf } from "../units/folder.ts";
import { addEntry, newlineOf, replace } from "../yaml/edit.ts";
import { entryOf, isNull, type MapNode, type Node } from "../yaml/nodes.ts";
import { parseSource } from "../yaml/parse.ts";
import { openFile } from "../yaml/stream.ts";

/** A change of a configuration: an edit of the one that holds, or a new one. */
export type Configured = { readonly edit: Edit } | { readonly create: { readonly uri: string; readonly text: string } };

/** Sets something where a file lies; `undefined` outside every workspace folder, and where the configuration cannot be parsed. */
export function configure(snapshot: Snapshot, uri: string, change: SettingChange): Configured | undefined {
	const folder = folderOf(uri);
	const { configurations } = snapshot;
	const file = configurations.base.fixed ?? fileAbove(configurations, folder);
	if (!file) {
		const top = topAbove(configurations, folder);
		return top === undefined ? undefined : { create: { uri: `${top}/${CONFIGURATION_FILE}`, text: newSection(change) } };
	}
	const edit = file.settings && edited(file, change);
	return edit && holds(file, edit, change) ? { edit } : undefined;
}

function newSection({ section, key, value }: SettingChange): string {
	return `${section}:\n  ${key}: ${value}\n`;
}

function edited({ source }: ConfigurationFile, change: SettingChange): Edit | undefined {
	const { section, key, value } = change;
	const { root } = parseSource(source);
	const { text } = source;
	if (!root || isNull(root)) {
		const before = text === "" || text.endsWith("\n") ? "" : newlineOf({ source, start: 0, end: 0 });
		return { source, start: text.length, end: text.length, text: `${before}${newSection(change)}` };
	}
	if (root.kind !== "map") return undefined;
	const entry = entryOf(root, section);
	if (!entry) return addEntry(root, section, root.flow ? `{ ${key}: ${value} }` : `\n  ${key}: ${value}`);
	if (isNull(entry.value)) return replace(entry.value, `${newlineOf(root)}${" ".repeat(indentOf(root) + 2)}${key}: ${value}`);
	return entry.value.kind === "map" ? inSection(entry.value, change) : undefined;
}

function inSection(section: MapNode, { key, value }: SettingChange): Edit | undefined {
	const entry = entryOf(section, key);
	return entry ? replace(entry.value, entry.value.end > entry.value.start ? value : ` ${value}`) : addEntry(section, key, value);
}

function indentOf(map: Node): number {
	return map.start - (map.source.text.lastIndexOf("\n", map.start - 1) + 1);
}

/** Whether the configuration means the same with the edit as a new one with nothing but the setting does. */
function holds(file: ConfigurationFile, edit: Edit, change: SettingChange): boolean {
	const { text } = file.source;
	const after = readConfigurationFile(openFile(file.uri, text.slice(0, edit.start) + edit.text + text.slice(edit.end)));
	const alone = readConfigurationFile(openFile(file.uri, newSection(change)));
	const said = ({ settings }: { readonly settings: Settings | undefined }): string =>
		JSON.stringify((settings?.[change.section] as Readonly<Record<string, unknown>> | undefined)?.[change.key] ?? null);
	return said(after) === said(alone) && after.problems.length <= file.problems.length;
}
