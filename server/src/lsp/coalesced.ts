import { Turns } from "../session/turn.ts";

/** Calls `run` soon, and once more when it was called for while it ran. */
export function coalesced(run: () => Promise<void>, failed: (error: unknown) => void): () => void {
	let running = false;
	let wanted = false;
	const loop = async (): Promise<void> => {
		running = true;
		while (wanted) {
			await new Turns().next();
			wanted = false;
			await run().catch(failed);
		}
		running = false;
	};
	return () => {
		wanted = true;
		if (!running) void loop();
	};
}
