import { strval } from "../print.ts";
import type { Context } from "../signature.ts";
import { slice, type Text } from "../text.ts";
import type { Value } from "../values.ts";
import { elementsOf } from "./builtin.ts";

/** Go's strings.SplitN; all pieces for a negative count. */
export function splitText(value: Text, separator: string, count: number): Text[] {
	if (count === 0) return [];
	const pieces: Text[] = [];
	if (separator === "") {
		const characters = [...value.value];
		let at = 0;
		for (const [index, char] of characters.entries()) {
			if (index === count - 1) {
				pieces.push(slice(value, at));
				break;
			}
			pieces.push(slice(value, at, at + char.length));
			at += char.length;
		}
		return pieces;
	}
	let at = 0;
	for (let next = value.value.indexOf(separator); next >= 0 && pieces.length !== count - 1; next = value.value.indexOf(separator, at)) {
		pieces.push(slice(value, at, next));
		at = next + separator.length;
	}
	pieces.push(slice(value, at));
	return pieces;
}

/** Elements as texts, without nils. Source: strslice of sprig. */
export function textsOf(context: Context, value: Value): Text[] {
	if (value.kind === "nil") return [];
	const elements = elementsOf(value);
	if (!elements) return [strval(context, value)];
	return elements.filter(({ kind }) => kind !== "nil").map((element) => strval(context, element));
}
