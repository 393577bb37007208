import type { Place, Source } from "../../../text/source.ts";
import type { Step } from "./origin.ts";
import { placeIn, type Text } from "./text.ts";
import type { TreeNode } from "./tree.ts";
import type { Value } from "./values.ts";

/** A named template. */
export interface Definition {
	readonly name: string;
	readonly nodes: readonly TreeNode[];
	/** It holds nothing but blanks and comments, so it replaces no other of its name. */
	readonly empty: boolean;
	readonly written: Written;
}

/** The text that definitions are parsed from. */
export interface Written {
	/** The name that Go gives it in messages. */
	readonly name: string;
	readonly text: string;
	/** The file that holds it; absent for what `tpl` gets. */
	readonly source?: Source;
	/** What `tpl` gets, where it is called and what it came through. */
	readonly passed?: { readonly text: Text; readonly at: Place; readonly through: Step | undefined };
	/** Constants of actions that have been read already. */
	readonly constants: Map<object, Value>;
}

/** What one file defines: its own template under its name, and those in `define` and `block`. */
export interface ParsedTemplate {
	readonly name: string;
	readonly source: Source;
	readonly definitions: readonly Definition[];
}

/** The templates that see each other: all of a chart and its subcharts. */
export interface TemplateSet {
	readonly definitions: ReadonlyMap<string, Definition>;
}

/**
 * The templates of files in the order in which Helm parses them: of two definitions of a name the later one holds, unless it is
 * empty. Source: associate of Go's text/template.
 */
export function templateSet(files: readonly ParsedTemplate[]): TemplateSet {
	return extended(
		new Map(),
		files.flatMap((file) => file.definitions),
	);
}

/** A set with more definitions, which leaves the other as it is. */
export function extended(definitions: ReadonlyMap<string, Definition>, more: readonly Definition[]): TemplateSet {
	const all = new Map(definitions);
	for (const definition of more) {
		if (!definition.empty || !all.has(definition.name)) all.set(definition.name, definition);
	}
	return { definitions: all };
}

/** Where characters of the text are written. */
export function placeOf({ source, passed }: Written, start: number, end: number): Place {
	if (source) return { source, start, end };
	return (passed && placeIn(passed.text, start, end)) ?? passed?.at ?? { source: { uri: "", text: "" }, start: 0, end: 0 };
}

/** `name:line:column` as Go has it: the line from 1, the column in bytes from 0. */
export function locationOf({ name, text }: Written, offset: number): string {
	const before = text.slice(0, offset);
	const lineStart = before.lastIndexOf("\n") + 1;
	return `${name}:${before.split("\n").length}:${new TextEncoder().encode(before.slice(lineStart)).length}`;
}
