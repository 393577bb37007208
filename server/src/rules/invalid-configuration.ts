import { nearest } from "../text/nearest.ts";
import { textAt } from "../text/source.ts";
import { replace } from "../yaml/edit.ts";
import type { ScalarNode } from "../yaml/nodes.ts";
import { type Report, rule } from "./rule.ts";

export const invalidConfiguration = rule({
	name: "invalid-configuration",
	levels: ["warning"],
	on: "Configuration",
	summary: "A .portolan.yaml with a setting that does not exist, a value that has no meaning, or a unit of what is not there.",
	why: "It is as if it were not there, and the rest of the file holds. A file that cannot be parsed sets nothing at all.",
	source: "https://github.com/portolan-k8s/portolan#settings",
	bad: `
#- .portolan.yaml
rules:
  service-without-pods: warning
cluster:
  nodePortRanges: 30000-31000
`,
	good: `
#- .portolan.yaml
rules:
  service-without-pods: warning
cluster:
  nodePortRange: 30000-31000
`,
	*check(configuration, { ruleNames, unfound }) {
		const { problems, rules } = configuration;
		for (const { at, message, meant } of [...problems, ...unfound(configuration)]) {
			const spelled = meant !== undefined && textAt(at).length > 0;
			yield { at, message, fixes: spelled ? [{ title: `Write ${meant}`, safe: false, edits: [replace(at, meant)] }] : [] };
		}
		const set = new Set(rules.map(({ text }) => text));
		for (const key of rules) if (!ruleNames.has(key.text)) yield unknownRule(key, [...ruleNames], set);
	},
});

/** A rule that is set already was not meant by another name. */
function unknownRule(key: ScalarNode, names: readonly string[], set: ReadonlySet<string>): Report {
	const meant = nearest(key.text, names);
	if (meant === undefined || set.has(meant)) return { at: key, message: `There is no rule ${key.text}` };
	const fixes = [{ title: `Write ${meant}`, safe: false, edits: [replace(key, meant)] }];
	return { at: key, message: `There is no rule ${key.text}; did you mean ${meant}?`, fixes };
}
