import type { Place, Source } from "../../../text/source.ts";
import type { Node } from "../../../yaml/nodes.ts";
import type { Budget, TemplateProblem } from "./problem.ts";
import type { Text } from "./text.ts";
import type { Mystery, Struct, Value } from "./values.ts";

/** What one file defines: its own template under its name, and those in `define` and `block`. */
export interface ParsedTemplate {
	readonly name: string;
	readonly source: Source;
	readonly definitions: readonly Definition[];
}

/** A named template. */
export interface Definition {
	readonly name: string;
	readonly source: Source;
	/** It holds nothing but blanks and comments, so it replaces no other of its name. */
	readonly empty: boolean;
}

/** The templates that see each other: all of a chart and its subcharts. */
export interface TemplateSet {
	readonly definitions: ReadonlyMap<string, Definition>;
}

/** What an execution may use. */
export interface Environment {
	readonly templates: TemplateSet;
	readonly budget: Budget;
}

/** What a template gives, with `<no value>` removed as Helm does it, or why it fails. */
export type Outcome =
	| { readonly output: Text; readonly undecided: readonly Undecided[]; readonly problem?: undefined }
	| { readonly output?: undefined; readonly problem: TemplateProblem };

/** A condition that depends on what is not known; all output below it is marked unknown. */
export interface Undecided extends Place {
	readonly why: Mystery;
}

/** `parseTemplate` of parse.ts: depends on nothing but its arguments and is cached by the source. `name` is `chart/templates/x.yaml`. */
export type ParseTemplate = (
	name: string,
	source: Source,
) => { readonly parsed: ParsedTemplate; readonly problem?: undefined } | { readonly parsed?: undefined; readonly problem: TemplateProblem };

/** `templateSet` of set.ts: files in the order in which Helm parses them; of two definitions of a name the later one that is not empty holds. */
export type MakeTemplateSet = (files: readonly ParsedTemplate[]) => TemplateSet;

/** `execute` of execute.ts: runs a template of the set. `dot` may be changed by it (`set`), and is shared by the templates of a chart. */
export type Execute = (name: string, dot: Value, environment: Environment) => Outcome;

/** `valueOfNode` of nodes.ts: what Helm makes of YAML; each scalar and key knows its place (origin "value"), every number is a float. */
export type ValueOfNode = (node: Node | undefined) => Value;

/** `filesObject` of objects.ts: `.Files`, from names relative to the chart. A text may have runs that say where it stands. */
export type FilesObject = (files: Iterable<readonly [string, Text | Uint8Array]>) => Struct;

/** `capabilitiesObject` of objects.ts: `.Capabilities`; `version` is "v1.36.0". */
export type CapabilitiesObject = (cluster: {
	readonly version: string;
	readonly apiVersions: readonly string[];
	readonly helmVersion: string;
}) => Struct;
