import path from "node:path";
import { fileOf, type Snapshot } from "../links/snapshot.ts";
import { positionAt, type SourceFile, spanInFile } from "../text/file.ts";
import type { Place, Source } from "../text/source.ts";
import { STDIN } from "../units/folder.ts";

/** Where something stands, for people and scripts: 1-based lines and columns in UTF-16 units, ends exclusive. */
export interface Location {
	/** Relative to the working directory, with `/`. */
	readonly file: string;
	readonly line: number;
	readonly column: number;
	readonly endLine: number;
	readonly endColumn: number;
}

/** Turns a place of the snapshot into lines and columns. A document of standard input is called by its `# Source:` comment. */
export function locate(snapshot: Snapshot, cwd: string, at: Place): Location {
	const file = fileOf(snapshot, at.source.uri);
	const span = file && spanInFile(file, at);
	const start = file && span ? positionAt(file, span.start) : { line: 0, character: 0 };
	const end = file && span ? positionAt(file, span.end) : start;
	return {
		file: fileName(at.source, cwd),
		line: start.line + 1,
		column: start.character + 1,
		endLine: end.line + 1,
		endColumn: end.character + 1,
	};
}

/** The line of the file on which a place begins, without its line break. */
export function lineAt(file: SourceFile, at: Place): string {
	const span = spanInFile(file, at);
	if (!span) return "";
	const { character } = positionAt(file, span.start);
	const from = span.start - character;
	return /^[^\r\n]*/.exec(file.text.slice(from, from + 2 ** 16))?.[0] ?? "";
}

function fileName(source: Source, cwd: string): string {
	return source.uri === STDIN ? (templateOf(source.text) ?? "-") : relativePath(cwd, source.uri);
}

/** The template that a document was rendered from, as `helm template` says in a comment at its top. */
function templateOf(text: string): string | undefined {
	for (const line of text.slice(0, 4096).split("\n")) {
		const comment = /^# Source: (.*\S)/.exec(line);
		if (comment) return comment[1];
		if (!/^(---.*|#.*|\s*)$/.test(line)) return undefined;
	}
	return undefined;
}

/** The way from a folder to a file or folder, both absolute; `.` for the folder itself. */
export function relativePath(from: string, to: string): string {
	return path.relative(from, to).replaceAll(path.sep, "/") || ".";
}
