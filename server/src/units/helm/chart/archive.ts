import { Gunzip } from "fflate";
import { readTar, type TarEntry } from "./tar.ts";

/** What a packed chart holds, by the paths inside of its one folder; a text where Helm refuses it, or where it is too large for us. */
export type Archive = ReadonlyMap<string, Uint8Array> | string;

const MEGABYTE = 1024 * 1024;
/** Helm's own limits. Source: pkg/chart/loader/archive.go. */
const MAX_CHART = 100 * MEGABYTE;
const MAX_FILE = 5 * MEGABYTE;

const cache = new WeakMap<Uint8Array, Archive>();

/** Unpacks a packed chart; what follows links or leads out of the chart's folder is refused as a whole, as Helm does. */
export function readArchive(packed: Uint8Array, maxBytes: number = MAX_CHART): Archive {
	let archive = cache.get(packed);
	if (archive === undefined) {
		archive = read(packed, Math.min(maxBytes, MAX_CHART));
		cache.set(packed, archive);
	}
	return archive;
}

function read(packed: Uint8Array, maxBytes: number): Archive {
	const unpacked = unzip(packed, maxBytes);
	if (typeof unpacked === "string") return unpacked;
	const entries = readTar(unpacked);
	if (typeof entries === "string") return entries;
	const files = new Map<string, Uint8Array>();
	for (const entry of entries) {
		// "g" is a header for all that follows.
		if (entry.kind === "5" || entry.kind === "g" || entry.name.endsWith("/")) continue;
		const name = nameInside(entry);
		if ("refused" in name) return name.refused;
		files.set(name.path, withoutMark(entry.bytes));
	}
	return files.size === 0 ? "no files in chart archive" : files;
}

/** Stops as soon as more comes out than is allowed, so that a small file cannot fill the memory. */
function unzip(packed: Uint8Array, maxBytes: number): Uint8Array | string {
	const chunks: Uint8Array[] = [];
	let length = 0;
	let ended = false;
	try {
		const stream = new Gunzip((chunk, final) => {
			length += chunk.length;
			ended ||= final;
			if (length <= maxBytes) chunks.push(chunk);
		});
		const step = 8 * 1024;
		for (let at = 0; at < packed.length && length <= maxBytes; at += step) {
			stream.push(packed.subarray(at, at + step), at + step >= packed.length);
		}
	} catch {
		return "The file is no gzip archive, or it is damaged";
	}
	if (length > maxBytes) return `decompressed chart is larger than the maximum file size ${maxBytes}`;
	if (!ended) return "The file is no gzip archive, or it is damaged";
	const whole = new Uint8Array(length);
	let at = 0;
	for (const chunk of chunks) {
		whole.set(chunk, at);
		at += chunk.length;
	}
	return whole;
}

/** The path inside of the chart's folder. Source: LoadArchiveFiles() of pkg/chart/loader/archive.go. */
function nameInside(entry: TarEntry): { readonly path: string } | { readonly refused: string } {
	if (entry.kind === "1" || entry.kind === "2") return { refused: `${entry.name} is a link, which is not followed` };
	const parts = entry.name.split(entry.name.includes("\\") ? "\\" : "/");
	const inside = parts.slice(1).join("/");
	if (inside.startsWith("/")) return { refused: "chart illegally contains absolute paths" };
	const path = cleanPath(inside);
	if (path === "") return { refused: `chart illegally contains content outside the base directory: ${JSON.stringify(entry.name)}` };
	if (path.startsWith("..")) return { refused: "chart illegally references parent directory" };
	if (/^[a-zA-Z]:\//.test(path)) return { refused: "chart contains illegally named files" };
	if (parts[0] === "Chart.yaml") return { refused: "chart yaml not in base directory" };
	if (entry.bytes.length > MAX_FILE) {
		return { refused: `decompressed chart file ${JSON.stringify(entry.name)} is larger than the maximum file size ${MAX_FILE}` };
	}
	return { path };
}

/** Without `.` and empty parts, `..` resolved as far as there is something to leave; "" for the folder itself. */
function cleanPath(path: string): string {
	const parts: string[] = [];
	for (const part of path.split("/")) {
		if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
		else if (part !== "." && part !== "") parts.push(part);
	}
	return parts.join("/");
}

function withoutMark(bytes: Uint8Array): Uint8Array {
	return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}
