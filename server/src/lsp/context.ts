import type { Connection } from "vscode-languageserver/node";
import type { Shown } from "../features/diagnostics.ts";
import type { OnFault } from "../rules/check.ts";
import type { Session } from "../session/session.ts";
import type { Client } from "./client.ts";
import type { View } from "./convert.ts";
import type { EditorState } from "./editor.ts";
import type { Names } from "./names.ts";
import type { Told } from "./told.ts";

/** What every handler of a request gets. */
export interface Context {
	readonly connection: Connection;
	readonly client: Client;
	readonly session: Session;
	readonly names: Names;
	readonly told: Told;
	readonly editor: EditorState;
	/** Logs a fault of ours. */
	readonly failed: (what: string, error: unknown) => void;
}

/** The snapshot of this moment as it is told to the client. */
export function viewOf({ session, client, names }: Context): View {
	return {
		snapshot: session.snapshot,
		client,
		uriOf: (name) => names.uriOf(name),
		versionOf: (name) => session.versionOf(name),
	};
}

export function shownTo({ session, editor }: Context): Shown {
	return {
		settled: session.settled,
		isOpen: (name) => session.document(name) !== undefined,
		onlyOpen: editor.options.problems === "openFiles",
		withoutAuto: editor.yamlExtension,
	};
}

export function onFaultOf({ failed }: Context): OnFault {
	return (rule, error) => failed(`rule ${rule}`, error);
}
