import { type Edit, textAt } from "../text/source.ts";
import { replace } from "../yaml/edit.ts";
import type { Entry } from "../yaml/nodes.ts";

/** Blanks and marks of Unicode that look like a space or like nothing, and are a part of a key for YAML. */
const INVISIBLE = /[\u00a0\u00ad\u2000-\u200f\u2028-\u202f\u205f\u2060\u3000\ufeff]/gu;

/** A key that runs into what stands beside it, since a space is missing or is none: what is wrong, and what mends it. */
export interface Garbled {
	/** The key that is meant, as far as it can be told. */
	readonly name: string;
	/** It begins a list item. */
	readonly isItem: boolean;
	readonly message: string;
	readonly fix: { readonly title: string; readonly edit: Edit };
}

/** `undefined` for a key of another kind; one of a template or of an alias is never taken apart. */
export function garbled({ key, name, value }: Entry): Garbled | undefined {
	if (key.kind !== "scalar" || key.via || textAt(key) !== name) return undefined;
	const [strange] = name.match(INVISIBLE) ?? [];
	if (strange !== undefined) {
		const code = (strange.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
		const plain = name.replace(INVISIBLE, (sign) => (/\s/u.test(sign) && sign !== "\ufeff" ? " " : "")).trim();
		const message = `A character that cannot be seen, U+${code}, stands in this key`;
		return {
			name: plain.replace(/^- +/, ""),
			isItem: plain.startsWith("- "),
			message,
			fix: { title: `Write ${plain}`, edit: replace(key, plain) },
		};
	}
	const [, item] = /^-([A-Za-z]\w*)$/.exec(name) ?? [];
	if (item !== undefined)
		return {
			name: item,
			isItem: true,
			message: `A list item needs a space between - and ${item}`,
			fix: { title: `Write - ${item}`, edit: replace(key, `- ${item}`) },
		};
	const [, field, rest] = /^([A-Za-z]\w*):([^\s:]+)$/.exec(name) ?? [];
	const hasColon = key.source.text[key.end] === ":";
	if (field === undefined || rest === undefined || hasColon || value.end > value.start) return undefined;
	return {
		name: field,
		isItem: false,
		message: `"${name}" needs a space after its colon`,
		fix: { title: `Write ${field}: ${rest}`, edit: replace(key, `${field}: ${rest}`) },
	};
}
