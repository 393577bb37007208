/** Milliseconds of processor time until now, of all threads: what others do on the machine counts little. */
export function processorTime(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}

export async function timed(work: () => unknown): Promise<number> {
	const start = processorTime();
	await work();
	return processorTime() - start;
}

export function timedNow(work: () => unknown): number {
	const start = processorTime();
	work();
	return processorTime() - start;
}

export function quantile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export function median(values: readonly number[]): number {
	return quantile(values, 0.5);
}

/** One line: what was measured, and beside it the target and whether it is met. */
export function print(what: string, figure: number, unit: string, more = "", target?: number): void {
	const digits = figure < 10 ? 2 : figure < 100 ? 1 : 0;
	const wanted = target === undefined ? "" : `${figure < target ? "  met" : "  NOT"} (below ${target} ${unit})`;
	console.log(`  ${what.padEnd(42)}${figure.toFixed(digits).padStart(9)} ${unit.padEnd(3)}${wanted.padEnd(24)}${more}`.trimEnd());
}

/** The 95th percentile beside its target, and the median. */
export function printTimes(what: string, times: readonly number[], target?: number, more = ""): void {
	print(
		what,
		quantile(times, 0.95),
		"ms",
		`95th percentile; median ${median(times).toFixed(2)} ms${more === "" ? "" : `, ${more}`}`,
		target,
	);
}
