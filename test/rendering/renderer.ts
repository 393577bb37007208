import type { Files, Rendered } from "../../server/src/units/rendered.ts";
import type { RecordedUnit } from "./recorded.ts";

/** How units of one kind are rendered here. */
export interface Renderer {
	readonly kind: RecordedUnit["kind"];
	/** `folder` is the absolute path of the chart or kustomization. */
	readonly render: (files: Files, folder: string, unit: RecordedUnit) => Rendered;
	/** A file that a person would edit to change what is rendered. */
	readonly edited: (folder: string) => string;
	/** The classes that the recorded answers may have for what was refused here; `undefined` where nothing was. */
	readonly refusalOf: (rendered: Rendered) => readonly (string | undefined)[] | undefined;
}
