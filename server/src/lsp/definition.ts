import type { DefinitionParams, Location, LocationLink, ReferenceParams } from "vscode-languageserver/node";
import { definitionAt } from "../features/definition.ts";
import { referencesTo } from "../features/references.ts";
import { fileOf } from "../links/snapshot.ts";
import { offsetAt, positionAt } from "../text/file.ts";
import type { Context } from "./context.ts";
import { toRange } from "./convert.ts";
import { nameOf } from "./names.ts";

export async function definition(
	{ session, client, names, editor }: Context,
	{ textDocument, position }: DefinitionParams,
): Promise<LocationLink[] | Location[] | null> {
	const name = nameOf(textDocument.uri);
	await session.ready(name);
	const { snapshot } = session;
	const file = fileOf(snapshot, name);
	const found = file && definitionAt(snapshot, name, offsetAt(file, position), editor.preferred);
	if (!found) return null;
	const locations = found.targets.flatMap((target): Location[] => {
		const other = fileOf(snapshot, target.uri);
		const range = target.at ? other && toRange(other, target.at) : START;
		return range ? [{ uri: names.uriOf(target.uri), range }] : [];
	});
	if (!client.linksDefinitions) return locations;
	const originSelectionRange = { start: positionAt(file, found.span.start), end: positionAt(file, found.span.end) };
	return locations.map(({ uri, range }) => ({ targetUri: uri, targetRange: range, targetSelectionRange: range, originSelectionRange }));
}

const START = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** Where kustomizations name a file, and where templates use what stands at a place of a values file or a template. */
export async function references({ session, names }: Context, { textDocument, position }: ReferenceParams): Promise<Location[]> {
	const name = nameOf(textDocument.uri);
	await session.ready(name);
	const { snapshot } = session;
	const file = fileOf(snapshot, name);
	const places = file ? referencesTo(snapshot, name, offsetAt(file, position)) : [];
	return places.flatMap((at) => {
		const other = fileOf(snapshot, at.source.uri);
		const range = other && toRange(other, at);
		return range ? [{ uri: names.uriOf(at.source.uri), range }] : [];
	});
}
