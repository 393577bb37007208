import { DockerfileParser, type From, type Instruction } from "dockerfile-ast";
import type { SourceFile } from "../text/file.ts";

/** What a Dockerfile exposes in the image that it builds. */
export interface ExposingFile {
	/** `8080`, `53/udp`, `30000-30010`: as written, variables replaced by their defaults. */
	readonly ports: readonly string[];
	/** The image that the last stage is built on; `undefined` for an empty one. */
	readonly base: string | undefined;
}

/** How a build differs from what the Dockerfile alone says. */
export interface BuildOptions {
	/** The stage that is built; the last one where none is named. */
	readonly target: string | undefined;
	/** Build arguments are given, which replace defaults. */
	readonly hasArguments: boolean;
}

/** Reads what a build exposes; `undefined` where it cannot be told: a variable without a default, a stage that is not there. Never throws. */
export function readDockerfile(file: SourceFile, { target, hasArguments }: BuildOptions): ExposingFile | undefined {
	if (file.text.length > LONGEST) return undefined;
	if (hasArguments && /^\s*(EXPOSE|FROM)\b.*\$/im.test(file.text)) return undefined;
	try {
		return exposedBy(stagesOf(file), target);
	} catch {
		// The parser is not ours; what it cannot take is as good as not there.
		return undefined;
	}
}

/** Characters; whoever writes a Dockerfile by hand stays far below. */
const LONGEST = 256 * 1024;

interface Stage {
	readonly name: string | undefined;
	readonly image: string;
	readonly ports: readonly string[];
}

const cache = new WeakMap<SourceFile, readonly Stage[]>();

function stagesOf(file: SourceFile): readonly Stage[] {
	let stages = cache.get(file);
	if (!stages) {
		stages = readStages(file.text);
		cache.set(file, stages);
	}
	return stages;
}

function readStages(text: string): readonly Stage[] {
	const stages: { name: string | undefined; image: string; ports: string[] }[] = [];
	for (const instruction of DockerfileParser.parse(text).getInstructions()) {
		const keyword = instruction.getKeyword().toUpperCase();
		if (keyword === "FROM") stages.push(stageOf(instruction as From));
		else if (keyword === "EXPOSE") stages.at(-1)?.ports.push(...expanded(instruction));
	}
	return stages;
}

function stageOf(from: From): { name: string | undefined; image: string; ports: string[] } {
	const words = expanded(from).filter((word) => !word.startsWith("--"));
	return { name: from.getBuildStage()?.toLowerCase(), image: words[0] ?? "$", ports: [] };
}

/** An instruction's arguments, variables replaced as far as their defaults are known. */
function expanded(instruction: Instruction): readonly string[] {
	return instruction.getExpandedArguments().map((argument) => argument.getValue().replace(/^(["'])(.*)\1$/, "$2"));
}

function exposedBy(stages: readonly Stage[], target: string | undefined): ExposingFile | undefined {
	const wanted = target?.toLowerCase();
	let index = wanted === undefined ? stages.length - 1 : stages.findIndex(({ name }, at) => name === wanted || String(at) === wanted);
	const ports: string[] = [];
	for (;;) {
		const stage = stages[index];
		if (!stage) return undefined;
		ports.push(...stage.ports);
		if (ports.some((port) => port.includes("$")) || stage.image.includes("$")) return undefined;
		const before = stages.slice(0, index).findLastIndex(({ name }) => name !== undefined && name === stage.image.toLowerCase());
		if (before < 0) return { ports: [...new Set(ports)], base: stage.image === "scratch" ? undefined : stage.image };
		index = before;
	}
}
