import { DidChangeWatchedFilesNotification } from "vscode-languageserver/node";
import { isIn } from "../session/discover.ts";
import { isOnDisk } from "../session/files.ts";
import { CHART_FILE } from "../units/role.ts";
import { coalesced } from "./coalesced.ts";
import type { Context } from "./context.ts";
import type { Announcer } from "./refresh.ts";

/** Has the client watch the folders that were read beyond those that are open, because something in these names them. */
export function watchingOutside({ connection, session, names, failed }: Context): Announcer {
	const watched = new Set<string>();
	let seen: object | undefined;
	const look = coalesced(
		async () => {
			const { folders, layout } = session.snapshot;
			if (layout === seen || session.roots.length === 0) return;
			seen = layout;
			const fresh = [...folders.values()].filter(
				({ path }) => isOnDisk(path) && !watched.has(path) && !session.roots.some((root) => isIn(path, root)),
			);
			if (fresh.length === 0) return;
			for (const { path } of fresh) watched.add(path);
			const watchers = fresh.map(({ path, files }) => ({
				globPattern: { baseUri: names.uriOf(path), pattern: files.has(`${path}/${CHART_FILE}`) ? "**/*" : "*" },
			}));
			await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
		},
		(error) => failed("client/registerCapability", error),
	);
	return { changed: look };
}
