import path from "node:path";
import { fileOf, type Snapshot } from "../links/snapshot.ts";
import { type ConfiguredExcludes, excludeOn } from "../session/exclude.ts";
import type { Disk } from "../session/fileSystem.ts";
import { reachOf } from "../session/repository.ts";
import type { Workspace } from "../session/workspace.ts";
import { CONFIGURATION_FILE, type ConfigurationFile, readConfigurationFile } from "../settings/configurationFile.ts";
import { DEFAULT_SETTINGS } from "../settings/settings.ts";
import { positionAt, type SourceFile, spanInFile } from "../text/file.ts";
import { type Base, fileAbove } from "../units/configurations.ts";
import { folderOf, STDIN } from "../units/folder.ts";
import { openFile } from "../yaml/stream.ts";
import { Failure } from "./command.ts";
import { relativePath } from "./locate.ts";
import { topOf } from "./named.ts";

/** Reads the configuration that `--config` names. Throws a `Failure` for one that is not there, or cannot be read or parsed. */
export async function readNamed(workspace: Workspace, disk: Disk, written: string, cwd: string): Promise<ConfigurationFile> {
	const uri = path.resolve(cwd, written).replaceAll(path.sep, "/");
	const content = await disk.read(uri);
	if ("gone" in content) throw new Failure(`${written}: there is no such file`);
	if ("skipped" in content) throw new Failure(`${written}: ${content.skipped}`);
	workspace.apply([{ uri, ...content }]);
	const file = fileOf(workspace.snapshot, uri) ?? openFile(uri, content.text);
	const configuration = readConfigurationFile(file);
	if (!configuration.settings) throw unparsable(configuration, file, cwd);
	return configuration;
}

function unparsable({ uri, problems }: ConfigurationFile, file: SourceFile | undefined, cwd: string): Failure {
	const [first] = problems;
	const span = file && first && spanInFile(file, first.at);
	const at = file && span && positionAt(file, span.start);
	const place = at ? `:${at.line + 1}:${at.character + 1}` : "";
	return new Failure(`${relativePath(cwd, uri)}${place}: ${first?.message ?? "it cannot be parsed"}`);
}

/** What configurations on the disk leave out: those of the folders that are walked, and those above them. */
export function configuredExcludes(disk: Disk, fixed: ConfigurationFile | undefined, cwd: string): ConfiguredExcludes {
	if (fixed) return { at: () => ({ folder: folderOf(fixed.uri), globs: fixed.settings?.exclude ?? [] }), in: () => undefined };
	return {
		at: async (root) => {
			const top = await topOf(disk, root, cwd);
			for (let at = root; at !== ""; at = folderOf(at)) {
				const globs = await excludeOn(disk, at);
				if (globs || at === top) return { folder: at, globs: globs ?? [] };
			}
			return { folder: root, globs: [] };
		},
		in: (folder) => excludeOn(disk, folder),
	};
}

/** Where the search for configurations ends, and where what is named may lie, for what lies below some paths. */
export async function baseFor(
	disk: Disk,
	named: readonly string[],
	folders: Iterable<string>,
	fixed: ConfigurationFile | undefined,
	cwd: string,
): Promise<Base> {
	if (fixed) return { settings: DEFAULT_SETTINGS, tops: new Map(), fixed };
	const tops = new Set(await Promise.all([...named, cwd].map((at) => topOf(disk, at, cwd))));
	const seen = new Set<string>();
	for (const folder of folders) {
		for (let at = folder; at !== "" && !tops.has(at) && !seen.has(at); at = folderOf(at)) {
			seen.add(at);
			if (await disk.kind(`${at}/.git`)) tops.add(at);
		}
	}
	const reach = await reachOf(disk, named);
	return { settings: DEFAULT_SETTINGS, tops: new Map([...tops].map((top) => [top, DEFAULT_SETTINGS])), reach, home: cwd };
}

/**
 * The configuration files that hold in some folders, nearest ones only. Throws a `Failure` for one that cannot be read or parsed.
 */
export function configurationsFor(snapshot: Snapshot, folders: Iterable<string>, cwd: string): readonly ConfigurationFile[] {
	const { base } = snapshot.configurations;
	if (base.fixed) return [base.fixed];
	const found = new Set<ConfigurationFile>();
	for (const folder of folders) {
		const from = folder === folderOf(STDIN) ? cwd : folder;
		failWhereUnreadable(snapshot, from, cwd);
		const file = fileAbove(snapshot.configurations, from);
		if (!file) continue;
		if (!file.settings) throw unparsable(file, fileOf(snapshot, file.uri), cwd);
		found.add(file);
	}
	return [...found];
}

function failWhereUnreadable({ folders, configurations }: Snapshot, folder: string, cwd: string): void {
	for (let at = folder; at !== ""; at = folderOf(at)) {
		const uri = `${at}/${CONFIGURATION_FILE}`;
		const skipped = folders.get(at)?.skipped.find((one) => one.uri === uri);
		if (skipped) throw new Failure(`${relativePath(cwd, uri)}: ${skipped.reason}`);
		if (configurations.files.has(at) || configurations.base.tops.has(at)) return;
	}
}
