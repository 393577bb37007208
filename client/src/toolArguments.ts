import path from "node:path";
import type { ToolRun } from "../../server/src/protocol.ts";

/**
 * The arguments that a tool is started with, never by a shell. Values are joined to their options and paths are absolute, so that
 * none of them is taken for an option. Nothing here makes a tool fetch, start or write anything.
 */
export function toolArguments(run: ToolRun, pathOf: (uri: string) => string): readonly string[] {
	const folder = pathOf(run.folder);
	if (run.tool === "kustomize") return ["build", folder];
	const { values = [], release = "release-name", namespace = "default", kubeVersion } = run;
	return [
		"template",
		`--namespace=${namespace}`,
		...(kubeVersion === undefined ? [] : [`--kube-version=${kubeVersion}`]),
		...values.map((uri) => `--values=${escapedCommas(pathOf(uri))}`),
		"--",
		release,
		folder,
	];
}

/** Helm takes a comma between values files, and a quoted path with commas as one. */
function escapedCommas(file: string): string {
	return /[",]/.test(file) ? `"${file.replaceAll('"', '""')}"` : file;
}

/** Why a file is not started; `folders` are those of the workspace, whose files are never. */
export function whyNotStarted(command: string, folders: readonly string[]): string | undefined {
	if (!path.isAbsolute(command)) return "it is no absolute path";
	const isInside = folders.some((folder) => {
		const from = path.relative(folder, command);
		return from === "" || (!from.startsWith("..") && !path.isAbsolute(from));
	});
	return isInside ? "it lies in the workspace" : undefined;
}

/** What a tool sees of the environment: nothing that leads it to plugins, credentials or other programs. */
export function toolEnvironment(home: string, { SYSTEMROOT }: Readonly<Record<string, string | undefined>>): Record<string, string> {
	return { HOME: home, PATH: "", HELM_NO_PLUGINS: "1", ...(SYSTEMROOT === undefined ? {} : { SYSTEMROOT }) };
}
