import { version } from "../../../package.json";
import { nearest } from "../text/nearest.ts";
import { Failure, readCall } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { commandHelp, generalHelp } from "./help.ts";
import { type Io, processIo } from "./io.ts";

/** The exit code is set and the process left to end by itself, so that everything written gets through a pipe. */
async function main(): Promise<void> {
	const io = processIo();
	try {
		process.exitCode = await dispatch(process.argv.slice(2), io);
	} catch (error) {
		io.progress.end();
		const text = error instanceof Failure ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
		io.err(`portolan: ${text}\n`);
		process.exitCode = 2;
	}
}

async function dispatch([name, ...args]: readonly string[], io: Io): Promise<number> {
	if (name === "--version" || name === "-v") return said(io, `${version}\n`);
	if (name === "--help" || name === "-h") return said(io, generalHelp(COMMANDS, io.paint));
	if (name === undefined) {
		io.err(generalHelp(COMMANDS, io.paint));
		return 2;
	}
	const command = COMMANDS.find((candidate) => candidate.name === name);
	if (!command) throw new Failure(`there is no command ${name}${didYouMean(name)}`);
	const call = readCall(command, args);
	if (call.isOn("help")) return said(io, commandHelp(command, io.paint));
	return await command.run(call, io);
}

function said(io: Io, text: string): number {
	io.out(text);
	return 0;
}

void main();

function didYouMean(name: string): string {
	const near = nearest(
		name,
		COMMANDS.map((command) => command.name),
	);
	return near === undefined ? " (see portolan --help)" : `; did you mean ${near}?`;
}
