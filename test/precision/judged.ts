/** What a person found when reading the manifest that a finding is about. */
export type Verdict = "right" | "wrong" | "open";

export interface Judgement {
	readonly repository: string;
	readonly file: string;
	/** 1-based. */
	readonly line: number;
	readonly rule: string;
	readonly verdict: Verdict;
	readonly why: string;
}

/** Reads `judged.tsv`: a line for each finding, with tabs between the fields; the first line names them. Throws on any other text. */
export function readJudgements(text: string): readonly Judgement[] {
	const [head, ...lines] = text.trimEnd().split("\n");
	if (head !== FIELDS.join("\t")) throw new Error(`the first line is ${head}`);
	return lines.map((line) => {
		const [repository = "", file = "", number = "", rule = "", verdict = "", why = "", ...more] = line.split("\t");
		const known = (["right", "wrong", "open"] as const).find((each) => each === verdict);
		if (!known || why === "" || more.length > 0 || !/^[1-9]\d*$/.test(number)) throw new Error(`not a judgement: ${line}`);
		return { repository, file, line: Number(number), rule, verdict: known, why };
	});
}

export const FIELDS = ["repository", "file", "line", "rule", "verdict", "why"] as const;

/** Findings of one rule on one line are judged together. */
export function keyOf({ repository, file, line, rule }: Pick<Judgement, "repository" | "file" | "line" | "rule">): string {
	return [repository, file, line, rule].join("\t");
}
