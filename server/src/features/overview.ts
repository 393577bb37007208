import { fileOf, type Snapshot } from "../links/snapshot.ts";
import { renderedFiles, writtenUnits } from "../links/units.ts";
import { readManifest } from "../model/manifest.ts";
import type { SourceFile } from "../text/file.ts";
import { baseName, type Skipped } from "../units/folder.ts";
import type { Unit } from "../units/unit.ts";

/** Everything that is read, in numbers. */
export interface Overview {
	readonly files: number;
	/** Of the kinds that Portolan knows. */
	readonly objects: number;
	/** Files and folders that are not read. */
	readonly skipped: readonly Skipped[];
}

export function overviewOf(snapshot: Snapshot): Overview {
	let [files, objects] = [0, 0];
	const skipped: Skipped[] = [];
	for (const folder of snapshot.folders.values()) {
		files += folder.files.size;
		skipped.push(...folder.skipped);
	}
	for (const unit of writtenUnits(snapshot)) objects += countOf(unit);
	for (const uri of renderedFiles(snapshot)) objects += objectsIn(fileOf(snapshot, uri));
	return { files, objects, skipped };
}

/** What a file holds that is deployed only as something renders it. */
function objectsIn(file: SourceFile | undefined): number {
	return (file?.parts ?? []).reduce((sum, { source }) => sum + readManifest(source).objects.length, 0);
}

/** `24 files with 31 objects in the workspace, 1 skipped`. */
export function overviewText({ files, objects, skipped }: Overview): string {
	return `${counted(files, "file")} with ${counted(objects, "object")} in the workspace${skipped.length > 0 ? `, ${skipped.length} skipped` : ""}`;
}

/** `dump.json: larger than 10 MB, and 2 more`; nothing where nothing is skipped. */
export function skippedText({ skipped }: Overview): string {
	const [first] = skipped;
	if (!first) return "";
	const more = skipped.length > 1 ? `, and ${skipped.length - 1} more` : "";
	return `${baseName(first.uri.replace(/\/$/, ""))}: ${first.reason}${more}`;
}

function counted(count: number, word: string): string {
	return `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;
}

const counts = new WeakMap<Unit, number>();

/** A unit is the same for as long as nothing in it changes. */
function countOf(unit: Unit): number {
	let count = counts.get(unit);
	if (count === undefined) {
		count = unit.objects.length;
		counts.set(unit, count);
	}
	return count;
}
