export type TokenType =
	| "document-start"
	| "document-end"
	| "directive"
	| "end"
	| "block-list"
	| "block-map"
	| "block-end"
	| "["
	| "]"
	| "{"
	| "}"
	| ","
	| "item"
	| "key"
	| "value"
	| "alias"
	| "anchor"
	| "tag"
	| "scalar";

export interface Token {
	readonly type: TokenType;
	readonly start: number;
	readonly end: number;
	/** A scalar's text, an anchor's or alias's name, a tag in its long form; else empty. */
	readonly text: string;
	readonly style: "plain" | "single" | "double" | "block";
	/** The key that may begin with it. */
	readonly key: SimpleKey | undefined;
}

/** A place at which a key may turn out to begin, once a `:` is met on its line. */
export interface SimpleKey {
	possible: boolean;
	/** In a block map nothing else may stand here. */
	readonly required: boolean;
	/** The `:` may stand any number of characters and lines behind it. */
	readonly anyLength: boolean;
	readonly token: number;
	readonly pos: number;
	readonly lineStart: number;
}

export const NO_KEY: SimpleKey = { possible: false, required: false, anyLength: false, token: -1, pos: 0, lineStart: 0 };

/** A tag with the only handles that can be known, since a stream of Kubernetes has no directives. */
export function longTag(written: string): string | undefined {
	if (written.startsWith("!<")) return written.slice(2, -1);
	const [, handle, rest] = /^(![\w-]*!)(.*)$/.exec(written) ?? [];
	if (handle === undefined) return written || undefined;
	return handle === "!!" && rest ? `tag:yaml.org,2002:${rest}` : undefined;
}
