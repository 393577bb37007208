/**
 * The regular expression of a pattern that matches a whole path: `*` and `?` stay within a part, `[a-z]` and `[^a-z]` are classes,
 * `\` takes the next character as it is. `undefined` for a malformed one. Source: Match() of Go's path/filepath.
 */
export function globExpression(pattern: string): RegExp | undefined {
	let expression = "";
	for (let at = 0; at < pattern.length; ) {
		const sign = pattern[at];
		if (sign === "*" || sign === "?") {
			expression += sign === "*" ? "[^/]*" : "[^/]";
			at++;
			continue;
		}
		const found = sign === "[" ? classAt(pattern, at) : characterAt(pattern, at, "");
		if (!found) return undefined;
		expression += "expression" in found ? found.expression : quoted(found.character);
		at = found.end;
	}
	return new RegExp(`^${expression}$`, "su");
}

function quoted(character: string): string {
	return character.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&");
}

/** `[`, perhaps `^`, one range at least, `]`. A range from high to low is allowed and holds nothing. */
function classAt(pattern: string, start: number): { readonly expression: string; readonly end: number } | undefined {
	const negated = pattern[start + 1] === "^";
	let ranges = "";
	let at = start + (negated ? 2 : 1);
	for (let count = 0; count === 0 || pattern[at] !== "]"; count++) {
		const low = characterAt(pattern, at, "-]");
		const high = low && pattern[low.end] === "-" ? characterAt(pattern, low.end + 1, "-]") : low;
		if (!low || !high) return undefined;
		if (low.character <= high.character) ranges += `${inClass(low.character)}-${inClass(high.character)}`;
		at = high.end;
	}
	return { expression: `[${negated ? "^" : ""}${ranges}]`, end: at + 1 };
}

function inClass(character: string): string {
	return character === "-" ? "\\-" : quoted(character);
}

/** The character at an offset, its backslash passed; none of `refused` without one. */
function characterAt(pattern: string, at: number, refused: string): { readonly character: string; readonly end: number } | undefined {
	const escaped = pattern[at] === "\\";
	const from = escaped ? at + 1 : at;
	const point = pattern.codePointAt(from);
	if (point === undefined) return undefined;
	const character = String.fromCodePoint(point);
	return !escaped && refused.includes(character) ? undefined : { character, end: from + character.length };
}
