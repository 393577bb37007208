import type { Manifest } from "../model/manifest.ts";
import type { Owner } from "./piece.ts";
import { Reading } from "./reading.ts";

/** What something makes of a document, in steps, and what it looked at for that. */
export type Compute<T> = (manifest: Manifest, reading: Reading) => Generator<void, readonly T[]>;

/** What came of a document, and what was looked at for it. */
export interface Result {
	readonly reading: Reading;
	readonly found: readonly unknown[];
}

interface Run {
	readonly reading: Reading;
	readonly steps: Generator<void, readonly unknown[]>;
	/** The moment that it goes on from. */
	moment: number;
	/** Something that it looked at between two steps is something else. */
	stale: boolean;
	running: boolean;
}

/** What is being worked out about documents. All who ask for the same go on with the same. */
export class Runs {
	private readonly runs = new Map<Owner, Run>();
	/** How often it became useless what was begun. */
	private moment = 0;

	/** Everything has to begin anew. */
	restart(): void {
		this.moment++;
		for (const [owner, run] of this.runs) if (!run.running) this.stop(owner, run);
	}

	/** Goes on by a step. Gives the result with the last one; `onEnd` hears when that does not hold any more. */
	step<T>(manifest: Manifest, compute: Compute<T>, inSteps: boolean, onEnd: (reading: Reading) => void): Result | undefined {
		const { owner } = manifest;
		const known = this.runs.get(owner);
		if (known && (known.stale || known.moment !== this.moment)) this.stop(owner, known);
		const run = this.runs.get(owner) ?? this.begin(manifest, compute, inSteps, onEnd);
		run.running = true;
		let step: IteratorResult<void, readonly unknown[]>;
		try {
			step = run.steps.next();
		} catch (error) {
			this.stop(owner, run);
			throw error;
		}
		run.running = false;
		run.moment = this.moment;
		if (!step.done) return undefined;
		this.runs.delete(owner);
		run.reading.close();
		return { reading: run.reading, found: step.value };
	}

	private begin<T>(manifest: Manifest, compute: Compute<T>, inSteps: boolean, onEnd: (reading: Reading) => void): Run {
		const reading: Reading = new Reading(() => {
			if (this.runs.get(manifest.owner) !== run) onEnd(reading);
			else if (!run.running) run.stale = true;
		}, inSteps);
		const run: Run = { reading, steps: compute(manifest, reading), moment: this.moment, stale: false, running: false };
		this.runs.set(manifest.owner, run);
		return run;
	}

	private stop(owner: Owner, run: Run): void {
		this.runs.delete(owner);
		run.reading.drop();
		run.steps.return([]);
	}
}
