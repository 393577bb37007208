import { setField } from "../model/fieldEdits.ts";
import { isPort } from "../model/forms.ts";
import type { Handler } from "../model/podTemplate.ts";
import type { Fix } from "./rule.ts";

/** As many ports as fixes offer. */
const MANY = 3;

/** The fixes that let a probe or a hook ask for another port: the first few of those given that are ports. */
export function askForPort({ node, port }: Handler, values: readonly (number | string)[]): readonly Fix[] {
	return [...new Set(values)]
		.filter(isPort)
		.slice(0, MANY)
		.flatMap((value) => {
			const edit = setField(node, "port", port, value);
			return edit ? [{ title: `Ask for port ${value}`, safe: false, edits: [edit] }] : [];
		});
}
