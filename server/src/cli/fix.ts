import fs from "node:fs";
import { ownFindings } from "../features/findings.ts";
import { type FixedFile, withSafeFixes } from "../features/safeFixes.ts";
import type { Snapshot } from "../links/snapshot.ts";
import { allUnits } from "../links/units.ts";
import type { Finding } from "../rules/rule.ts";
import { isIn } from "../session/discover.ts";
import { Failure } from "./command.ts";
import type { Io } from "./io.ts";
import { relativePath } from "./locate.ts";
import type { Reading } from "./read.ts";
import { concerns } from "./report.ts";
import { counted } from "./words.ts";
import { replaceText } from "./write.ts";

/** What applying the safe fixes came to. */
export interface Fixing {
	/** A line for each file that was written, and one for each that could not be. */
	readonly notes: readonly string[];
	readonly failures: readonly string[];
	/** How many findings were repaired. */
	readonly repaired: number;
	/** Whether a file is another one now. */
	readonly written: boolean;
}

/**
 * Applies the safe fixes of the findings on what was named, to files that were named and no others. A link in a named folder is
 * left alone, for its file is elsewhere. Throws a `Failure` for standard input.
 */
export function fixNamed(reading: Reading, operands: readonly string[], io: Io, onFault: (rule: string, error: unknown) => void): Fixing {
	if (operands.includes("-")) throw new Failure("--fix changes files, and standard input is none");
	const ids = new Set(reading.units.map(({ id }) => id));
	const findings = (snapshot: Snapshot): readonly Finding[] =>
		[...allUnits(snapshot)]
			.filter(({ id }) => ids.has(id))
			.flatMap((unit) => ownFindings(snapshot, unit, onFault).filter((finding) => concerns(reading, finding, unit)));
	const written: FixedFile[] = [];
	const failures: string[] = [];
	for (const file of withSafeFixes(reading.snapshot, { findings, mayEdit: (uri) => isForChange(reading, uri), onFault })) {
		const problem = replaceText(file.uri, file.before, file.after);
		if (problem) failures.push(`${relativePath(io.cwd, file.uri)} is not fixed: ${problem.refused}`);
		else written.push(file);
	}
	return {
		notes: written.map((file) => noteOn(file, io.cwd)),
		failures,
		repaired: new Set(written.flatMap((file) => file.findings)).size,
		written: written.length > 0,
	};
}

/** A link that was named itself stands for its file. */
function isForChange({ names }: Reading, uri: string): boolean {
	if (names.some(({ kind, path }) => kind === "file" && path === uri)) return true;
	const isBelow = names.some(({ kind, path }) => kind === "folder" && isIn(uri, path));
	return isBelow && fs.lstatSync(uri, { throwIfNoEntry: false })?.isFile() === true;
}

function noteOn({ uri, findings }: FixedFile, cwd: string): string {
	const rules = new Map<string, number>();
	for (const { rule } of findings) rules.set(rule, (rules.get(rule) ?? 0) + 1);
	const list = [...rules]
		.sort()
		.map(([rule, count]) => (count === 1 ? rule : `${rule} ${count} times`))
		.join(", ");
	return `fixed ${counted(findings.length, "finding")} in ${relativePath(cwd, uri)}: ${list}`;
}
