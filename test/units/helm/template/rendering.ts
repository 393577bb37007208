import type { Source } from "../../../../server/src/text/source.ts";
import { templateSet } from "../../../../server/src/units/helm/template/definition.ts";
import { execute, type Outcome, parseTemplate } from "../../../../server/src/units/helm/template/execute.ts";
import { valueOfNode } from "../../../../server/src/units/helm/template/nodes.ts";
import { capabilitiesObject, filesObject } from "../../../../server/src/units/helm/template/objects.ts";
import { budgetOf, type Limits, type TemplateProblem } from "../../../../server/src/units/helm/template/problem.ts";
import { type Text, text } from "../../../../server/src/units/helm/template/text.ts";
import { bool, dict, FALSE, int, struct, TRUE, type Value } from "../../../../server/src/units/helm/template/values.ts";
import { parseSource } from "../../../../server/src/yaml/parse.ts";

/** A chart of one manifest: its template, that of a file of helpers, values as JSON or YAML, and files. */
export interface Chart {
	readonly t: string;
	readonly h?: string;
	readonly v?: unknown;
	readonly yaml?: Source;
	readonly f?: Readonly<Record<string, string | Text>>;
	readonly limits?: Limits;
}

export interface Rendered {
	readonly outcome: Outcome;
	readonly template: Source;
	readonly helpers: Source;
}

const NAME = "c/templates/t.yaml";

/** Renders the manifest as Helm does, in the chart `c` released as `rel`. */
export function render({ t, h = "", v = {}, yaml, f = {}, limits }: Chart): Rendered {
	const template = { uri: "t.yaml", text: t };
	const helpers = { uri: "_h.tpl", text: h };
	const parsed = [parseTemplate(NAME, template), parseTemplate("c/templates/_h.tpl", helpers)];
	const problem = parsed.find((file) => file.problem)?.problem;
	if (problem) return { outcome: { problem }, template, helpers };
	const values = valueOfNode(parseSource(yaml ?? { uri: "values.yaml", text: JSON.stringify(v) }).root);
	const templates = templateSet(parsed.flatMap((file) => (file.parsed ? [file.parsed] : [])));
	const outcome = execute(NAME, dotOf(values, f), { templates, budget: budgetOf(limits) });
	return { outcome, template, helpers };
}

function dotOf(values: Value, files: Readonly<Record<string, string | Text>>): Value {
	const release = [
		["Name", text("rel")],
		["Namespace", text("ns")],
		["IsUpgrade", FALSE],
		["IsInstall", TRUE],
		["Revision", int(1)],
		["Service", text("Helm")],
	] as const;
	return dict(
		[
			["Values", values.kind === "map" ? { ...values, type: "chartutil.Values" } : dict([], "chartutil.Values")],
			["Release", dict(release)],
			[
				"Chart",
				struct("struct { chart.Metadata; IsRoot bool }", [
					["Name", text("c")],
					["Version", text("1.2.3")],
					["AppVersion", text("4.5")],
					["IsRoot", bool(true)],
				]),
			],
			[
				"Files",
				filesObject(Object.entries(files).map(([name, content]) => [name, typeof content === "string" ? text(content) : content] as const)),
			],
			["Capabilities", capabilitiesObject({ version: "v1.36.0", apiVersions: ["v1", "apps/v1"], helmVersion: "v3.22.0" })],
			["Subcharts", dict()],
			[
				"Template",
				dict(
					[
						["Name", text(NAME)],
						["BasePath", text("c/templates")],
					],
					"chartutil.Values",
				),
			],
		],
		"chartutil.Values",
	);
}

/** What is to be compared of an outcome. */
export function answer({
	outcome,
}: Rendered): { readonly out: string } | { readonly error: string; readonly kind: TemplateProblem["kind"] } {
	if (outcome.problem) return { error: outcome.problem.message, kind: outcome.problem.kind };
	return { out: outcome.output.value };
}
