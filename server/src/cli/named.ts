import path from "node:path";
import { isIn } from "../session/discover.ts";
import type { Disk } from "../session/fileSystem.ts";
import { repositoryOf } from "../session/repository.ts";
import { STDIN } from "../units/folder.ts";
import { Failure } from "./command.ts";

/** A PATH of the command line. */
export interface Named {
	readonly kind: "file" | "folder" | "input";
	/** Absolute, with `/`, and no slash at the end of a folder; for standard input the name under which it is kept. */
	readonly path: string;
	readonly written: string;
}

/** Throws a `Failure` for what is not there, or is neither a file nor a folder. */
export async function named(operands: readonly string[], cwd: string, disk: Disk): Promise<readonly Named[]> {
	return Promise.all(operands.map((operand) => nameOne(operand, cwd, disk)));
}

async function nameOne(written: string, cwd: string, disk: Disk): Promise<Named> {
	if (written === "-") return { kind: "input", path: STDIN, written };
	if (written === "") throw new Failure("an empty PATH names nothing");
	const absolute = path.resolve(cwd, written).replaceAll(path.sep, "/").replace(/\/$/, "");
	const kind = await disk.kind(absolute);
	if (kind === undefined) throw new Failure(`${written}: there is no such file or folder`);
	if (kind === "other") throw new Failure(`${written}: not a regular file`);
	return { kind, path: absolute, written };
}

/**
 * The folder above which nothing is looked at for a path: the root of its repository or, outside one, the working directory;
 * for what lies in neither its own folder.
 */
export async function topOf(disk: Disk, from: string, cwd: string): Promise<string> {
	const repository = await repositoryOf(disk, from);
	if (repository !== undefined) return repository;
	const working = cwd.replace(/\/$/, "");
	return isIn(from, working) ? working : from;
}
