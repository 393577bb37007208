import type { Context } from "../signature.ts";
import { byBytes, fromBytes } from "../unicode.ts";

/** Source: abbrevboth of sprig. */
export function abbreviateBoth(left: number, right: number, value: string): string {
	return right < 4 || (left > 0 && right < 7) ? value : fromBytes(abbreviated(byBytes(value), left, right));
}

/** Source: abbrev of sprig. */
export function abbreviate(value: string, offset: number, width: number): string {
	return width < 4 ? value : fromBytes(abbreviated(byBytes(value), offset, width));
}

/** Source: AbbreviateFull of goutils. */
function abbreviated(value: string, wanted: number, width: number): string {
	if (value.length <= width) return value;
	let offset = Math.min(wanted, value.length);
	if (value.length - offset < width - 3) offset = value.length - (width - 3);
	if (offset <= 4) return `${value.slice(0, width - 3)}...`;
	if (width < 7) return "";
	if (offset + width - 3 < value.length) {
		const rest = value.slice(offset);
		return `...${width - 3 < 4 ? "" : abbreviated(rest, 0, width - 3)}`;
	}
	return `...${value.slice(value.length - (width - 3))}`;
}

/** Source: WrapCustom of goutils, which counts bytes. */
export function wrapLines(context: Context, value: string, wanted: number, separator: string, breaksWords: boolean): string {
	const bytes = byBytes(value);
	const between = byBytes(separator);
	const width = Math.max(wanted, 1);
	let result = "";
	let offset = 0;
	while (bytes.length - offset > width) {
		context.spend(1);
		if (bytes[offset] === " ") {
			offset++;
			continue;
		}
		const space = bytes.lastIndexOf(" ", offset + width);
		if (space >= offset) {
			result += bytes.slice(offset, space) + between;
			offset = space + 1;
		} else if (breaksWords) {
			result += bytes.slice(offset, offset + width) + between;
			offset += width;
		} else {
			const next = bytes.indexOf(" ", offset + width);
			if (next < 0) return fromBytes(result + bytes.slice(offset));
			result += bytes.slice(offset, next) + between;
			offset = next + 1;
		}
		context.reserve(between.length);
	}
	return fromBytes(result + bytes.slice(offset));
}
