import { fileOf, type Snapshot } from "../links/snapshot.ts";
import type { OnFault } from "../rules/check.ts";
import type { Finding, Fix } from "../rules/rule.ts";
import { spanInFile } from "../text/file.ts";
import type { Edit, Span } from "../text/source.ts";
import { type Configured, configure } from "./configure.ts";
import { type Shown, shownIn } from "./diagnostics.ts";
import { ignoreHere } from "./ignoreHere.ts";
import { type FixedFile, withSafeFixes } from "./safeFixes.ts";
import { fixesOf } from "./verifiedFixes.ts";

/** What an editor offers on a finding. */
export interface OfferedAction {
	readonly finding: Finding;
	readonly title: string;
	/** The one that repairs this finding by itself: its first safe fix. */
	readonly preferred: boolean;
	readonly does:
		| { readonly edits: readonly Edit[] }
		| Extract<Configured, { create: unknown }>
		/** The rule whose page is shown. */
		| { readonly documentation: string };
}

/** On the findings that a range of the file touches: their fixes, then what silences them, then what explains them. */
export function actionsAt(snapshot: Snapshot, uri: string, range: Span, shown: Shown, onFault: OnFault): readonly OfferedAction[] {
	const file = fileOf(snapshot, uri);
	if (!file) return [];
	const findings = shownIn(snapshot, uri, shown, onFault).filter((finding) => {
		const span = spanInFile(file, finding.at);
		return span && span.start <= range.end && span.end >= range.start;
	});
	const ofRules = [...new Map(findings.map((finding) => [finding.rule, finding])).values()];
	const named = ofRules.length > 1;
	return [
		...findings.flatMap((finding) => repairs(snapshot, uri, finding, fixesOf(snapshot, finding, onFault))),
		...distinct(findings.flatMap((finding) => ignoring(finding, named))),
		...ofRules.flatMap((finding) => turningOff(snapshot, uri, finding, named)),
		...ofRules.map((finding): OfferedAction => {
			const title = named ? `Show documentation of ${finding.rule}` : "Show documentation";
			return { finding, title, preferred: false, does: { documentation: finding.rule } };
		}),
	];
}

function repairs(snapshot: Snapshot, uri: string, finding: Finding, fixes: readonly Fix[]): readonly OfferedAction[] {
	const preferred = fixes.find((fix) => fix.safe);
	return fixes.flatMap((fix): readonly OfferedAction[] => {
		const common = { finding, title: fix.title, preferred: fix === preferred };
		if (!fix.setting) return [{ ...common, does: { edits: fix.edits } }];
		const does = configure(snapshot, uri, fix.setting);
		return does ? [{ ...common, does: "edit" in does ? { edits: [does.edit] } : does }] : [];
	});
}

function ignoring(finding: Finding, named: boolean): readonly OfferedAction[] {
	const edit = ignoreHere(finding);
	const title = named ? `Ignore ${finding.rule} here` : "Ignore here";
	return edit ? [{ finding, title, preferred: false, does: { edits: [edit] } }] : [];
}

/** Several findings of one rule on one line are silenced by one comment. */
function distinct(actions: readonly OfferedAction[]): readonly OfferedAction[] {
	const seen = new Set<string>();
	return actions.filter(({ does }) => {
		const key = "edits" in does ? does.edits.map(({ start, text }) => `${start} ${text}`).join() : "";
		if (seen.has(key)) return false;
		seen.add(key);
		return true;
	});
}

function turningOff(snapshot: Snapshot, uri: string, finding: Finding, named: boolean): readonly OfferedAction[] {
	const off = configure(snapshot, uri, { section: "rules", key: finding.rule, value: "off" });
	if (!off) return [];
	const title = `Turn ${named ? finding.rule : "the rule"} off in .portolan.yaml`;
	return [{ finding, title, preferred: false, does: "edit" in off ? { edits: [off.edit] } : off }];
}

/** A file with every safe fix of what is shown in it that changes nothing else; `undefined` where there is none. */
export function fixAllIn(snapshot: Snapshot, uri: string, shown: Shown, onFault: OnFault): FixedFile | undefined {
	const findings = (current: Snapshot) => shownIn(current, uri, shown, onFault);
	return withSafeFixes(snapshot, { findings, mayEdit: (other) => other === uri, onFault })[0];
}
