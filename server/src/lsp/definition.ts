import type { DefinitionParams, LocationLink } from "vscode-languageserver/node";
import { definitionAt } from "../features/definition.ts";
import { fileOf } from "../links/snapshot.ts";
import { offsetAt, positionAt } from "../text/file.ts";
import type { Context } from "./context.ts";
import { nameOf } from "./names.ts";

export async function definition(
	{ session, client, names }: Context,
	{ textDocument, position }: DefinitionParams,
): Promise<LocationLink[] | { uri: string; range: LocationLink["targetRange"] } | null> {
	const name = nameOf(textDocument.uri);
	await session.ready(name);
	const { snapshot } = session;
	const file = fileOf(snapshot, name);
	const found = file && definitionAt(snapshot, name, offsetAt(file, position));
	if (!found) return null;
	const start = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
	const targetUri = names.uriOf(found.uri);
	if (!client.linksDefinitions) return { uri: targetUri, range: start };
	const originSelectionRange = { start: positionAt(file, found.span.start), end: positionAt(file, found.span.end) };
	return [{ targetUri, targetRange: start, targetSelectionRange: start, originSelectionRange }];
}
