/** Milliseconds of work after which the event loop is given back. */
const SLICE = 8;

/** Gives the event loop back whenever a slice of time is used up, so that long work holds up no request. */
export class Turns {
	private since = performance.now();

	/** Whether the slice is used up. */
	get due(): boolean {
		return performance.now() - this.since > SLICE;
	}

	/** Lets everything that waits run. */
	async next(): Promise<void> {
		await new Promise<void>((resolve) => {
			if (typeof setImmediate === "function") setImmediate(resolve);
			else setTimeout(resolve, 0);
		});
		this.since = performance.now();
	}
}
