import type { ConfigurationFile } from "../settings/configurationFile.ts";
import type { SettingProblem } from "../settings/shape.ts";
import type { Files } from "../units/rendered.ts";
import { type Kept, readsOf } from "../units/renders.ts";
import { unfoundIn } from "../units/unfound.ts";
import { type Moment, worldOf } from "./world.ts";

/** What the units of a configuration name and is certainly not there. */
export function unfoundBy(snapshot: Moment, configuration: ConfigurationFile): readonly SettingProblem[] {
	return kept(snapshot, configuration).value;
}

/** Files and folders that configured units name, and of which nobody knows whether they are there. */
export function wantedByConfigurations(snapshot: Moment): readonly string[] {
	const { base, files } = snapshot.configurations;
	const all = base.fixed ? [base.fixed] : [...files.values()];
	return all.flatMap((file) => (file.settings?.units.length ? readsOf(kept(snapshot, file)).wanted : []));
}

function kept(snapshot: Moment, configuration: ConfigurationFile): Kept<readonly SettingProblem[]> {
	const { uri } = configuration;
	const look = (files: Files) => {
		// What was found holds for this text alone.
		files.file(uri);
		return unfoundIn(files, configuration);
	};
	return snapshot.renders.keep(worldOf(snapshot), `named by ${uri}`, look).kept;
}
