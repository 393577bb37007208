import picomatch from "picomatch/posix.js";
import { CONFIGURATION_FILE, readConfigurationFile } from "../settings/configurationFile.ts";
import { openFile } from "../yaml/stream.ts";
import type { Disk, Eventually } from "./fileSystem.ts";

/** Globs that leave files and folders out, and the folder that they are relative to. */
export interface Exclude {
	readonly folder: string;
	readonly globs: readonly string[];
}

/** What configurations leave out. */
export interface ConfiguredExcludes {
	/** What holds in a root as long as no configuration file of it does. */
	readonly at: (root: string) => Eventually<Exclude>;
	/** The globs of the configuration file of a folder; `undefined` where it sets nothing. */
	readonly in: (folder: string) => Eventually<readonly string[] | undefined>;
}

/** The globs that a configuration file on the disk holds; `undefined` for one that is not there or cannot be parsed. */
export async function excludeOn(disk: Disk, folder: string): Promise<readonly string[] | undefined> {
	const uri = `${folder}/${CONFIGURATION_FILE}`;
	const content = await disk.read(uri);
	return "text" in content ? readConfigurationFile(openFile(uri, content.text)).settings?.exclude : undefined;
}

/** Whether a path below the folder is left out. */
export type Excluded = (path: string) => boolean;

export function excluded({ folder, globs }: Exclude): Excluded {
	if (globs.length === 0) return () => false;
	const matches = picomatch([...globs], { dot: true });
	return (path) => path.startsWith(`${folder}/`) && matches(path.slice(folder.length + 1));
}
