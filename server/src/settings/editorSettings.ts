import { textAt } from "../text/source.ts";
import { parseSource } from "../yaml/parse.ts";
import { configurationShape } from "./configuration.ts";
import { DEFAULT_SETTINGS, type Settings } from "./settings.ts";
import { choice, described, map, type SettingProblem } from "./shape.ts";

/** Where findings are shown: in every file, or in open ones only. */
export type Problems = "workspace" | "openFiles";

export const PROBLEMS = described(
	choice<Problems>(["workspace", "openFiles"]),
	"Where errors and warnings are shown: in the whole workspace, or in open files only. Information and hints stand in open files only.",
);

/** What has a line above it that says where it leads. */
export type CodeLensSetting = "off" | "services" | "all";

export const CODE_LENS = described(
	choice<CodeLensSetting>(["off", "services", "all"]),
	"Above which objects a line says where they lead: none, Services that are reachable from outside the cluster or have a problem, or these and all workloads.",
);

/** Which values have words behind them that say what they come to. */
export type InlayHintsSetting = "off" | "names" | "all";

export const INLAY_HINTS = described(
	choice<InlayHintsSetting>(["off", "names", "all"]),
	"What stands behind the ports of a Service: nothing, the numbers of named target ports, or these, the target port that is not written and the node port that the cluster assigns.",
);

/** What an editor has set for itself, beside what a configuration file can hold. */
export interface EditorOptions {
	readonly problems: Problems;
	readonly codeLens: CodeLensSetting;
	readonly inlayHints: InlayHintsSetting;
}

export const DEFAULT_OPTIONS: EditorOptions = { problems: "workspace", codeLens: "services", inlayHints: "names" };

/** The settings of an editor. */
export interface EditorSettings {
	readonly settings: Settings;
	readonly options: EditorOptions;
	/** What has no reading, in words. */
	readonly faults: readonly string[];
}

export const DEFAULT_EDITOR_SETTINGS: EditorSettings = { settings: DEFAULT_SETTINGS, options: DEFAULT_OPTIONS, faults: [] };

/** Reads the section `portolan` of an editor's settings, as JSON has it. What is bad counts as not given. */
export function readEditorSettings(section: unknown): EditorSettings {
	if (typeof section !== "object" || section === null || Array.isArray(section)) return DEFAULT_EDITOR_SETTINGS;
	// `portolan.trace.server` belongs to the client's library, the paths of tools to the client.
	const {
		problems,
		codeLens,
		inlayHints,
		trace: _,
		helm: __,
		kustomize: ___,
		...configuration
	} = given(section) as Readonly<Record<string, unknown>>;
	const faults: string[] = [];
	const report = ({ at, message }: SettingProblem): void => void faults.push(`portolan: ${message} (${textAt(at).slice(0, 80)})`);
	const settings = configurationShape().read(nodeOf(configuration), { name: "", report });
	const options = given({ problems, codeLens, inlayHints });
	return {
		settings: settings ?? DEFAULT_SETTINGS,
		options: { ...DEFAULT_OPTIONS, ...OPTIONS.read(nodeOf(options), { name: "", report }) },
		faults,
	};
}

const OPTIONS = map({ problems: PROBLEMS, codeLens: CODE_LENS, inlayHints: INLAY_HINTS });

/** JSON is YAML, so one reading does for both. */
function nodeOf(value: unknown): NonNullable<ReturnType<typeof parseSource>["root"]> {
	const source = { uri: "settings", text: JSON.stringify(value) };
	return parseSource(source).root ?? { kind: "scalar", source, start: 0, end: 0, value: null, text: "", style: "plain" };
}

/** An editor tells defaults like values, and an empty text for what is not set. */
function given(value: unknown): unknown {
	if (Array.isArray(value) || typeof value !== "object" || value === null) return value;
	const entries = Object.entries(value).map(([key, inner]) => [key, given(inner)] as const);
	return Object.fromEntries(entries.filter(([key, inner]) => inner !== "" && inner !== null && !isUsualRange(key, inner)));
}

function isUsualRange(key: string, value: unknown): boolean {
	const { first, last } = DEFAULT_SETTINGS.cluster.nodePortRange;
	return key === "nodePortRange" && value === `${first}-${last}`;
}
