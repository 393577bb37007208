import type { SourceFile } from "../text/file.ts";
import { type Place, place, type Source } from "../text/source.ts";
import { firstProblem } from "../yaml/explain.ts";
import { isNull, type ScalarNode } from "../yaml/nodes.ts";
import { type Parsed, parseSource } from "../yaml/parse.ts";
import { seenPlace } from "../yaml/seen.ts";
import { configurationShape } from "./configuration.ts";
import { DEFAULT_SETTINGS, type Settings } from "./settings.ts";
import type { SettingProblem } from "./shape.ts";

export const CONFIGURATION_FILE = ".portolan.yaml";

/** A configuration as it is written in a file. */
export interface ConfigurationFile {
	readonly uri: string;
	/** The document that is read: the first one that holds something. */
	readonly source: Source;
	/** All its documents. */
	readonly sources: readonly Source[];
	/** `undefined` where the file cannot be parsed, so that it sets nothing; the first problem says why. */
	readonly settings: Settings | undefined;
	readonly problems: readonly SettingProblem[];
	/** The keys below `rules`, whatever they name. */
	readonly rules: readonly ScalarNode[];
}

const cache = new WeakMap<SourceFile, ConfigurationFile>();

/** Reads a configuration, once for each text. Never throws: unknown keys and bad values are problems, and the rest holds. */
export function readConfigurationFile(file: SourceFile): ConfigurationFile {
	let found = cache.get(file);
	if (!found) {
		found = read(file);
		cache.set(file, found);
	}
	return found;
}

function read({ uri, parts }: SourceFile): ConfigurationFile {
	const documents = parts.map((part) => parseSource(part.source));
	const index = Math.max(
		0,
		documents.findIndex((parsed) => !isEmpty(parsed)),
	);
	const parsed = documents[index];
	if (!parsed) return { uri, source: { uri, text: "" }, sources: [], settings: DEFAULT_SETTINGS, problems: [], rules: [] };
	const surplus = documents.slice(index + 1).filter((other) => !isEmpty(other));
	const read = readDocument(parsed);
	const problems = [...read.problems, ...surplus.map(secondDocument)];
	return { uri, source: parsed.source, sources: parts.map(({ source }) => source), ...read, problems };
}

function readDocument(parsed: Parsed): Pick<ConfigurationFile, "settings" | "problems" | "rules"> {
	const { root, source } = parsed;
	const broken = firstProblem(parsed);
	if (broken)
		return { settings: undefined, problems: [{ at: place(source, broken.start, broken.end), message: broken.message }], rules: [] };
	if (!root || isNull(root)) return { settings: DEFAULT_SETTINGS, problems: [], rules: [] };
	const problems: SettingProblem[] = [];
	const rules: ScalarNode[] = [];
	const where = { name: "", report: (problem: SettingProblem) => void problems.push({ ...problem, at: seenPlace(root, problem.at) }) };
	if (root.kind !== "map") {
		return { settings: undefined, problems: [{ at: documentPlace(parsed), message: "A configuration is a map of settings" }], rules };
	}
	const settings = configurationShape((key) => rules.push(key)).read(root, where);
	for (const { key } of parsed.duplicates) problems.push({ at: key, message: `${key.text} is written again below, which holds` });
	return { settings, problems, rules };
}

function secondDocument(parsed: Parsed): SettingProblem {
	return { at: documentPlace(parsed), message: "Only the first document of a configuration is read" };
}

/** What a document holds, or all of its text where that has no characters: a tag may stand before nothing. */
function documentPlace({ source, root }: Parsed): Place {
	return root && root.end > root.start ? root : place(source, 0, source.text.trimEnd().length);
}

function isEmpty({ root, problems }: Parsed): boolean {
	return isNull(root) && problems.length === 0;
}
