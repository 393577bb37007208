import { offsetAt, type Position, sourceFile } from "../text/file.ts";

/** A document as the editor has it, saved or not. */
export interface OpenDocument {
	readonly name: string;
	/** How the editor calls it: it may have one file open under several such names. */
	readonly view: string;
	readonly version: number;
	readonly text: string;
	/** It is no manifest of its own, and read for what is rendered from it. */
	readonly isPart: boolean;
}

/** Replaces a range, or the whole text where there is none. */
export interface TextChange {
	readonly range?: { readonly start: Position; readonly end: Position };
	readonly text: string;
}

/** Applies changes one after the other. A range that lies outside the text is moved to its end, one that ends before it starts is turned round. */
export function edited(text: string, changes: readonly TextChange[]): string {
	return changes.reduce((before, { range, text: inserted }) => {
		if (!range) return inserted;
		const file = sourceFile("", before, []);
		const a = offsetAt(file, range.start);
		const b = offsetAt(file, range.end);
		return before.slice(0, Math.min(a, b)) + inserted + before.slice(Math.max(a, b));
	}, text);
}

/** The open documents. Of several views of one file the one that was shown last counts. */
export class OpenDocuments {
	private readonly views = new Map<string, readonly OpenDocument[]>();

	get(name: string): OpenDocument | undefined {
		return this.views.get(name)?.at(-1);
	}

	/** A view by its name; the one that counts for a name that no view was opened by. */
	find(name: string, view: string): OpenDocument | undefined {
		return this.views.get(name)?.find((each) => each.view === view) ?? this.get(name);
	}

	/** Takes the place of what was there of the same view. */
	show(document: OpenDocument): void {
		const others = this.views.get(document.name)?.filter(({ view }) => view !== document.view) ?? [];
		this.views.set(document.name, [...others, document]);
	}

	/** Closes a view; gives what it was. */
	take(name: string, view: string): OpenDocument | undefined {
		const closed = this.find(name, view);
		const left = this.views.get(name)?.filter((each) => each !== closed) ?? [];
		if (left.length > 0) this.views.set(name, left);
		else this.views.delete(name);
		return closed;
	}

	get shown(): Iterable<OpenDocument> {
		return [...this.views.values()].flatMap((views) => views.slice(-1));
	}
}
