import type { Paint } from "../io.ts";
import type { Checked } from "../report.ts";
import type { Bar } from "../severity.ts";

/** How findings are written down. */
export type Format = (checked: Checked, view: View) => string;

export interface View {
	/** From which severity on the command fails. */
	readonly bar: Bar;
	/** Findings only. */
	readonly quiet: boolean;
	/** The last line of a text for people; it costs the working out of every path. */
	readonly summary: () => string;
	/** A person reads it: source lines and carets help. */
	readonly terminal: boolean;
	readonly columns: number;
	readonly paint: Paint;
}
