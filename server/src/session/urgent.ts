/** Work that somebody waits for, which other work lets go first. */
export class Urgent {
	private readonly running = new Set<Promise<unknown>>();

	/** Does such work, which must not wait for the other. */
	async run<T>(work: () => Promise<T>): Promise<T> {
		const done = work();
		this.running.add(done);
		try {
			return await done;
		} finally {
			this.running.delete(done);
		}
	}

	/** Resolves when what runs now has ended, well or badly; what begins meanwhile is not waited for, so that the other work goes on, too. */
	async over(): Promise<void> {
		if (this.running.size > 0) await Promise.allSettled(this.running);
	}
}
