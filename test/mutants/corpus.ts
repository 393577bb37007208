import type { Snapshot } from "../../server/src/links/snapshot.ts";
import { Workspace } from "../../server/src/session/workspace.ts";
import { DEFAULT_SETTINGS } from "../../server/src/settings/settings.ts";

/** A snapshot of texts by their paths, in one workspace folder. */
export function openCorpus(files: ReadonlyMap<string, string>): Snapshot {
	const workspace = new Workspace(DEFAULT_SETTINGS);
	workspace.setBase({ settings: DEFAULT_SETTINGS, tops: new Map([["/corpus", DEFAULT_SETTINGS]]) });
	workspace.apply([...files].map(([name, text]) => ({ uri: `/corpus/${name}`, text })));
	return workspace.snapshot;
}
