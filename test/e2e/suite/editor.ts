import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import * as vscode from "vscode";

const patience = 15_000;

/** Opens a file of the workspace in an editor and gives it the focus. */
export async function open(name: string): Promise<vscode.TextDocument> {
	const folder = vscode.workspace.workspaceFolders?.[0];
	assert(folder, "no workspace folder is open");
	const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, name));
	await vscode.window.showTextDocument(document, { preview: false });
	return document;
}

/** What Portolan says about one document. */
export function findings(document: vscode.TextDocument): vscode.Diagnostic[] {
	return vscode.languages.getDiagnostics(document.uri).filter(isFinding);
}

/** What Portolan says about any file. */
export function allFindings(): vscode.Diagnostic[] {
	return vscode.languages.getDiagnostics().flatMap(([, diagnostics]) => diagnostics.filter(isFinding));
}

const isFinding = (diagnostic: vscode.Diagnostic): boolean => diagnostic.source === "portolan";

/**
 * Waits until a document has that many findings.
 * @returns the findings
 * @throws when it has another number when time is up
 */
export function untilFindings(document: vscode.TextDocument, count: number): Promise<vscode.Diagnostic[]> {
	return until(
		vscode.languages.onDidChangeDiagnostics,
		() => {
			const now = findings(document);
			return now.length === count ? now : undefined;
		},
		() => `${count} findings did not come; there are ${JSON.stringify(findings(document))}`,
	);
}

/**
 * Waits until the findings in all files below a folder are these rules, by the files' paths in it.
 * @throws when they are others when time is up
 */
export async function untilFindingsBelow(folder: vscode.Uri, expected: Readonly<Record<string, readonly string[]>>): Promise<void> {
	const now = (): unknown =>
		Object.fromEntries(
			vscode.languages
				.getDiagnostics()
				.map(([uri, all]) => [uri, all.filter(isFinding)] as const)
				.filter(([uri, all]) => all.length > 0 && uri.path.startsWith(`${folder.path}/`))
				.map(([uri, all]) => [uri.path.slice(folder.path.length + 1), all.map(ruleOf)]),
		);
	await until(
		vscode.languages.onDidChangeDiagnostics,
		() => isDeepStrictEqual(now(), expected) || undefined,
		() => `the findings are ${JSON.stringify(now())}`,
	);
}

/** The rule that made a finding. */
export function ruleOf({ code }: vscode.Diagnostic): unknown {
	return typeof code === "object" ? code.value : code;
}

/**
 * Waits until there is a tab whose label has a text in it.
 * @throws when there is none when time is up
 */
export function untilTab(text: string): Promise<vscode.Tab> {
	const { tabGroups } = vscode.window;
	const tabs = (): vscode.Tab[] => tabGroups.all.flatMap((group) => group.tabs);
	return until(
		tabGroups.onDidChangeTabs,
		() => tabs().find(({ label }) => label.includes(text)),
		() => `no tab ${text} among ${tabs().map(({ label }) => label)}`,
	);
}

/**
 * Waits until a document has a text in it.
 * @throws when it has not when time is up
 */
export async function untilText(document: vscode.TextDocument, text: string): Promise<void> {
	await until(
		vscode.workspace.onDidChangeTextDocument,
		() => document.getText().includes(text) || undefined,
		() => `no "${text}" in ${document.getText()}`,
	);
}

/** Looks at once and at each event, until there is something. */
function until<T>(event: vscode.Event<unknown>, look: () => T | undefined, failure: () => string): Promise<T> {
	return new Promise((resolve, reject) => {
		const settle = (): void => {
			const found = look();
			if (found !== undefined) {
				stop();
				resolve(found);
			}
		};
		const subscription = event(settle);
		const timer = setTimeout(() => {
			stop();
			reject(new Error(failure()));
		}, patience);
		const stop = (): void => {
			clearTimeout(timer);
			subscription.dispose();
		};
		settle();
	});
}

/**
 * Asks until the answer is as expected.
 * @throws what differs when time is up
 */
export async function untilEqual<T>(ask: () => Promise<T>, expected: T): Promise<void> {
	for (const end = Date.now() + patience; ; ) {
		const answer = await ask();
		try {
			assert.deepEqual(answer, expected);
			return;
		} catch (error) {
			if (Date.now() > end) throw error;
		}
	}
}

/** The place of `text` at the end of `around`, which stands once in the document. */
export function rangeOf(document: vscode.TextDocument, around: string, text: string = around): vscode.Range {
	const parts = document.getText().split(around);
	assert.equal(parts.length, 2, `"${around}" stands ${parts.length - 1} times in ${document.uri.path}`);
	const end = (parts[0] ?? "").length + around.length;
	return new vscode.Range(document.positionAt(end - text.length), document.positionAt(end));
}

/** The text of every hover at a place. */
export async function hoverAt(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
	const hovers = await vscode.commands.executeCommand<vscode.Hover[]>("vscode.executeHoverProvider", document.uri, position);
	return hovers.flatMap((hover) => hover.contents.map((content) => (typeof content === "string" ? content : content.value))).join("\n\n");
}

/** The lines above the objects of a document, with the numbers of the lines that they stand above. */
export async function lensesOf(document: vscode.TextDocument): Promise<readonly string[]> {
	const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", document.uri, 20);
	return lenses.map(({ range, command }) => `${range.start.line + 1}: ${command?.title}`);
}

/** The lines of a document that have hints, with the hints. */
export async function hintedLines(document: vscode.TextDocument): Promise<readonly string[]> {
	const all = new vscode.Range(0, 0, document.lineCount, 0);
	const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>("vscode.executeInlayHintProvider", document.uri, all);
	return hints.map(({ position, label, paddingLeft }) => {
		const text = document.lineAt(position.line).text;
		return `${text.slice(0, position.character)}‹${paddingLeft ? " " : ""}${label}›${text.slice(position.character)}`.trim();
	});
}

/** The quick fixes that a range offers, with their edits. */
export async function fixesAt(document: vscode.TextDocument, range: vscode.Range): Promise<vscode.CodeAction[]> {
	const answered = new vscode.CodeAction("VS Code answered", vscode.CodeActionKind.QuickFix);
	const kinds = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] };
	const provider = vscode.languages.registerCodeActionsProvider("yaml", { provideCodeActions: () => [answered] }, kinds);
	try {
		// VS Code drops a request, with no action at all for an answer, when some extension registers a provider meanwhile.
		for (;;) {
			const fixes = await requestFixes(document, range);
			const others = fixes.filter((fix) => fix.title !== answered.title);
			if (others.length < fixes.length) {
				return others;
			}
		}
	} finally {
		provider.dispose();
	}
}

function requestFixes(document: vscode.TextDocument, range: vscode.Range): Thenable<vscode.CodeAction[]> {
	const kind = vscode.CodeActionKind.QuickFix.value;
	const resolved = 20;
	return vscode.commands.executeCommand<vscode.CodeAction[]>("vscode.executeCodeActionProvider", document.uri, range, kind, resolved);
}

/** Applies the quick fix of this title. */
export async function applyFix(document: vscode.TextDocument, range: vscode.Range, title: string): Promise<void> {
	const fixes = await fixesAt(document, range);
	const fix = fixes.find((candidate) => candidate.title === title);
	assert(fix?.edit, `"${title}" is not among ${JSON.stringify(fixes.map((candidate) => candidate.title))}`);
	assert(await vscode.workspace.applyEdit(fix.edit), `"${title}" was refused`);
}

/** Replaces a text that stands once in the document, and saves nothing. */
export async function type(document: vscode.TextDocument, from: string, to: string): Promise<void> {
	const edit = new vscode.WorkspaceEdit();
	edit.replace(document.uri, rangeOf(document, from), to);
	assert(await vscode.workspace.applyEdit(edit));
}

/** Takes the last change of a document back. */
export async function undo(document: vscode.TextDocument): Promise<void> {
	await vscode.window.showTextDocument(document);
	await vscode.commands.executeCommand("undo");
}

/** Goes back to what the disk holds. */
export async function revert(document: vscode.TextDocument): Promise<void> {
	if (document.isDirty) {
		await vscode.window.showTextDocument(document);
		await vscode.commands.executeCommand("workbench.action.files.revert");
	}
}
