/**
 * A glob as Argo CD reads it: `*` and `**` take any characters, slashes too, and `{a,b}` one of several. Source: util/glob of Argo CD,
 * which names no separators to gobwas/glob.
 */
export function globMatcher(glob: string): (path: string) => boolean {
	const source = glob.replace(/\\(.)|\*+|\?|\[!?[^\]]*\]|[{},]|[$()+.^|/\]\\]/gs, (token: string, escaped: string | undefined) => {
		if (escaped !== undefined) return literal(escaped);
		if (token.startsWith("*")) return ".*";
		if (token.startsWith("[") && token.length > 1) return `[${token.slice(1, -1).replace(/^!/, "^").replaceAll("\\", "\\\\")}]`;
		return GLOB[token] ?? literal(token);
	});
	try {
		const pattern = new RegExp(`^${source}$`, "s");
		return (path) => pattern.test(path);
	} catch {
		return () => false;
	}
}

const GLOB: { readonly [token: string]: string } = { "?": ".", "{": "(?:", "}": ")", ",": "|" };

function literal(character: string): string {
	return character.replace(/[$()*+.?[\]^{|}\\/]/g, "\\$&");
}
