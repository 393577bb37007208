import {
	type CodeAction,
	CodeActionKind,
	type Diagnostic,
	type DiagnosticRelatedInformation,
	DiagnosticSeverity,
	DiagnosticTag,
	type Range,
	type TextEdit,
	type WorkspaceEdit,
} from "vscode-languageserver/node";
import type { OfferedAction } from "../features/codeActions.ts";
import { fileOf, type Snapshot } from "../links/snapshot.ts";
import { SHOW_DOCUMENTATION } from "../protocol.ts";
import type { Finding, Related, Severity } from "../rules/rule.ts";
import { offsetAt, positionAt, type SourceFile, spanInFile } from "../text/file.ts";
import type { Edit, Place, Span } from "../text/source.ts";
import type { Client } from "./client.ts";
import { OPEN_PAGE, pageOf } from "./pages.ts";

/** What is needed to say something about a snapshot to a client. */
export interface View {
	readonly snapshot: Snapshot;
	readonly client: Client;
	readonly uriOf: (name: string) => string;
	/** The version of an open document, `undefined` for a file that is not open. */
	readonly versionOf: (name: string) => number | undefined;
}

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
	error: DiagnosticSeverity.Error,
	warning: DiagnosticSeverity.Warning,
	information: DiagnosticSeverity.Information,
	hint: DiagnosticSeverity.Hint,
};

const TAGS = { unnecessary: DiagnosticTag.Unnecessary, deprecated: DiagnosticTag.Deprecated } as const;

/** `undefined` when the finding's place is no longer part of the snapshot. */
export function toDiagnostic(view: View, finding: Finding): Diagnostic | undefined {
	const file = fileOf(view.snapshot, finding.at.source.uri);
	const range = file && toRange(file, finding.at);
	if (!range) return undefined;
	const { client } = view;
	const tag = finding.tag && TAGS[finding.tag];
	const related = client.relatedInformation ? finding.related.flatMap((other) => toRelated(view, other)) : [];
	return {
		range,
		severity: SEVERITIES[finding.severity],
		code: finding.rule,
		source: "portolan",
		message: finding.message,
		...(client.codeDescription && { codeDescription: { href: pageOf(finding.rule) } }),
		...(tag && client.tags.includes(tag) && { tags: [tag] }),
		...(related.length > 0 && { relatedInformation: related }),
		...(client.diagnosticData && { data: { kubernetes: finding.kubernetes ?? null } }),
	};
}

function toRelated(view: View, { at, message }: Related): DiagnosticRelatedInformation[] {
	const file = fileOf(view.snapshot, at.source.uri);
	const range = file && toRange(file, at);
	return range ? [{ location: { uri: view.uriOf(file.uri), range }, message }] : [];
}

/** `undefined` when the place is no longer part of this version of the file. */
export function toRange(file: SourceFile, at: Place): Range | undefined {
	const span = spanInFile(file, at);
	return span && { start: positionAt(file, span.start), end: positionAt(file, span.end) };
}

/** Offsets into a file; what lies outside it is moved to its ends. */
export function toSpan(file: SourceFile, range: Range): Span {
	const start = offsetAt(file, range.start);
	return { start, end: Math.max(start, offsetAt(file, range.end)) };
}

/** `undefined` when an edit's place is no longer part of the snapshot, and for what the client cannot do. */
export function toCodeAction(view: View, { finding, title, preferred, does }: OfferedAction): CodeAction | undefined {
	const diagnostic = toDiagnostic(view, finding);
	const done = "documentation" in does ? toCommand(view.client, does.documentation) : toEdit(view, does);
	if (!diagnostic || !done) return undefined;
	return {
		title,
		kind: CodeActionKind.QuickFix,
		diagnostics: [diagnostic],
		...done,
		...(preferred && view.client.preferredActions && { isPreferred: true }),
	};
}

function toCommand({ showsDocumentation, showsDocuments }: Client, rule: string): Pick<CodeAction, "command"> | undefined {
	if (!showsDocumentation && !showsDocuments) return undefined;
	return { command: { title: "Show documentation", command: showsDocumentation ? SHOW_DOCUMENTATION : OPEN_PAGE, arguments: [rule] } };
}

function toEdit(view: View, does: Exclude<OfferedAction["does"], { documentation: string }>): Pick<CodeAction, "edit"> | undefined {
	const edit = "create" in does ? toNewFile(view, does.create) : toWorkspaceEdit(view, does.edits);
	return edit && { edit };
}

function toNewFile(
	{ client, uriOf }: View,
	{ uri: name, text }: { readonly uri: string; readonly text: string },
): WorkspaceEdit | undefined {
	if (!client.documentChanges || !client.createsFiles) return undefined;
	const uri = uriOf(name);
	const start = { line: 0, character: 0 };
	const edits = [{ range: { start, end: start }, newText: text }];
	return {
		documentChanges: [
			{ kind: "create", uri, options: { ignoreIfExists: true } },
			{ textDocument: { uri, version: null }, edits },
		],
	};
}

function toWorkspaceEdit(view: View, edits: readonly Edit[]): WorkspaceEdit | undefined {
	const files = new Map<string, TextEdit[]>();
	for (const edit of edits) {
		const { uri } = edit.source;
		const file = fileOf(view.snapshot, uri);
		const range = file && toRange(file, edit);
		if (!range) return undefined;
		files.set(uri, [...(files.get(uri) ?? []), { range, newText: edit.text }]);
	}
	if (!view.client.documentChanges)
		return { changes: Object.fromEntries([...files].map(([name, changes]) => [view.uriOf(name), changes])) };
	return {
		documentChanges: [...files].map(([name, changes]) => ({
			textDocument: { uri: view.uriOf(name), version: view.versionOf(name) ?? null },
			edits: changes,
		})),
	};
}
