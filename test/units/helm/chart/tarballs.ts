import { gzipSync } from "fflate";

/** An entry of a tar archive; `kind` as in the archive ("0" a file). */
export interface Packed {
	readonly name: string;
	readonly text?: string;
	readonly kind?: string;
	/** Instead of the size of the text. */
	readonly size?: number;
}

/** A gzipped tar archive, as `helm package` writes it. */
export function tarball(entries: readonly Packed[]): Uint8Array {
	return gzipSync(tar(entries));
}

export function tar(entries: readonly Packed[]): Uint8Array {
	const blocks = entries.flatMap(({ name, text = "", kind = "0", size }) => {
		const body = new TextEncoder().encode(text);
		const padded = new Uint8Array(Math.ceil(body.length / 512) * 512);
		padded.set(body);
		return [header(name, kind, size ?? body.length), padded];
	});
	const all = [...blocks, new Uint8Array(1024)];
	const whole = new Uint8Array(all.reduce((sum, block) => sum + block.length, 0));
	let at = 0;
	for (const block of all) {
		whole.set(block, at);
		at += block.length;
	}
	return whole;
}

function header(name: string, kind: string, size: number): Uint8Array {
	const block = new Uint8Array(512);
	const write = (at: number, text: string) => block.set(new TextEncoder().encode(text), at);
	write(0, name);
	write(100, "0000644\0");
	write(124, `${size.toString(8).padStart(11, "0")}\0`);
	write(148, "        ");
	write(156, kind);
	write(257, "ustar\u000000");
	const sum = block.reduce((total, byte) => total + byte, 0);
	write(148, `${sum.toString(8).padStart(6, "0")}\0 `);
	return block;
}

/** A tarball of a chart's files, below a folder of its name. */
export function packedChart(name: string, files: Readonly<Record<string, string>>): Uint8Array {
	return tarball(Object.entries(files).map(([path, text]) => ({ name: `${name}/${path}`, text })));
}
