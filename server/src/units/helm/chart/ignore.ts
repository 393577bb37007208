import { globExpression } from "./glob.ts";

/** What a `.helmignore` keeps out of a chart: asked for each file and folder, by its path relative to the chart. */
export type Ignores = (path: string, isFolder: boolean) => boolean;

/**
 * Reads a `.helmignore` (`undefined` where there is none); a text where Helm refuses it. The first rule that decides holds. A rule
 * that begins with `!` ignores everything that it does not match, Chart.yaml included.
 * Source: pkg/ignore/rules.go.
 */
export function readIgnores(text: string | undefined): Ignores | string {
	const rules: Rule[] = [];
	for (const line of [...(text ?? "").split(/\r?\n/), HIDDEN_TEMPLATES]) {
		const rule = readRule(line.trim());
		if (typeof rule === "string") return rule;
		if (rule) rules.push(rule);
	}
	return (path, isFolder) => {
		for (const { matches, negated, foldersOnly } of rules) {
			if (negated) {
				if ((foldersOnly && !isFolder) || !matches(path)) return true;
			} else if ((!foldersOnly || isFolder) && matches(path)) return true;
		}
		return false;
	};
}

const HIDDEN_TEMPLATES = "templates/.?*";

interface Rule {
	readonly matches: (path: string) => boolean;
	readonly negated: boolean;
	readonly foldersOnly: boolean;
}

/** A rule without a slash is held against the last part of a path, one with a slash against all of it. */
function readRule(line: string): Rule | string | undefined {
	if (line === "" || line.startsWith("#")) return undefined;
	if (line.includes("**")) return "double-star (**) syntax is not supported";
	const negated = line.startsWith("!");
	const rest = negated ? line.slice(1) : line;
	const foldersOnly = rest.endsWith("/");
	const pattern = foldersOnly ? rest.slice(0, -1) : rest;
	const expression = globExpression(pattern.replace(/^\//, ""));
	if (!expression) return "syntax error in pattern";
	const whole = pattern.includes("/");
	const matches = (path: string) => expression.test(whole ? path : path.slice(path.lastIndexOf("/") + 1));
	return { matches, negated, foldersOnly };
}
