import type { CodeAction, Diagnostic, Hover, Position, Range } from "vscode-languageserver/node";
import { actionsAt } from "../../server/src/features/codeActions.ts";
import { isReadable, lensesIn } from "../../server/src/features/codeLens.ts";
import { type Shown, shownBy, shownIn } from "../../server/src/features/diagnostics.ts";
import { hover } from "../../server/src/features/hover.ts";
import { inlayHintsIn } from "../../server/src/features/inlayHints.ts";
import { fileOf, type Snapshot } from "../../server/src/links/snapshot.ts";
import { clientOf } from "../../server/src/lsp/client.ts";
import { toCodeAction, toDiagnostic, toSpan, type View } from "../../server/src/lsp/convert.ts";
import { nameOf } from "../../server/src/lsp/names.ts";
import type { Finding } from "../../server/src/rules/rule.ts";
import { offsetAt, positionAt } from "../../server/src/text/file.ts";
import type { Unit } from "../../server/src/units/unit.ts";
import { EVERYTHING, type LspClient } from "../support/lspClient.ts";
import { furnishedSnapshot, onFault } from "./laws.ts";
import type { Files } from "./workspaces.ts";

const SHOWN: Shown = { isOpen: () => true, settled: true };

/** What a server must say of open files, made from their texts at once. */
export class Expected {
	private readonly client: LspClient;
	private readonly snapshot: Snapshot;
	private readonly view: View;
	private readonly shown: Shown;

	constructor(client: LspClient, snapshot: Snapshot, shown: Shown = SHOWN) {
		this.client = client;
		this.snapshot = snapshot;
		this.shown = shown;
		this.view = {
			snapshot: this.snapshot,
			client: clientOf({ processId: null, rootUri: null, workspaceFolders: null, capabilities: EVERYTHING }),
			uriOf: (file) => client.uri(file.slice(client.folder.length + 1)),
			versionOf: (file) => (shown.isOpen(file) ? client.versionOf(file.slice(client.folder.length + 1)) : undefined),
		};
	}

	/** Of files that are all open. */
	static ofFiles(client: LspClient, files: Files): Expected {
		const texts = new Map([...files].map(([name, text]) => [nameOf(client.uri(name)), text]));
		return new Expected(client, furnishedSnapshot(texts, nameOf(client.uri(""))));
	}

	diagnostics(name: string): readonly Diagnostic[] {
		const findings = shownIn(this.snapshot, this.pathOf(name), this.shown, onFault);
		return plain(findings.flatMap((finding) => toDiagnostic(this.view, finding) ?? []));
	}

	hover(name: string, position: Position): Hover | null {
		const file = fileOf(this.snapshot, this.pathOf(name));
		const found =
			file &&
			hover(this.snapshot, file.uri, offsetAt(file, position), {
				format: "list",
				linkTo: (to, at) => `${this.view.uriOf(to)}#L${at}`,
				findings: (unit) => this.shownBy(unit),
			});
		if (!found) return null;
		const range = { start: positionAt(file, found.span.start), end: positionAt(file, found.span.end) };
		return { contents: { kind: "markdown", value: found.contents }, range };
	}

	/** `undefined` while a document does not parse: then it depends on what was shown before. */
	codeLenses(name: string): readonly string[] | undefined {
		const file = fileOf(this.snapshot, this.pathOf(name));
		if (!file || !isReadable(file)) return undefined;
		const lenses = lensesIn(this.snapshot, file.uri, { shows: "services", last: undefined, findings: (unit) => this.shownBy(unit) });
		return [...lenses].map(({ span, text }) => `${positionAt(file, span.start).line}: ${text}`);
	}

	inlayHints(name: string): readonly string[] {
		const file = fileOf(this.snapshot, this.pathOf(name));
		if (!file) return [];
		return [...inlayHintsIn(this.snapshot, file.uri, { start: 0, end: file.text.length }, "names")].map(({ at, text }) => {
			const { line, character } = positionAt(file, at);
			return `${line}:${character} ${text}`;
		});
	}

	private shownBy(unit: Unit): readonly Finding[] {
		return shownBy(this.snapshot, unit, this.shown, onFault);
	}

	codeActions(name: string, range: Range): readonly CodeAction[] {
		const file = fileOf(this.snapshot, this.pathOf(name));
		if (!file) return [];
		const actions = actionsAt(this.snapshot, file.uri, toSpan(file, range), this.shown, onFault);
		return plain(actions.flatMap((action) => toCodeAction(this.view, action) ?? []));
	}

	private pathOf(name: string): string {
		return nameOf(this.client.uri(name));
	}
}

/** As it comes through a connection. */
function plain<T>(value: T): T {
	return JSON.parse(JSON.stringify(value));
}
