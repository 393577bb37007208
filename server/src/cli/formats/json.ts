import type { Format } from "./format.ts";

/** Fields in the documented order, which is the order in which the report is made. */
export const json: Format = ({ report }) => `${JSON.stringify(report, null, 2)}\n`;
