export async function timed(work: () => Promise<unknown>): Promise<number> {
	const start = performance.now();
	await work();
	return performance.now() - start;
}

export function timedNow(work: () => unknown): number {
	const start = performance.now();
	work();
	return performance.now() - start;
}

export function quantile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export function median(values: readonly number[]): number {
	return quantile(values, 0.5);
}

/** One line: what was measured, its median and 95th percentile in milliseconds. */
export function print(what: string, times: readonly number[], more = ""): void {
	const figures = `median ${median(times).toFixed(2)} ms, 95th percentile ${quantile(times, 0.95).toFixed(2)} ms`;
	console.log(`  ${what.padEnd(34)} ${figures}${more === "" ? "" : ` (${more})`}`);
}
