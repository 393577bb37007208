import { CLUSTER, configurationShape, EXCLUDE, RENDERING, RULES_DESCRIPTION, SEVERITIES, UNITS, WORKLOADS } from "./configuration.ts";
import { CODE_LENS, DEFAULT_OPTIONS, INLAY_HINTS, PROBLEMS } from "./editorSettings.ts";
import { type Cluster, DEFAULT_SETTINGS } from "./settings.ts";
import type { JsonSchema } from "./shape.ts";

/** What a schema says of a rule. */
export interface DescribedRule {
	readonly name: string;
	/** In Markdown. */
	readonly description: string;
}

/** The JSON schema of a configuration file. */
export function configurationSchema(rules: readonly DescribedRule[]): JsonSchema {
	const { schema } = configurationShape();
	const understood = { enum: ["warn", "info", false], doNotSuggest: true };
	const severities = rules.map(({ name, description }) => [
		name,
		{ anyOf: [{ enum: SEVERITIES }, understood], markdownDescription: description },
	]);
	return {
		...schema,
		properties: { ...schema.properties, rules: rulesSchema(Object.fromEntries(severities)) },
	};
}

export interface ExtensionSetting extends JsonSchema {
	/** Whether each folder of a workspace may have its own. */
	readonly scope: "resource" | "window" | "machine";
}

/** The settings of the extension, by their keys: `portolan.rules`, `portolan.cluster.version`, ... */
export function extensionSettings(rules: readonly DescribedRule[]): Readonly<Record<string, ExtensionSetting>> {
	const severities = rules.map(({ name, description }) => [name, { enum: SEVERITIES, default: "auto", markdownDescription: description }]);
	const { cluster, exclude, units, workloads, rendering } = DEFAULT_SETTINGS;
	const usual = Object.entries(CLUSTER).map(([name, shape]) => [
		`portolan.cluster.${name}`,
		setting(shape.schema, written(cluster, name as keyof Cluster)),
	]);
	const budgets = Object.entries(RENDERING).map(([name, shape]) => [
		`portolan.rendering.${name}`,
		setting(shape.schema, rendering[name as keyof typeof rendering]),
	]);
	return {
		"portolan.rules": setting(rulesSchema(Object.fromEntries(severities)), {}),
		...Object.fromEntries(usual),
		"portolan.exclude": setting(EXCLUDE.schema, exclude),
		"portolan.units": setting(UNITS.schema, units),
		"portolan.workloads": setting(WORKLOADS.schema, workloads),
		...Object.fromEntries(budgets),
		"portolan.problems": { ...setting(PROBLEMS.schema, DEFAULT_OPTIONS.problems), scope: "window" },
		"portolan.codeLens": { ...setting(CODE_LENS.schema, DEFAULT_OPTIONS.codeLens), scope: "window" },
		"portolan.inlayHints": { ...setting(INLAY_HINTS.schema, DEFAULT_OPTIONS.inlayHints), scope: "window" },
		...Object.fromEntries(TOOLS.map((tool) => [`portolan.${tool}.path`, toolPath(tool)])),
	};
}

/** Programs whose answers can be compared with ours. */
export const TOOLS = ["helm", "kustomize"] as const;

/** No workspace has a say in what is started. */
function toolPath(tool: string): ExtensionSetting {
	const markdownDescription = `The absolute path of ${tool}, for the command that compares what it prints. It is started on request only, in trusted workspaces.`;
	return { type: "string", default: "", markdownDescription, scope: "machine" };
}

function rulesSchema(properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
	return { type: "object", properties, additionalProperties: false, markdownDescription: RULES_DESCRIPTION };
}

/** A setting of one type, with its default. One that may be left unset is null then, since an editor makes something else of nothing. */
function setting(schema: JsonSchema, usual: unknown): ExtensionSetting {
	const [type = "string"] = [schema.type ?? []].flat();
	return { ...schema, type: usual === null ? [type, "null"] : type, default: usual, scope: "resource" };
}

/** The default of a setting as a user would write it. */
function written(cluster: Cluster, name: keyof Cluster): unknown {
	const { version, nodePortRange } = cluster;
	if (name === "version") return `1.${version.from}-1.${version.to}`;
	if (name === "nodePortRange") return `${nodePortRange.first}-${nodePortRange.last}`;
	return cluster[name] ?? null;
}
