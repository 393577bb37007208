import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { fuzzEventsOverProtocol } from "./eventsOverProtocol.ts";
import { fuzzInProcess } from "./inProcess.ts";
import { fuzzOverProtocol } from "./overProtocol.ts";
import { fuzzSessions } from "./sessions.ts";

const { values } = parseArgs({
	options: {
		count: { type: "string", default: "10000" },
		seed: { type: "string" },
		mode: { type: "string", default: "process" },
	},
});
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
const count = Number(values.count);
const server = path.join(path.dirname(fileURLToPath(import.meta.url)), "server.js");

const started = performance.now();
const MODES: Readonly<Record<string, () => Summary | Promise<Summary>>> = {
	process: inProcess,
	protocol: overProtocol,
	session: sessions,
	events,
};
const { summary, failures } = await (MODES[values.mode] ?? inProcess)();
console.log(`${values.mode}, seed ${seed}: ${summary}, ${((performance.now() - started) / 1000).toFixed(0)} s`);
for (const failure of failures) console.log(failure);
if (failures.length > 0) process.exitCode = 1;

interface Summary {
	readonly summary: string;
	readonly failures: readonly string[];
}

async function events(): Promise<Summary> {
	const { edits, requests, failures } = await fuzzEventsOverProtocol(count, seed, [server, "--stdio"]);
	return { summary: `${edits} events, ${requests} requests`, failures };
}

async function sessions(): Promise<Summary> {
	const { edits, failures } = await fuzzSessions(count, seed);
	return { summary: `${edits} events`, failures };
}

function inProcess(): Summary {
	const { edits, repairs, failures } = fuzzInProcess(count, seed);
	return { summary: `${edits} edits, ${repairs} repairs tried`, failures };
}

async function overProtocol(): Promise<Summary> {
	const { edits, requests, slowest, failures } = await fuzzOverProtocol(count, seed, [server, "--stdio"]);
	return { summary: `${edits} edits, ${requests} requests, the slowest ${slowest.toFixed(0)} ms`, failures };
}
