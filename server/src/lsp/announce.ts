import type { Diagnostic } from "vscode-languageserver/node";
import { anyManifests } from "../features/status.ts";
import { MANIFESTS, type ManifestsParams, STATUS_CHANGED } from "../protocol.ts";
import { coalesced } from "./coalesced.ts";
import type { Context } from "./context.ts";
import { allKnown, diagnosticsIn, everything } from "./diagnostics.ts";
import { watchingOutside } from "./outside.ts";
import { type Announcer, codeLensRefresh, diagnosticsRefresh, inlayHintRefresh, refreshing } from "./refresh.ts";
import { resultId } from "./resultId.ts";

export function announcer(context: Context): Announcer {
	const announcers = [
		diagnosticsAnnouncer(context),
		...(context.client.refreshesCodeLenses ? [refreshing(context, codeLensRefresh(context))] : []),
		...(context.client.refreshesInlayHints ? [refreshing(context, inlayHintRefresh(context))] : []),
		...(context.client.watchesPlaces ? [watchingOutside(context)] : []),
		...(context.client.showsStatus ? [statusAnnouncer(context), manifestsAnnouncer(context)] : []),
	];
	return {
		changed: (document) => {
			for (const { changed } of announcers) changed(document);
		},
	};
}

function diagnosticsAnnouncer(context: Context): Announcer {
	if (!context.client.pullsDiagnostics) return pushing(context);
	return context.client.refreshesDiagnostics ? refreshing(context, diagnosticsRefresh(context)) : { changed: () => {} };
}

function statusAnnouncer({ connection, failed }: Context): Announcer {
	const tell = coalesced(
		() => connection.sendNotification(STATUS_CHANGED),
		(error) => failed(STATUS_CHANGED, error),
	);
	return { changed: tell };
}

function manifestsAnnouncer({ connection, session, failed }: Context): Announcer {
	let told: boolean | undefined;
	const tell = coalesced(
		async () => {
			const there = anyManifests(session.snapshot);
			// Something that is not found may be found when everything has been read.
			if (there === told || (!there && !session.settled)) return;
			told = there;
			await connection.sendNotification(MANIFESTS, { there } satisfies ManifestsParams);
		},
		(error) => failed(MANIFESTS, error),
	);
	return { changed: tell };
}

/** Publishes what changed to a client that cannot pull: of open documents at once, of the others when everything has been read. */
function pushing(context: Context): Announcer {
	const { connection, told, names, session, failed } = context;
	const report = (error: unknown): void => failed("textDocument/publishDiagnostics", error);
	const published = new Map<string, string>();
	const publish = (name: string, items: Diagnostic[]): void => {
		const id = resultId(items);
		if ((published.get(name) ?? NOTHING) === id) return;
		if (items.length > 0) published.set(name, id);
		else published.delete(name);
		const version = session.versionOf(name);
		void connection.sendDiagnostics({ uri: names.uriOf(name), diagnostics: items, ...(version !== undefined && { version }) });
	};
	const pushOpen = coalesced(async () => {
		for (const { name } of [...session.openDocuments]) {
			await allKnown(context, name);
			if (session.document(name)) publish(name, diagnosticsIn(context, name));
		}
	}, report);
	const pushAll = coalesced(async () => {
		await session.idle();
		const { revision } = told;
		const seen = new Set<string>();
		const isWanted = () => told.revision === revision;
		for await (const [name, items] of everything(context, isWanted)) {
			if (!isWanted()) return;
			seen.add(name);
			publish(name, items);
		}
		if (!isWanted()) return;
		for (const name of [...published.keys()]) if (!seen.has(name)) publish(name, []);
	}, report);
	return {
		changed: () => {
			pushOpen();
			pushAll();
		},
	};
}

const NOTHING = resultId([]);
