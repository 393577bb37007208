import { RULES } from "../rules/list.ts";
import type { Rule } from "../rules/rule.ts";
import { nearest } from "../text/nearest.ts";
import { type Command, Failure } from "./command.ts";
import type { Paint } from "./io.ts";
import { SEVERITY_COLOURS } from "./severity.ts";

export const rules: Command = {
	name: "rules",
	operands: "",
	summary: "Lists the rules",
	options: { format: { choices: ["text", "json"], help: "how to print them (default text)" } },
	run: (call, io) => {
		io.out(call.text("format") === "json" ? asJson() : asText(io.paint));
		return 0;
	},
};

export const explain: Command = {
	name: "explain",
	operands: "RULE",
	summary: "Explains a rule: what is wrong, why it matters, and what is right",
	options: {},
	run: (call, io) => {
		const [name, second] = call.operands;
		if (name === undefined || second !== undefined) throw new Failure("explain takes the name of one rule (see portolan rules)");
		const rule = RULES.find((candidate) => candidate.name === name);
		if (!rule) {
			const near = nearest(
				name,
				RULES.map((candidate) => candidate.name),
			);
			throw new Failure(`there is no rule ${name}${near ? `; did you mean ${near}?` : " (see portolan rules)"}`);
		}
		io.out(explained(rule, io.paint));
		return 0;
	},
};

function asText(paint: Paint): string {
	const width = Math.max(...RULES.map((rule) => rule.name.length));
	return RULES.map((rule) => `${paint("bold", rule.name.padEnd(width))}  ${levels(rule, paint)}\n    ${rule.summary}\n`).join("");
}

function asJson(): string {
	const list = RULES.map((rule) => ({
		name: rule.name,
		levels: rule.levels,
		default: rule.off ? "off" : rule.levels[0],
		summary: rule.summary,
		why: rule.why,
		source: rule.source,
	}));
	return `${JSON.stringify({ version: 1, rules: list }, null, 2)}\n`;
}

function levels(rule: Rule, paint: Paint): string {
	const names = rule.levels.map((level) => paint(SEVERITY_COLOURS[level], level)).join(" or ");
	return rule.off ? `off unless switched on, then ${names}` : names;
}

function explained(rule: Rule, paint: Paint): string {
	return [
		`${paint("bold", rule.name)}  ${levels(rule, paint)}`,
		"",
		rule.summary,
		rule.why,
		"",
		paint("red", "Wrong:"),
		indented(rule.bad),
		"",
		paint("green", "Right:"),
		indented(rule.good),
		"",
		paint("dim", `Source: ${rule.source}`),
		"",
	].join("\n");
}

function indented(manifest: string): string {
	return manifest
		.trim()
		.replace(/^#- /gm, "# ")
		.split("\n")
		.map((line) => `    ${line}`.trimEnd())
		.join("\n");
}
