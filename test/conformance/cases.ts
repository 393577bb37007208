import { readFileSync } from "node:fs";

/** What a kube-apiserver answered when the objects of a manifest were created. */
export interface Case {
	readonly name: string;
	readonly verdict: "valid" | "invalid";
	/** The field that the answer names; "" for a valid one. */
	readonly field: string;
	readonly warnings: readonly string[];
	readonly manifest: string;
}

/** Reads `#- name: verdict field` and `#! warning` lines and the manifest below them; `#?` lines say what the answer needs of the cluster. */
export function readCases(file: string): readonly Case[] {
	const [, ...blocks] = readFileSync(file, "utf8").split(/^#- /m);
	return blocks.map((block) => {
		const [head = "", ...lines] = block.split("\n");
		const [, name, verdict, field = ""] = /^(\S+): (valid|invalid) ?(\S*)$/.exec(head) ?? [];
		if (name === undefined || (verdict !== "valid" && verdict !== "invalid")) throw new Error(`${file}: ${head}`);
		const warnings = lines.flatMap((line) => /^#! (.*)$/.exec(line)?.[1] ?? []);
		const manifest = lines.filter((line) => !/^#[!?] /.test(line)).join("\n");
		return { name, verdict, field, warnings, manifest };
	});
}
