import type { Preferred } from "../features/unitName.ts";
import { DEFAULT_OPTIONS, type EditorOptions } from "../settings/editorSettings.ts";

/** What an editor has set or shows that concerns what it is told, and nothing else. */
export class EditorState {
	options: EditorOptions = DEFAULT_OPTIONS;
	/** How often it was asked for its settings. */
	asked = 0;
	/** Another extension shows what is wrong in YAML itself. */
	yamlExtension: boolean;

	/** The units that are shown of documents which belong to several, the last choice first. */
	preferred: Preferred = [];

	constructor(yamlExtension: boolean) {
		this.yamlExtension = yamlExtension;
	}
}
