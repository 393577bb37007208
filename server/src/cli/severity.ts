import type { Severity } from "../rules/rule.ts";
import type { Colour } from "./io.ts";

/** What `--fail-on` takes, the default first. */
export const BARS = ["error", "warning", "information", "never"] as const;

export type Bar = (typeof BARS)[number];

const WEIGHT: Readonly<Record<Severity | "never", number>> = { hint: 0, information: 1, warning: 2, error: 3, never: 4 };

export function reaches(severity: Severity, bar: Bar): boolean {
	return WEIGHT[severity] >= WEIGHT[bar];
}

export const SEVERITY_COLOURS: Readonly<Record<Severity, Colour>> = { error: "red", warning: "yellow", information: "blue", hint: "dim" };
