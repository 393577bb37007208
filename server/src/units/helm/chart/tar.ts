/** A file of a tar archive. `kind` is the type flag as it is written: "0" or NUL a file, "5" a folder, "1" and "2" links. */
export interface TarEntry {
	readonly name: string;
	readonly kind: string;
	readonly bytes: Uint8Array;
}

const BLOCK = 512;
const TEXT = new TextDecoder();

/**
 * The entries of an unpacked tar archive, in order; a text where it is damaged. Long names are read as GNU (`L`) and
 * POSIX (`x`, its `path`) write them.
 */
export function readTar(bytes: Uint8Array): readonly TarEntry[] | string {
	const entries: TarEntry[] = [];
	let longName: string | undefined;
	for (let at = 0; at + BLOCK <= bytes.length; ) {
		const header = bytes.subarray(at, at + BLOCK);
		if (header.every((byte) => byte === 0)) break;
		const size = readNumber(header.subarray(124, 136));
		const body = bytes.subarray(at + BLOCK, at + BLOCK + (size ?? 0));
		if (size === undefined || !isIntact(header) || body.length < size) return "The archive is damaged";
		at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
		const kind = String.fromCharCode(header[156] ?? 0);
		if (kind === "L") longName = textOf(body);
		else if (kind === "x") longName = pathOf(body) ?? longName;
		else {
			entries.push({ name: longName ?? nameOf(header), kind: kind === "\0" ? "0" : kind, bytes: body });
			longName = undefined;
		}
	}
	return entries;
}

/** Octal digits, or base 256 where the first bit is set; `undefined` for what is neither. */
function readNumber(field: Uint8Array): number | undefined {
	if ((field[0] ?? 0) & 0x80) {
		const value = field.subarray(1).reduce((sum, byte) => sum * 256 + byte, (field[0] ?? 0) & 0x7f);
		return Number.isSafeInteger(value) ? value : undefined;
	}
	const digits = textOf(field).trim();
	return /^[0-7]*$/.test(digits) ? Number.parseInt(digits || "0", 8) : undefined;
}

/** The sum of all bytes of the header, its own field counted as spaces. */
function isIntact(header: Uint8Array): boolean {
	const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0);
	return readNumber(header.subarray(148, 156)) === sum;
}

function nameOf(header: Uint8Array): string {
	const name = textOf(header.subarray(0, 100));
	const prefix = TEXT.decode(header.subarray(257, 262)) === "ustar" && header[262] === 0 ? textOf(header.subarray(345, 500)) : "";
	return prefix === "" ? name : `${prefix}/${name}`;
}

function textOf(field: Uint8Array): string {
	const end = field.indexOf(0);
	return TEXT.decode(end < 0 ? field : field.subarray(0, end));
}

/** The `path` of a POSIX header, whose records are `LENGTH KEY=VALUE` lines. */
function pathOf(body: Uint8Array): string | undefined {
	return /(?:^|\n)\d+ path=([^\n]*)/.exec(TEXT.decode(body))?.[1];
}
