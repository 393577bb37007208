import type { Command, Option } from "./command.ts";
import type { Paint } from "./io.ts";

/** What `portolan --help` prints. */
export function generalHelp(commands: readonly Command[], paint: Paint): string {
	const rows = commands.map((command) => [`${command.name} ${command.operands}`.trim(), command.summary] as const);
	return [
		`${paint("bold", "portolan")} charts how traffic reaches your Pods.`,
		"",
		"Usage: portolan COMMAND [OPTION...] [ARGUMENT...]",
		"",
		...table(rows),
		"",
		...table([
			["COMMAND --help", "the options of a command"],
			["--version", "the version"],
		]),
		"",
		"Exit code: 0 nothing found at or above the bar, 1 findings, 2 it could not do its work.",
		"",
	].join("\n");
}

export function commandHelp(command: Command, paint: Paint): string {
	const rows = Object.entries(command.options).map(([name, option]) => [optionUsage(name, option), option.help] as const);
	return [
		`Usage: ${paint("bold", `portolan ${command.name}`)}${rows.length > 0 ? " [OPTION...]" : ""} ${command.operands}`.trimEnd(),
		"",
		`${command.summary}.`,
		...(rows.length > 0 ? ["", ...table(rows)] : []),
		"",
	].join("\n");
}

function optionUsage(name: string, option: Option): string {
	if (option.choices) return `--${name} ${option.choices.join("|")}`;
	return option.value ? `--${name} ${option.value}` : `--${name}`;
}

const WIDEST = 34;

/** A wide first cell has a line of its own. */
function table(rows: readonly (readonly [string, string])[]): string[] {
	const width = Math.max(...rows.map(([first]) => first.length).filter((length) => length <= WIDEST), 0);
	return rows.flatMap(([first, second]) =>
		first.length <= WIDEST ? [`  ${first.padEnd(width)}  ${second}`] : [`  ${first}`, `  ${" ".repeat(width)}  ${second}`],
	);
}
