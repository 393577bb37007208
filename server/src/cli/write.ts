import fs from "node:fs";
import path from "node:path";

/** Why a file was not written: nothing of it has changed then. */
export interface Refused {
	readonly refused: string;
}

/**
 * Replaces the text of a file, wholly or not at all: a new file is written beside it and takes its place, with its mode and, as
 * far as it is allowed, its owner. A byte order mark stays. The file must still hold `before`.
 */
export function replaceText(file: string, before: string, after: string): Refused | undefined {
	try {
		const target = fs.realpathSync(file);
		fs.accessSync(target, fs.constants.W_OK);
		const bytes = fs.readFileSync(target);
		const mark = bytes.subarray(0, MARK.length).equals(MARK) ? MARK : Buffer.alloc(0);
		if (bytes.toString("utf8", mark.length) !== before) return { refused: "it has changed since it was read" };
		replaceBytes(target, Buffer.concat([mark, Buffer.from(after)]));
		return undefined;
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		return { refused: code === undefined ? String(error) : (REASONS[code] ?? `cannot be written (${code})`) };
	}
}

const MARK = Buffer.from([0xef, 0xbb, 0xbf]);

const REASONS: Readonly<Record<string, string>> = {
	EACCES: "permission denied",
	EPERM: "permission denied",
	EROFS: "the file system is read-only",
	ENOSPC: "no space is left on the device",
	ENOENT: "it is not there any more",
};

/** A rename within one folder is atomic; the bytes are on the disk before it. */
function replaceBytes(target: string, bytes: Buffer): void {
	const { mode, uid, gid } = fs.statSync(target);
	const draft = path.join(path.dirname(target), `.${path.basename(target)}.${process.pid}.portolan`);
	const handle = fs.openSync(draft, "wx", 0o600);
	try {
		try {
			fs.writeFileSync(handle, bytes);
			keepOwner(handle, uid, gid);
			fs.fchmodSync(handle, mode & 0o7777);
			fs.fsyncSync(handle);
		} finally {
			fs.closeSync(handle);
		}
		fs.renameSync(draft, target);
	} catch (error) {
		fs.rmSync(draft, { force: true });
		throw error;
	}
}

/** Only root may give a file away. */
function keepOwner(handle: number, uid: number, gid: number): void {
	const { uid: ownUid, gid: ownGid } = fs.fstatSync(handle);
	if (ownUid === uid && ownGid === gid) return;
	try {
		fs.fchownSync(handle, uid, gid);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== "EPERM") throw error;
	}
}
