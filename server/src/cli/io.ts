/** What a command may say and know about where it runs. */
export interface Io {
	/** Absolute, with `/`. */
	readonly cwd: string;
	readonly out: (text: string) => void;
	readonly err: (text: string) => void;
	/** Standard output is read by a person. */
	readonly terminal: boolean;
	/** Characters in a line of the terminal; 100 where there is none. */
	readonly columns: number;
	readonly paint: Paint;
	/** Says on a terminal what is going on, once it takes longer than half a second. */
	readonly progress: Progress;
	readonly readInput: () => Promise<Uint8Array>;
}

export type Colour = "red" | "yellow" | "blue" | "cyan" | "green" | "dim" | "bold";

/** Colours a text, or leaves it alone where colours are not wanted. */
export type Paint = (colour: Colour, text: string) => string;

export interface Progress {
	readonly say: (text: string) => void;
	readonly end: () => void;
}

const CODES: Readonly<Record<Colour, readonly [number, number]>> = {
	red: [31, 39],
	yellow: [33, 39],
	blue: [34, 39],
	cyan: [36, 39],
	green: [32, 39],
	dim: [2, 22],
	bold: [1, 22],
};

export const coloured: Paint = (colour, text) => `\u001b[${CODES[colour][0]}m${text}\u001b[${CODES[colour][1]}m`;

export const plain: Paint = (_colour, text) => text;

const PATIENCE_MS = 500;
const INTERVAL_MS = 100;

/** The process's own streams, working directory and terminal. */
export function processIo(): Io {
	const { stdout, stderr, stdin, env } = process;
	for (const stream of [stdout, stderr]) stream.on("error", ignoreClosedPipe);
	const terminal = stdout.isTTY === true;
	return {
		cwd: process.cwd().replaceAll("\\", "/"),
		out: (text) => void stdout.write(text),
		err: (text) => void stderr.write(text),
		terminal,
		columns: (terminal && stdout.columns) || 100,
		paint: terminal && !env.NO_COLOR && env.TERM !== "dumb" ? coloured : plain,
		progress: stderr.isTTY === true ? progressLine((text) => void stderr.write(text), stderr.columns || 80) : silentProgress,
		readInput: async () => {
			const chunks: Uint8Array[] = [];
			for await (const chunk of stdin) chunks.push(chunk as Uint8Array);
			return Buffer.concat(chunks);
		},
	};
}

export const silentProgress: Progress = { say: () => {}, end: () => {} };

/** A reader that has seen enough (`| head`) closes the pipe: that is no fault. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
	if (error.code !== "EPIPE") throw error;
}

function progressLine(write: (text: string) => void, columns: number): Progress {
	let next = performance.now() + PATIENCE_MS;
	let shown = false;
	return {
		say: (text) => {
			const now = performance.now();
			if (now < next) return;
			next = now + INTERVAL_MS;
			shown = true;
			write(`\r\u001b[K${text.slice(0, columns - 1)}`);
		},
		end: () => {
			if (shown) write("\r\u001b[K");
			shown = false;
		},
	};
}
