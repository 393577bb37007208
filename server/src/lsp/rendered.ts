import { offsetFor, originAt, renderedText } from "../features/renderedText.ts";
import { type Preferred, preferring, unitName } from "../features/unitName.ts";
import { fileOf, type Snapshot } from "../links/snapshot.ts";
import { allUnits, unitsOf } from "../links/units.ts";
import type {
	ChooseUnitParams,
	RenderedDocument,
	RenderedParams,
	RenderedSource,
	RenderedSourceParams,
	StatusParams,
	UnitChoice,
} from "../protocol.ts";
import { offsetAt, partAt, positionAt, sourceFile } from "../text/file.ts";
import { type Place, place } from "../text/source.ts";
import { topAbove } from "../units/configurations.ts";
import { folderOf } from "../units/folder.ts";
import type { Unit } from "../units/unit.ts";
import { type Context, viewOf } from "./context.ts";
import { toRange } from "./convert.ts";
import { nameOf } from "./names.ts";

/** The units that a document is rendered into, the one that is shown first. */
export async function unitsOfDocument({ session, editor }: Context, { uri }: StatusParams): Promise<UnitChoice[]> {
	const name = nameOf(uri);
	await session.ready(name);
	await session.idle();
	const { snapshot } = session;
	return renderedFrom(snapshot, name, editor.preferred).map((unit, index) => ({
		id: unit.id,
		name: unitName(snapshot, unit),
		complete: unit.complete,
		shown: index === 0,
	}));
}

export function chooseUnit({ session, editor }: Context, { id }: ChooseUnitParams): void {
	editor.preferred = [id, ...editor.preferred.filter((other) => other !== id)].slice(0, MOST_CHOICES);
	session.tellAgain();
}

/** Older choices are forgotten. */
const MOST_CHOICES = 100;

export async function rendered(context: Context, params: RenderedParams): Promise<RenderedDocument | null> {
	const { session, editor } = context;
	const name = params.uri === undefined ? undefined : nameOf(params.uri);
	if (name !== undefined) await session.ready(name);
	await session.idle();
	const { snapshot } = session;
	const [first] = name === undefined ? [] : [...renderedFrom(snapshot, name, editor.preferred), ...unitsOf(snapshot, name)];
	const unit = params.unit === undefined ? first : unitWith(snapshot, params.unit);
	if (!unit) return null;
	const written = renderedText(unit, shortName(snapshot));
	const at = name === undefined ? undefined : placeAt(snapshot, name, params);
	const offset = at && offsetFor(written, at);
	const line = offset === undefined ? 0 : positionAt(sourceFile("", written.text, []), offset).line;
	return { unit: unit.id, name: unitName(snapshot, unit), text: written.text, line };
}

export function renderedSource(context: Context, { unit: id, line, character }: RenderedSourceParams): RenderedSource | null {
	const view = viewOf(context);
	const unit = unitWith(view.snapshot, id);
	if (!unit) return null;
	const written = renderedText(unit, shortName(view.snapshot));
	const from = originAt(written, offsetAt(sourceFile("", written.text, []), { line, character }));
	const file = from && fileOf(view.snapshot, from.source.uri);
	const range = file && toRange(file, from);
	if (!range) return null;
	const { start, end } = range;
	return { uri: view.uriOf(file.uri), line: start.line, character: start.character, endLine: end.line, endCharacter: end.character };
}

export function renderedFrom(snapshot: Snapshot, uri: string, preferred: Preferred): readonly Unit[] {
	const units = unitsOf(snapshot, uri).filter(({ renderings }) => renderings.length > 0);
	return preferring(units, preferred);
}

function unitWith(snapshot: Snapshot, id: string): Unit | undefined {
	for (const unit of allUnits(snapshot)) if (unit.id === id) return unit;
	return undefined;
}

/** A file by its path in the folder that is open. */
function shortName({ configurations }: Snapshot): (uri: string) => string {
	return (uri) => {
		const top = topAbove(configurations, folderOf(uri));
		return top === undefined ? uri : uri.slice(top.length + 1);
	};
}

function placeAt(snapshot: Snapshot, uri: string, { line, character }: RenderedParams): Place | undefined {
	const file = fileOf(snapshot, uri);
	if (!file || line === undefined) return undefined;
	const offset = offsetAt(file, { line, character: character ?? 0 });
	const part = partAt(file, offset);
	return part && place(part.source, offset - part.start, offset - part.start);
}
