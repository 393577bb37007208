import type { Place } from "../text/source.ts";

/** Longer ones are left out. */
const LONGEST = 240;

/**
 * What a comment in a values file says about a key: directly above it, where helm-docs begins with `# --`, in bitnami's
 * `## @param path`, or behind the value. `undefined` where there is none that is short.
 */
export function descriptionAt({ source: { text }, start }: Place, path: string): string | undefined {
	const lines = text.slice(0, text.lastIndexOf("\n", start - 1) + 1).split("\n");
	lines.pop();
	const above: string[] = [];
	for (let line = lines.pop(); line !== undefined && /^\s*#/.test(line); line = lines.pop())
		above.unshift(line.replace(/^\s*#+ ?/, "").trimEnd());
	const end = text.indexOf("\n", start);
	const behind = / #+\s*(.*?)\s*$/.exec(text.slice(start, end < 0 ? text.length : end))?.[1];
	return short(parameter(text, path)) ?? short(documented(above)) ?? short(behind);
}

/** Source: https://github.com/norwoodj/helm-docs, whose comments begin behind the last `--`. */
function documented(above: readonly string[]): string | undefined {
	const first = above.findLastIndex((line) => line.startsWith("-- "));
	const lines = first < 0 ? above : [(above[first] ?? "").slice(3), ...above.slice(first + 1)];
	if (lines.some((line) => /^@(param|section|skip|extra)\b/.test(line))) return undefined;
	// What is commented out is no description.
	if (lines.some((line) => /^\s*(- )?[\w.-]+:(\s+\S+)?$|^\s*- /.test(line))) return undefined;
	return lines
		.filter((line) => !line.startsWith("@"))
		.join(" ")
		.trim();
}

/** Source: https://github.com/bitnami/readme-generator-for-helm */
function parameter(text: string, path: string): string | undefined {
	const found = text.split("\n").find((line) => line.includes("@param ") && line.slice(line.indexOf("@param ") + 7).startsWith(`${path} `));
	return found?.slice(found.indexOf("@param ") + 8 + path.length).replace(/^\s*\[[^\]]*\]\s*/, "");
}

/** What the comment above the `define` of a named template says. */
export function descriptionOfTemplate({ source: { text }, start }: Place): string | undefined {
	const open = text.lastIndexOf("{{", start);
	const said = /\{\{-?\s*\/\*((?:[^*]|\*(?!\/))*)\*\/\s*-?\}\}\s*$/.exec(text.slice(Math.max(0, open - 2000), Math.max(0, open)))?.[1];
	return short(said?.replace(/\s+/g, " "));
}

function short(text: string | undefined): string | undefined {
	const trimmed = text?.trim() ?? "";
	return trimmed === "" || trimmed.length > LONGEST ? undefined : trimmed;
}
