import type { ExecuteCommandParams } from "vscode-languageserver/node";
import { RULES } from "../rules/list.ts";
import type { Context } from "./context.ts";
import { OPEN_PAGE, pageOf } from "./pages.ts";

/** Runs the command `OPEN_PAGE`. */
export async function executeCommand({ connection }: Context, { command, arguments: [rule] = [] }: ExecuteCommandParams): Promise<null> {
	if (command !== OPEN_PAGE || !RULES.some(({ name }) => name === rule)) return null;
	await connection.window.showDocument({ uri: pageOf(String(rule)), external: true });
	return null;
}
