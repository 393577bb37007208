import {
	type ConfigurationItem,
	DidChangeConfigurationNotification,
	type DidChangeConfigurationRegistrationOptions,
} from "vscode-languageserver/node";
import { type EditorSettings, readEditorSettings } from "../settings/editorSettings.ts";
import type { Context } from "./context.ts";
import { uriOf } from "./names.ts";

/** What an editor shows of nothing, as VS Code names it. */
const HIDDEN = "files.exclude";
const SECTION = "portolan";
/** Milliseconds that a client has to tell its settings. */
const PATIENCE = 5000;

/** Begins to hear of changed settings. */
export function watchSettings({ client, connection, failed }: Context): void {
	if (!client.registersConfiguration) return;
	const options: DidChangeConfigurationRegistrationOptions = { section: [SECTION, HIDDEN] };
	const registered = connection.client.register(DidChangeConfigurationNotification.type, options);
	registered.catch((error: unknown) => failed("client/registerCapability", error));
}

/**
 * Asks for what is set for the folders. Nothing is read and said before the client has answered, or takes too long. True when
 * other files may be found with it.
 */
export function fetchSettings(context: Context, roots: readonly string[]): Promise<boolean> {
	const pulled = pullSettings(context, roots);
	context.session.waitFor(
		new Promise((resolve) => {
			const late = setTimeout(resolve, PATIENCE);
			void pulled.finally(() => {
				clearTimeout(late);
				resolve();
			});
		}),
	);
	return pulled;
}

async function pullSettings(context: Context, roots: readonly string[]): Promise<boolean> {
	const { client, connection, editor, failed } = context;
	if (!client.tellsConfiguration) return false;
	editor.asked++;
	const { asked } = editor;
	const scopes = [undefined, ...roots.map(uriOf)];
	const items = scopes.flatMap((scopeUri): ConfigurationItem[] =>
		[SECTION, HIDDEN].map((section) => (scopeUri === undefined ? { section } : { scopeUri, section })),
	);
	try {
		const answer: unknown = await connection.workspace.getConfiguration(items);
		// An answer may come after that to a later question, which was for other folders.
		return asked === editor.asked && take(context, roots, Array.isArray(answer) ? answer : []);
	} catch (error) {
		failed("workspace/configuration", error);
		return false;
	}
}

/** Takes settings that changed: a client that is asked for them tells none here. True when other files may be found with them. */
export async function changeSettings(context: Context, told: unknown): Promise<boolean> {
	if (context.client.tellsConfiguration) return fetchSettings(context, context.session.roots);
	const section = typeof told === "object" && told !== null && SECTION in told ? told[SECTION] : undefined;
	return take(context, context.session.roots, [section]);
}

/** `answers` are pairs of what is set for Portolan and what the editor hides: in general, then for each folder. */
function take(context: Context, roots: readonly string[], answers: readonly unknown[]): boolean {
	const { connection, editor, session } = context;
	const general = readEditorSettings(answers[0]);
	const each = roots.map((root, index): readonly [string, EditorSettings, readonly string[]] => {
		const own = answers[2 * index + 2];
		return [root, own === undefined ? general : readEditorSettings(own), hiddenBy(answers[2 * index + 3])];
	});
	editor.options = general.options;
	for (const fault of new Set([general, ...each.map(([, settings]) => settings)].flatMap(({ faults }) => faults))) {
		connection.console.warn(fault);
	}
	return session.configure({
		general: general.settings,
		roots: new Map(each.map(([root, { settings }, hidden]) => [root, { settings, hidden }])),
	});
}

/** The globs that hide for certain; one with a condition hides some files only. */
function hiddenBy(section: unknown): readonly string[] {
	if (typeof section !== "object" || section === null) return [];
	const globs = Object.entries(section).flatMap(([glob, hides]) => (hides === true ? [glob.replace(/\/+$/, "")] : []));
	return globs.filter((glob) => glob !== "" && glob.length < 1000);
}
