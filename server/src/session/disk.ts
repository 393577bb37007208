import { isUtf8 } from "node:buffer";
import fs from "node:fs";
import type { Content, Disk, Entry } from "./fileSystem.ts";

/** Files that are larger are left out, and said so. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024;

/**
 * The disk of this machine, by absolute paths with `/`. Whatever is no regular file (a FIFO, a device, a socket) is never
 * opened. Nothing is ever written, and no method throws.
 */
export function nodeDisk(maxBytes: number = MAX_FILE_BYTES): Disk {
	const pool = Buffer.allocUnsafe(64 * 1024);
	return {
		kind: (path) => kindOf(path),
		list: (path) => list(path),
		read: (path) => read(path, maxBytes, pool),
		bytes: (path) => readRaw(path, maxBytes),
	};
}

// Synchronous calls: at the size of manifests they cost a quarter of the asynchronous ones, and `discover` and `readInto` pause between them.

function kindOf(path: string): "file" | "folder" | "other" | undefined {
	const stat = orError(() => fs.statSync(path || "/", { throwIfNoEntry: false }));
	if (!stat || "failed" in stat) return undefined;
	return stat.isFile() ? "file" : stat.isDirectory() ? "folder" : "other";
}

function list(path: string): readonly Entry[] | { readonly skipped: string } | { readonly gone: true } {
	const entries = orError(() => fs.readdirSync(path || "/", { withFileTypes: true }));
	if ("failed" in entries) return failure(entries.failed);
	return entries.map((entry) => ({
		name: entry.name,
		kind: entry.isDirectory() ? "folder" : entry.isFile() ? "file" : entry.isSymbolicLink() ? "link" : "other",
	}));
}

function read(path: string, maxBytes: number, pool: Buffer): Content {
	const stat = orError(() => fs.statSync(path));
	if ("failed" in stat) return failure(stat.failed);
	if (stat.isDirectory()) return { gone: true };
	if (!stat.isFile()) return { skipped: "not a regular file" };
	if (stat.size > maxBytes) return tooLarge(maxBytes);
	const bytes = orError(() => readBytes(path, maxBytes, pool));
	return "failed" in bytes ? failure(bytes.failed) : decode(bytes, maxBytes);
}

function readRaw(path: string, maxBytes: number): Uint8Array | undefined {
	const stat = orError(() => fs.statSync(path));
	if ("failed" in stat || !stat.isFile() || stat.size > maxBytes) return undefined;
	const bytes = orError(() => readBytes(path, maxBytes, Buffer.alloc(0)));
	return "failed" in bytes || bytes.length > maxBytes ? undefined : bytes;
}

/** At most one byte more than allowed, whatever happens to the file meanwhile; the result may be a view of `pool`. */
function readBytes(path: string, maxBytes: number, pool: Buffer): Buffer {
	// Without O_NONBLOCK a FIFO that took the file's place since `stat` would hold up everything.
	const file = fs.openSync(path, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0));
	try {
		const stat = fs.fstatSync(file);
		if (!stat.isFile()) throw Object.assign(new Error("not a regular file"), { code: "EINVAL" });
		const room = Math.min(stat.size, maxBytes) + 1;
		const buffer = room <= pool.length ? pool : Buffer.allocUnsafe(room);
		let length = 0;
		while (length < room) {
			const count = fs.readSync(file, buffer, length, room - length, length);
			if (count === 0) break;
			length += count;
		}
		return buffer.subarray(0, length);
	} finally {
		fs.closeSync(file);
	}
}

/** UTF-8 without its byte order mark, which no editor counts as a character. */
function decode(bytes: Buffer, maxBytes: number): Content {
	if (bytes.length > maxBytes) return tooLarge(maxBytes);
	if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return { skipped: "UTF-16, not UTF-8" };
	if (bytes.includes(0)) return { skipped: "binary" };
	if (!isUtf8(bytes)) return { skipped: "not valid UTF-8" };
	const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
	return { text: bytes.toString("utf8", marked ? 3 : 0) };
}

function tooLarge(maxBytes: number): Content {
	return { skipped: `larger than ${Math.floor(maxBytes / (1024 * 1024))} MB` };
}

const REASONS: Readonly<Record<string, string>> = {
	EACCES: "permission denied",
	EPERM: "permission denied",
	ELOOP: "a link that leads to itself",
	EMFILE: "too many open files",
	EINVAL: "not a regular file",
};

function failure(code: string): { readonly skipped: string } | { readonly gone: true } {
	if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR") return { gone: true };
	return { skipped: REASONS[code] ?? `cannot be read (${code})` };
}

function orError<T>(call: () => T): T | { readonly failed: string } {
	try {
		return call();
	} catch (error) {
		return { failed: (error as NodeJS.ErrnoException).code ?? "unknown" };
	}
}
