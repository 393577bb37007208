import { mayHoldObjects, readManifest } from "../model/manifest.ts";
import type { SourceFile } from "../text/file.ts";
import { isParsed, parseInSteps } from "../yaml/parse.ts";
import type { Turns } from "./turn.ts";

/** Documents with fewer characters in all are read at once. */
export const LARGE = 256 * 1024;

/** Whether a file has so much in it that nobody has read yet that reading it would hold up others. */
export function isMuch({ text, parts }: SourceFile): boolean {
	if (text.length <= LARGE) return false;
	let unread = 0;
	for (const { source } of parts) if (!isParsed(source)) unread += source.text.length;
	return unread > LARGE;
}

/**
 * Reads the documents of a file before anybody asks for them, giving the event loop back on the way. Ends early, with false, when
 * `isWanted` says so.
 */
export async function readAhead({ parts }: SourceFile, turns: Turns, isWanted: () => boolean = () => true): Promise<boolean> {
	for (const { source } of parts) {
		if (!isParsed(source) && mayHoldObjects(source.text)) {
			for (const _ of parseInSteps(source)) {
				if (turns.due) await turns.next();
				if (!isWanted()) return false;
			}
		}
		if (turns.due) await turns.next();
		if (!isWanted()) return false;
		readManifest(source);
	}
	if (turns.due) await turns.next();
	return isWanted();
}
