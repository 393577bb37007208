import { comparableOutput, comparableText, type ToolRun as Run, toolRunOf } from "../features/comparison.ts";
import { unitName } from "../features/unitName.ts";
import { filesOf } from "../links/snapshot.ts";
import type { ComparableParams, Comparison, ComparisonParams, ToolRun } from "../protocol.ts";
import { type Context, viewOf } from "./context.ts";
import { nameOf } from "./names.ts";
import { renderedFrom } from "./rendered.ts";

/** Null for a document that is rendered into nothing. */
export async function comparison(context: Context, { uri, tool }: ComparisonParams): Promise<Comparison | null> {
	const { session, editor } = context;
	const name = nameOf(uri);
	await session.ready(name);
	await session.idle();
	const { snapshot, uriOf } = viewOf(context);
	const [unit] = renderedFrom(snapshot, name, editor.preferred);
	if (!unit) return null;
	const run = toolRunOf(unit, filesOf(snapshot), tool);
	const asked = typeof run === "string" ? { refused: run } : withUris(run, uriOf);
	return { name: unitName(snapshot, unit), text: comparableText(unit), run: asked };
}

export function comparable(_: Context, { printed }: ComparableParams): string {
	return comparableOutput(printed);
}

function withUris(run: Run, uriOf: (name: string) => string): ToolRun {
	if (run.tool === "kustomize") return { ...run, folder: uriOf(run.folder) };
	return { ...run, folder: uriOf(run.folder), values: run.values.map(uriOf) };
}
