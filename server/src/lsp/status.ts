import { overviewOf, overviewText, skippedText } from "../features/overview.ts";
import { statusOf } from "../features/status.ts";
import type { Status, StatusParams } from "../protocol.ts";
import type { Context } from "./context.ts";
import { nameOf } from "./names.ts";

export async function status({ session, editor }: Context, { uri }: StatusParams): Promise<Status | null> {
	const name = nameOf(uri);
	await session.ready(name);
	const { snapshot, settled } = session;
	const found = statusOf(snapshot, name, editor.preferred);
	if (!found) return null;
	const overview = overviewOf(snapshot);
	const text = `${overviewText(overview)}${settled ? "" : ", and more to read"}`;
	return { ...found, workspace: { text, detail: skippedText(overview) } };
}
