import { fileOf, type Snapshot } from "../links/snapshot.ts";
import type { OnFault } from "../rules/check.ts";
import type { Finding, Fix } from "../rules/rule.ts";
import { spanInFile } from "../text/file.ts";
import type { Span } from "../text/source.ts";
import { type Shown, shownIn } from "./diagnostics.ts";

/** A fix as an editor offers it. */
export interface OfferedFix {
	readonly finding: Finding;
	readonly fix: Fix;
	/** The one that repairs this finding by itself: its first safe fix. */
	readonly preferred: boolean;
}

/** The fixes of the findings that a range of the file touches. */
export function fixesAt(snapshot: Snapshot, uri: string, range: Span, shown: Shown, onFault: OnFault): readonly OfferedFix[] {
	const file = fileOf(snapshot, uri);
	if (!file) return [];
	return shownIn(snapshot, uri, shown, onFault).flatMap((finding) => {
		const span = spanInFile(file, finding.at);
		if (!span || span.start > range.end || span.end < range.start) return [];
		const preferred = finding.fixes.find((fix) => fix.safe);
		return finding.fixes.map((fix) => ({ finding, fix, preferred: fix === preferred }));
	});
}
