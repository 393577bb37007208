import { fileOf, type Snapshot } from "../links/snapshot.ts";
import type { Text } from "../reach/card.ts";
import { positionAt, spanInFile } from "../text/file.ts";
import type { Place } from "../text/source.ts";
import { topAbove } from "../units/configurations.ts";
import { folderOf } from "../units/folder.ts";

/** Where a line of a file is shown: lines count from 1. */
export type LinkTo = (uri: string, line: number) => string;

/** A place as `values.yaml:8`, relative to a folder where it lies in that, with a link for clients that follow one. */
export function placeName(snapshot: Snapshot, at: Place, folder: string, linkTo: LinkTo | undefined): Text {
	const { uri, text } = at.source;
	const file = fileOf(snapshot, uri);
	const span = file && spanInFile(file, at);
	const line = file && span ? positionAt(file, span.start).line + 1 : text.slice(0, at.start).split("\n").length;
	const code = `${relative(snapshot, uri, folder)}:${line}`;
	return [{ code, ...(file && linkTo && { link: linkTo(uri, line) }) }];
}

function relative({ configurations }: Snapshot, uri: string, folder: string): string {
	if (uri.startsWith(`${folder}/`)) return uri.slice(folder.length + 1);
	const top = topAbove(configurations, folderOf(uri));
	return top === undefined ? uri : uri.slice(top.length + 1);
}
