import { findingsInSteps } from "../server/src/features/findings.ts";
import { nodeDisk } from "../server/src/session/disk.ts";
import { Session } from "../server/src/session/session.ts";
import { Turns } from "../server/src/session/turn.ts";
import { DEFAULT_SETTINGS } from "../server/src/settings/settings.ts";
import { RENDERERS } from "../server/src/units/allRenderers.ts";
import { printTimes, processorTime } from "./times.ts";

/** How long a request has to wait while everything is read, and while all findings are worked out. */
export async function measureHolds(root: string): Promise<void> {
	const failed = (error: unknown) => console.error(error);
	const session = new Session(nodeDisk(), () => RENDERERS, DEFAULT_SETTINGS, { changed: () => {}, failed });
	printHolds("a request while indexing", await holdsDuring(() => session.index([root], { report: () => {} }).done));
	const turns = new Turns();
	const work = async () => {
		for (const _ of findingsInSteps(session.snapshot, failed as () => void)) if (turns.due) await turns.next();
	};
	printHolds("a request while findings are worked out", await holdsDuring(work));
	const name = `${root}/large.yaml`;
	const opened = async () => {
		session.open(name, 1, large());
		await session.whole(name);
	};
	printHolds("a request while 5 MB are opened", await holdsDuring(opened));
}

/** One document of five million characters. */
function large(): string {
	const item = (at: number) =>
		`  - kind: Thing\n    name: thing-${at}\n    spec: { a: [b, c, ${at}], d: { e: "f" } }\n    more:\n      - x: ${at}\n`;
	return `kind: List\nitems:\n${Array.from({ length: 50_000 }, (_, at) => item(at)).join("")}`;
}

function printHolds(what: string, holds: readonly number[]): void {
	printTimes(what, holds, 20, `longest ${Math.max(...holds).toFixed(0)} ms`);
}

/** The processor time between two turns of the event loop. */
async function holdsDuring(work: () => Promise<unknown>): Promise<readonly number[]> {
	const holds: number[] = [];
	let busy = true;
	let last = processorTime();
	const turn = (): void => {
		const now = processorTime();
		holds.push(now - last);
		last = now;
		if (busy) setImmediate(turn);
	};
	setImmediate(turn);
	await work();
	busy = false;
	await new Promise((resolve) => setImmediate(resolve));
	return holds;
}
