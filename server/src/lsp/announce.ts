import type { Diagnostic } from "vscode-languageserver/node";
import { anyManifests } from "../features/status.ts";
import { MANIFESTS, type ManifestsParams, STATUS_CHANGED } from "../protocol.ts";
import { Turns } from "../session/turn.ts";
import type { Context } from "./context.ts";
import { diagnosticsIn, everything } from "./diagnostics.ts";
import { resultId } from "./resultId.ts";

/** Tells a client that something else is to be said about its files. Called after every change. */
export interface Announcer {
	/** `document` is what the editor changed, `undefined` stands for a change on the disk. */
	readonly changed: (document: string | undefined) => void;
}

export function announcer(context: Context): Announcer {
	const announcers = [
		diagnosticsAnnouncer(context),
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
	return context.client.refreshesDiagnostics ? refreshing(context) : { changed: () => {} };
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

/**
 * Asks a client that pulls to pull again: when the disk changed, and when an edit changed what was answered about another open
 * document. The edited one it pulls by itself.
 */
function refreshing(context: Context): Announcer {
	const { connection, diagnostics, session, failed } = context;
	const edited = new Set<string>();
	let disk = false;
	const refresh = coalesced(
		async () => {
			if (disk || othersChanged()) {
				disk = false;
				await connection.languages.diagnostics.refresh();
			}
		},
		(error) => failed("workspace/diagnostic/refresh", error),
	);
	const othersChanged = (): boolean => {
		let changed = false;
		for (const [name, before] of diagnostics.answered) {
			if (!session.document(name)) diagnostics.answered.delete(name);
			else if (!edited.has(name)) {
				const id = resultId(diagnosticsIn(context, name));
				changed ||= id !== before;
				diagnostics.answered.set(name, id);
			}
		}
		edited.clear();
		return changed;
	};
	return {
		changed: (document) => {
			if (document === undefined) disk = true;
			else edited.add(document);
			refresh();
		},
	};
}

/** Publishes what changed to a client that cannot pull: of open documents at once, of the others when everything has been read. */
function pushing(context: Context): Announcer {
	const { connection, diagnostics, names, session, failed } = context;
	const report = (error: unknown): void => failed("textDocument/publishDiagnostics", error);
	const published = new Map<string, string>();
	const publish = (name: string, items: Diagnostic[]): void => {
		const id = resultId(items);
		if ((published.get(name) ?? NOTHING) === id) return;
		if (items.length > 0) published.set(name, id);
		else published.delete(name);
		const version = session.document(name)?.version;
		void connection.sendDiagnostics({ uri: names.uriOf(name), diagnostics: items, ...(version !== undefined && { version }) });
	};
	const pushOpen = coalesced(async () => {
		for (const { name } of [...session.openDocuments]) {
			await session.ready(name);
			if (session.document(name)) publish(name, diagnosticsIn(context, name));
		}
	}, report);
	const pushAll = coalesced(async () => {
		await session.idle();
		const { revision } = diagnostics;
		const seen = new Set<string>();
		for await (const [name, items] of everything(context)) {
			if (diagnostics.revision !== revision) return;
			seen.add(name);
			publish(name, items);
		}
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

/** Calls `run` soon, and once more when it was called for while it ran. */
function coalesced(run: () => Promise<void>, failed: (error: unknown) => void): () => void {
	let running = false;
	let wanted = false;
	const loop = async (): Promise<void> => {
		running = true;
		while (wanted) {
			await new Turns().next();
			wanted = false;
			await run().catch(failed);
		}
		running = false;
	};
	return () => {
		wanted = true;
		if (!running) void loop();
	};
}
