import { CodeLensRefreshRequest, InlayHintRefreshRequest } from "vscode-languageserver/node";
import { coalesced } from "./coalesced.ts";
import { codeLensesIn } from "./codeLens.ts";
import type { Context } from "./context.ts";
import { allKnown, diagnosticsIn } from "./diagnostics.ts";
import { inlayHintsOf } from "./inlayHints.ts";
import { resultId } from "./resultId.ts";

/** Tells a client that something else is to be said about its files. Called after every change. */
export interface Announcer {
	/** `document` is what the editor changed, `undefined` stands for a change on the disk. */
	readonly changed: (document: string | undefined) => void;
}

/** Something that a client asks for about documents, and can be told to ask for again. */
export interface Refresh {
	readonly request: string;
	/** What was answered about open documents, by name. */
	readonly answered: Map<string, unknown>;
	/** Works out what is to be answered now; true when that is another thing. */
	readonly isOther: (name: string) => Promise<boolean>;
	/** There is an answer that may be another one after a change on the disk. */
	readonly wasAsked: () => boolean;
}

export function diagnosticsRefresh(context: Context): Refresh {
	const answered = context.told.diagnostics;
	return {
		request: "workspace/diagnostic/refresh",
		answered,
		isOther: async (name) => {
			await allKnown(context, name);
			return replaces(answered, name, resultId(diagnosticsIn(context, name)));
		},
		wasAsked: () => true,
	};
}

export function codeLensRefresh(context: Context): Refresh {
	const answered = context.told.codeLenses;
	return {
		request: CodeLensRefreshRequest.method,
		answered,
		isOther: async (name) => replaces(answered, name, resultId(await codeLensesIn(context, name))),
		wasAsked: () => answered.size > 0,
	};
}

export function inlayHintRefresh(context: Context): Refresh {
	const answered = context.told.inlayHints;
	return {
		request: InlayHintRefreshRequest.method,
		answered,
		isOther: async (name) => {
			const before = answered.get(name);
			if (!before) return false;
			const id = resultId(await inlayHintsOf(context, name, before.span));
			answered.set(name, { ...before, id });
			return id !== before.id;
		},
		wasAsked: () => answered.size > 0,
	};
}

function replaces(answered: Map<string, string>, name: string, id: string): boolean {
	const before = answered.get(name);
	answered.set(name, id);
	return before !== id;
}

/**
 * Tells a client to ask again: when the disk or the settings changed, and when an edit changed what was answered about another
 * open document. About the edited one it asks by itself.
 */
export function refreshing({ connection, session, failed }: Context, { request, answered, isOther, wasAsked }: Refresh): Announcer {
	const edited = new Set<string>();
	let disk = false;
	const refresh = coalesced(
		async () => {
			const all = disk;
			disk = false;
			if (all) edited.clear();
			if (all ? wasAsked() : await othersChanged()) await connection.sendRequest(request);
		},
		(error) => failed(request, error),
	);
	const othersChanged = async (): Promise<boolean> => {
		let changed = false;
		const own = new Set(edited);
		edited.clear();
		for (const name of [...answered.keys()]) {
			if (session.document(name) && !own.has(name)) changed = (await isOther(name)) || changed;
			if (!session.document(name)) answered.delete(name);
		}
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
