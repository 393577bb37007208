import { readdirSync, realpathSync } from "node:fs";
import path from "node:path";
import { type Io, plain, silentProgress } from "../../server/src/cli/io.ts";
import { type Reading, read } from "../../server/src/cli/read.ts";

/** One repository of a corpus, read as `portolan check` reads it in its folder. */
export interface Repository {
	/** The name of its folder. */
	readonly name: string;
	/** Absolute. */
	readonly folder: string;
	readonly reading: Reading;
}

/** The repositories of a folder, each of which is a folder in it, in order of their names. */
export async function* repositoriesOf(corpus: string): AsyncGenerator<Repository> {
	const folder = realpathSync(corpus);
	const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name !== ".git");
	for (const { name } of names.sort((a, b) => (a.name < b.name ? -1 : 1))) {
		const own = path.join(folder, name);
		yield { name, folder: own, reading: await read(["."], ioIn(own)) };
	}
}

function ioIn(cwd: string): Io {
	return {
		cwd,
		out: () => {},
		err: (text) => process.stderr.write(text),
		terminal: false,
		columns: 100,
		paint: plain,
		progress: silentProgress,
		readInput: async () => new Uint8Array(),
	};
}

/** The same number for the same text, spread evenly (FNV-1a): a random choice that is the same every time. */
export function hashOf(text: string): number {
	let hash = 0x811c9dc5;
	for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
	return hash;
}
