import { parseArgs } from "node:util";
import type { Io } from "./io.ts";

/** One of the things that `portolan` does. */
export interface Command {
	readonly name: string;
	/** What follows the name, options left out: `[PATH...]`. */
	readonly operands: string;
	readonly summary: string;
	readonly options: Readonly<Record<string, Option>>;
	/** Gives the exit code. Throws a `Failure` for what it cannot do. */
	readonly run: (call: Call, io: Io) => Promise<number> | number;
}

/** An option is a switch unless it has `value`: what stands for its value in the help. */
export interface Option {
	readonly value?: string;
	/** It may stand several times. */
	readonly multiple?: boolean;
	/** The only values that it takes; the first one is the default. */
	readonly choices?: readonly string[];
	readonly help: string;
}

/** A command's arguments, read. */
export interface Call {
	readonly operands: readonly string[];
	readonly text: (option: string) => string | undefined;
	/** All values of an option that may stand several times. */
	readonly texts: (option: string) => readonly string[];
	readonly isOn: (option: string) => boolean;
}

/** Work that cannot be done, said to the user in one sentence that names what and where; the exit code is 2. */
export class Failure extends Error {}

/** Reads what follows the command's name. Throws a `Failure` for anything that the command does not know. */
export function readCall(command: Command, args: readonly string[]): Call {
	const { values, positionals } = parse(command, args);
	if (command.operands === "" && positionals.length > 0)
		throw new Failure(`${command.name} takes no argument, but there is ${positionals[0]}`);
	for (const [name, { choices }] of Object.entries(command.options)) {
		const value = values[name];
		if (choices && typeof value === "string" && !choices.includes(value)) {
			throw new Failure(`--${name} is one of ${choices.join(", ")}, not ${value === "" ? "nothing" : value}`);
		}
	}
	return {
		operands: positionals,
		text: (option) => {
			const value = values[option];
			return typeof value === "string" ? value : command.options[option]?.choices?.[0];
		},
		texts: (option) => {
			const value = values[option];
			return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
		},
		isOn: (option) => values[option] === true,
	};
}

function parse(command: Command, args: readonly string[]) {
	const options = Object.fromEntries(
		Object.entries({ ...command.options, help: {} as Option }).map(([name, option]) => [
			name,
			{
				type: option.value || option.choices ? ("string" as const) : ("boolean" as const),
				...(option.multiple && { multiple: true }),
				...(name === "help" ? { short: "h" } : {}),
			},
		]),
	);
	try {
		return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
	} catch (error) {
		const [sentence] = (error instanceof Error ? error.message : String(error)).split(/\. |\n/);
		throw new Failure(`${sentence?.replace(/\.$/, "")} (see portolan ${command.name} --help)`);
	}
}
