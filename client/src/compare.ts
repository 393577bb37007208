import { execFile } from "node:child_process";
import { realpath } from "node:fs/promises";
import { tmpdir } from "node:os";
import { promisify } from "node:util";
import { commands, Disposable, EventEmitter, type LogOutputChannel, ProgressLocation, Uri, window, workspace } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
	COMPARABLE,
	COMPARISON,
	type ComparableParams,
	type Comparison,
	type ComparisonParams,
	type Tool,
	type ToolRun,
} from "../../server/src/protocol.ts";
import { toolArguments, toolEnvironment, whyNotStarted } from "./toolArguments.ts";

const SCHEME = "portolan-compared";

/** Shows where helm and kustomize say something else. They are started on request only, and only in workspaces that the user trusts. */
export function compareWithTools(client: LanguageClient, output: LogOutputChannel): Disposable {
	const texts = new Map<string, string>();
	const changed = new EventEmitter<Uri>();
	const show = async (side: string, name: string, text: string): Promise<Uri> => {
		const uri = Uri.from({ scheme: SCHEME, path: `/${name}.yaml`, query: side });
		texts.set(uri.toString(), text);
		changed.fire(uri);
		return uri;
	};
	const compare = async (tool: Tool): Promise<void> => {
		const found = await answers(client, tool, output).catch((error: unknown) =>
			refuse(error instanceof Error ? error.message : String(error)),
		);
		if (!found) return;
		const left = await show("portolan", found.name, found.ours);
		const right = await show(tool, found.name, found.theirs);
		await commands.executeCommand("vscode.diff", left, right, `${found.name}: Portolan ↔ ${tool}`);
	};
	return Disposable.from(
		changed,
		workspace.registerTextDocumentContentProvider(SCHEME, {
			onDidChange: changed.event,
			provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? "",
		}),
		commands.registerCommand("portolan.compareWithHelm", () => compare("helm")),
		commands.registerCommand("portolan.compareWithKustomize", () => compare("kustomize")),
	);
}

interface Answers {
	readonly name: string;
	readonly ours: string;
	readonly theirs: string;
}

async function answers(client: LanguageClient, tool: Tool, output: LogOutputChannel): Promise<Answers | undefined> {
	if (!workspace.isTrusted) return refuse("no program is started in a workspace that is not trusted.");
	const document = window.activeTextEditor?.document;
	if (document?.uri.scheme !== "file") return refuse(`open a file that ${tool} deploys.`);
	if (workspace.textDocuments.some(({ isDirty, uri }) => isDirty && uri.scheme === "file"))
		return refuse(`save all files: ${tool} reads what is saved.`);
	const command = await commandOf(tool);
	if (command === undefined) return undefined;
	const params: ComparisonParams = { uri: client.code2ProtocolConverter.asUri(document.uri), tool };
	const found = await client.sendRequest<Comparison | null>(COMPARISON, params);
	if (!found) return refuse(`this file is a part of nothing that ${tool} deploys.`);
	const { run, name, text } = found;
	if ("refused" in run) return refuse(`${name} is not compared with ${tool}: ${run.refused}.`);
	const printed = await window.withProgress({ location: ProgressLocation.Window, title: `${tool}: ${name}` }, () =>
		start(command, run, (uri) => client.protocol2CodeConverter.asUri(uri).fsPath, output),
	);
	return { name, ours: text, theirs: await client.sendRequest<string>(COMPARABLE, { printed } satisfies ComparableParams) };
}

function refuse(reason: string): undefined {
	void window.showWarningMessage(`Portolan: ${reason}`);
}

/** The program that the user has named for this machine; a workspace has no say in it. */
async function commandOf(tool: Tool): Promise<string | undefined> {
	const key = `portolan.${tool}.path`;
	const set = workspace.getConfiguration().inspect<string>(key)?.globalValue ?? "";
	if (set === "") {
		const open = "Open settings";
		void window.showInformationMessage(`Portolan: set ${key} to the absolute path of ${tool}.`, open).then((chosen) => {
			if (chosen === open) void commands.executeCommand("workbench.action.openSettings", key);
		});
		return undefined;
	}
	const folders = (workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
	const why =
		whyNotStarted(set, folders) ??
		whyNotStarted(await realpath(set).catch(() => set), await Promise.all(folders.map((folder) => realpath(folder).catch(() => folder))));
	return why === undefined ? set : refuse(`${set} is not started: ${why}.`);
}

const MEGABYTE = 1024 * 1024;

async function start(command: string, run: ToolRun, pathOf: (uri: string) => string, output: LogOutputChannel): Promise<string> {
	const args = toolArguments(run, pathOf);
	output.info(`${command} ${args.join(" ")}`);
	try {
		const { stdout } = await promisify(execFile)(command, args, {
			cwd: tmpdir(),
			env: toolEnvironment(tmpdir(), process.env),
			maxBuffer: 200 * MEGABYTE,
			shell: false,
			timeout: 60_000,
			windowsHide: true,
		});
		return stdout;
	} catch (error) {
		const { stderr = "", message } = error as Error & { readonly stderr?: string };
		output.error(stderr || message);
		throw new Error(`${run.tool} says: ${(stderr || message).trim().split("\n")[0]}`);
	}
}
