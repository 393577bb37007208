import fs from "node:fs";
import path from "node:path";

/** A VS Code that keeps still: nothing is fetched, offered, tracked or asked. */
export const quiet = {
	"chat.disableAIFeatures": true,
	"extensions.autoCheckUpdates": false,
	"extensions.autoUpdate": false,
	"extensions.ignoreRecommendations": true,
	"git.enabled": false,
	"security.workspace.trust.enabled": false,
	"telemetry.telemetryLevel": "off",
	"update.mode": "none",
	"workbench.enableExperiments": false,
	"workbench.secondarySideBar.defaultVisibility": "hidden",
	"workbench.startupEditor": "none",
	"workbench.tips.enabled": false,
};

/** Makes a fresh user-data folder that holds these settings. */
export function userData(folder, settings) {
	const user = path.join(folder, "User");
	fs.mkdirSync(user, { recursive: true });
	fs.writeFileSync(path.join(user, "settings.json"), JSON.stringify(settings, undefined, "\t"));
	return folder;
}
