import type { Gap } from "../../piece.ts";
import type { Rendered } from "../../rendered.ts";
import type { PrintedDocument } from "./manifests.ts";

export interface RenderedChart extends Rendered {
	/** What is printed, in order. */
	readonly documents: readonly PrintedDocument[];
	readonly gaps: readonly ChartGap[];
}

/** Why a chart, or a part of it, could not be rendered. With any, Helm prints nothing. */
export interface ChartGap extends Gap {
	readonly class:
		| "invalid chart"
		| "invalid values"
		| "library chart"
		| "missing dependency"
		| "kube version"
		| "template syntax"
		| "missing template"
		| "required or fail"
		| "nil or type error"
		| "rendered YAML invalid"
		/** It depends on what nobody knows before it is deployed. Helm prints something all the same. */
		| "undecided"
		| "budget";
	/** Everything that would be deployed is there all the same: what is missing is switched off. */
	readonly harmless?: boolean;
}

/** Ends the rendering of a chart. */
export class ChartProblem extends Error {
	readonly class: ChartGap["class"];

	constructor(name: ChartGap["class"], reason: string) {
		super(reason);
		this.class = name;
	}
}
