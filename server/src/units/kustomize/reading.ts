import type { SourceFile } from "../../text/file.ts";
import type { Files } from "../rendered.ts";

/** An answer that a result depends on. */
export interface Read {
	readonly ask: (files: Files) => unknown;
	readonly answer: unknown;
}

/** Files that remember what they were asked, by the question. */
export interface Recorded extends Files {
	readonly reads: Map<string, Read>;
}

export function recorded(files: Files): Recorded {
	const reads = new Map<string, Read>();
	const asked = <T>(question: string, ask: (files: Files) => T): T => {
		const known = reads.get(question);
		if (known) return known.answer as T;
		const answer = ask(files);
		reads.set(question, { ask, answer });
		return answer;
	};
	return {
		reads,
		file: (uri) => asked(`file ${uri}`, (at) => at.file(uri)),
		bytes: (uri) => asked(`bytes ${uri}`, (at) => at.bytes(uri)),
		folder: (path) => asked(`folder ${path}`, (at) => at.folder(path)),
		folders: (path) => asked(`folders ${path}`, (at) => at.folders(path)),
		has: (uri) => asked(`has ${uri}`, (at) => at.has(uri)),
		kept: (key, compute) => asked(`kept ${key}`, (at) => at.kept(key, compute)),
		isInside: (path) => asked(`inside ${path}`, (at) => at.isInside(path)),
	};
}

/** Whether every question has the answer that it had. */
export function isCurrent(reads: ReadonlyMap<string, Read>, files: Files): boolean {
	for (const { ask, answer } of reads.values()) {
		const now = ask(files);
		if (now !== answer && !(Array.isArray(now) && Array.isArray(answer) && sameItems(now, answer))) return false;
	}
	return true;
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
	return a.length === b.length && a.every((item, index) => item === b[index]);
}

interface Kept<T> {
	readonly reads: ReadonlyMap<string, Read>;
	readonly variant: string;
	readonly result: T;
}

/**
 * Results by the kustomization that they were made of, valid as long as all that was read is the same. The few last ones are
 * kept, since one folder can be open in several ways.
 */
export class ReadingCache<T> {
	private readonly kept = new WeakMap<SourceFile, readonly Kept<T>[]>();

	get(key: SourceFile, variant: string, files: Files): Kept<T> | undefined {
		return this.kept.get(key)?.find((each) => each.variant === variant && isCurrent(each.reads, files));
	}

	set(key: SourceFile, variant: string, reads: ReadonlyMap<string, Read>, result: T): void {
		const others = (this.kept.get(key) ?? []).filter((each) => each.variant !== variant).slice(0, 3);
		this.kept.set(key, [{ reads, variant, result }, ...others]);
	}
}
