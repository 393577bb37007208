import {
	DidChangeWatchedFilesNotification,
	type FileSystemWatcher,
	WatchKind,
	type WorkDoneProgressServerReporter,
} from "vscode-languageserver/node";
import { overviewOf } from "../features/overview.ts";
import type { Context } from "./context.ts";
import { fetchSettings, watchSettings } from "./settings.ts";

/** Besides manifests: what charts are made of, as far as it has a name that they often give it, what leaves files out, and folders that come and go, of which some clients tell only the name. */
export const WATCHERS: FileSystemWatcher[] = [
	{ globPattern: "**/*.{yaml,yml,json}" },
	{ globPattern: "**/{Kustomization,.gitignore,.sourceignore,*ockerfile*,Containerfile*,docker-bake*.hcl,*.tpl,*.txt,*.tgz,.helmignore}" },
	{ globPattern: "**/{Chart.lock,requirements.lock,*.conf,*.cfg,*.ini,*.properties,*.toml,*.sh,*.xml,*.env,*.tmpl}" },
	{ globPattern: "**/*", kind: WatchKind.Create | WatchKind.Delete },
];

/** Begins to watch and to read the folders that the client has open. */
export function initialized(context: Context): void {
	const { client, connection, failed } = context;
	if (client.watchesFiles) {
		const registered = connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: WATCHERS });
		registered.catch((error: unknown) => failed("client/registerCapability", error));
	}
	watchSettings(context);
	void fetchSettings(context, client.roots);
	void readWorkspace(context, client.roots);
}

/** Reads everything below the folders that are open, again or after they changed, and shows the progress once there is any. */
export async function readWorkspace(context: Context, roots: readonly string[] = context.session.roots): Promise<void> {
	const started = performance.now();
	let files = 0;
	let stop = (): void => {};
	const progress = new Progress(context, () => stop());
	const index = context.session.index(roots, {
		report: (count) => {
			files = count;
			progress.report(`${count} files`);
		},
	});
	stop = index.stop;
	const whole = await index.done;
	progress.end();
	const time = `${files} files in ${Math.round(performance.now() - started)} ms`;
	context.connection.console.info(whole ? `Read ${time}` : `Stopped reading after ${time}`);
	tellSkipped(context);
}

const MOST_SKIPPED = 100;

function tellSkipped({ connection, session }: Context): void {
	const { skipped } = overviewOf(session.snapshot);
	for (const { uri, reason } of skipped.slice(0, MOST_SKIPPED)) connection.console.info(`Skipped ${uri}: ${reason}`);
	if (skipped.length > MOST_SKIPPED) connection.console.info(`Skipped ${skipped.length - MOST_SKIPPED} more`);
}

/** Answers when everything has been read again. */
export async function reindex(context: Context): Promise<null> {
	await readWorkspace(context);
	return null;
}

export async function changeRoots(context: Context, added: readonly string[], removed: readonly string[]): Promise<void> {
	const kept = context.session.roots.filter((root) => !removed.includes(root) && !added.includes(root));
	const roots = [...kept, ...added];
	void fetchSettings(context, roots);
	await readWorkspace(context, roots);
}

/** The progress that the client shows, with a button to stop. Nothing is shown for work without a step. */
class Progress {
	private readonly context: Context;
	private readonly stop: () => void;
	private reporter: Promise<WorkDoneProgressServerReporter | undefined> | undefined;
	private ended = false;

	constructor(context: Context, stop: () => void) {
		this.context = context;
		this.stop = stop;
	}

	report(message: string): void {
		if (!this.context.client.progress) return;
		this.reporter ??= this.begin();
		void this.reporter.then((reporter) => !this.ended && reporter?.report(message));
	}

	end(): void {
		this.ended = true;
		void this.reporter?.then((reporter) => reporter?.done());
	}

	private async begin(): Promise<WorkDoneProgressServerReporter | undefined> {
		try {
			const reporter = await this.context.connection.window.createWorkDoneProgress();
			reporter.begin("Portolan: reading manifests", undefined, undefined, true);
			reporter.token.onCancellationRequested(this.stop);
			return reporter;
		} catch (error) {
			this.context.failed("window/workDoneProgress/create", error);
			return undefined;
		}
	}
}
