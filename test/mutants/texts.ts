import { columnOf } from "../../server/src/yaml/edit.ts";
import { type Mutator, spec } from "./mutator.ts";
import type { Fault, Site } from "./site.ts";

/** Who speaks where what is rendered is no YAML: the tool that refuses it. */
const RENDERED = ["invalid-kustomization", "chart-does-not-render"];

/** The kinds of fault in the text of a manifest or a template, or beside it. */
export const TEXT_MUTATORS: readonly Mutator[] = [
	spec("duplicate-key", "a label twice", ({ workload }) => {
		const labels = workload.template.labels?.node;
		const pair = workload.template.labels?.pairs.find(({ node }) => !node.via);
		if (labels?.kind !== "map" || !pair?.value || labels.flow || pair.key.via) return undefined;
		const text = `\n${" ".repeat(columnOf(pair.key))}${pair.name}: ${JSON.stringify(pair.value)}`;
		return { source: pair.node.source, start: pair.node.end, end: pair.node.end, text };
	}),
	{ rule: "invalid-yaml", fault: "a bracket that is not closed", put: (site) => behindKind(site, " ["), orElse: RENDERED },
	{ rule: "invalid-yaml", fault: "a quote that is not closed", put: (site) => behindKind(site, ' "'), orElse: RENDERED },
	spec(
		"invalid-yaml",
		"a tab for indentation",
		({ service: { spec: map, root } }) => {
			const key = root.flow || map?.flow ? undefined : map?.entries[0]?.key;
			const column = key && columnOf(key);
			if (!key || !column || key.source.text.slice(key.start - column, key.start).trim() !== "") return undefined;
			return { source: key.source, start: key.start - column, end: key.start, text: "\t" };
		},
		{ orElse: RENDERED },
	),
	spec("trailing-content", "an object behind the end of a document", ({ service: { source, root }, unit }) => {
		const end = source.text.length;
		// What stands behind an action may not be printed.
		if (unit.kind === "chart" && source.text.slice(root.end).includes("{{")) return undefined;
		const text = `${source.text.endsWith("\n") ? "" : "\n"}...\nkind: Service\n`;
		return root.flow ? undefined : { source, start: end, end, text };
	}),
	{
		rule: "invalid-configuration",
		fault: "a misspelt setting",
		put: () => ({ edits: [], files: { ".portolan.yaml": "cluster:\n  verson: 1.34\n" } }),
	},
	{
		rule: "invalid-configuration",
		fault: "a rule that there is not",
		put: () => ({ edits: [], files: { ".portolan.yaml": "rules:\n  invalid-protcol: off\n" } }),
	},
	spec(
		"unused-ignore",
		"a comment that silences nothing",
		({ service: { source, root } }) => {
			const { start } = root;
			if (root.flow || columnOf(root) > 0) return undefined;
			return { source, start, end: start, text: "# portolan-ignore: invalid-protocol\n" };
		},
		{
			cannotTell: ({ unit, service }) => {
				if (!unit.complete) return `a unit that is not complete (${unit.kind})`;
				const isTemplate = unit.kind === "chart" && service?.source.text.includes("{{");
				return isTemplate ? "a template, which may print what the comment silences with other values" : undefined;
			},
		},
	),
];

function behindKind({ service: { kindField, root } }: Site, text: string): Fault | undefined {
	const node = kindField?.node;
	if (!node || root.flow || columnOf(root) > 0) return undefined;
	return { edits: [{ source: node.source, start: node.end, end: node.end, text: `\nmetadata2:${text}` }] };
}
