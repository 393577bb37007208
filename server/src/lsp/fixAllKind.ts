import { CodeActionKind } from "vscode-languageserver/node";

/** The kind by which an editor asks for all safe fixes of a document, on saving for one. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.portolan`;
