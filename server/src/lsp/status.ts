import { statusOf } from "../features/status.ts";
import type { Status, StatusParams } from "../protocol.ts";
import type { Context } from "./context.ts";
import { nameOf } from "./names.ts";

export async function status({ session }: Context, { uri }: StatusParams): Promise<Status | null> {
	const name = nameOf(uri);
	await session.ready(name);
	return statusOf(session.snapshot, name) ?? null;
}
