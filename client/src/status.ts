import { Disposable, type DocumentSelector, type Event, type LanguageStatusItem, LanguageStatusSeverity, languages, window } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { CHOOSE, STATUS, type Status, type StatusParams } from "../../server/src/protocol.ts";

/** Says in the language status what Portolan makes of the document that is being edited. Nothing is shown where there is no manifest. */
export function showStatus(client: LanguageClient, documents: DocumentSelector, statusChanged: Event<void>): Disposable {
	let shown: Disposable | undefined;
	let asked = 0;
	const make = (id: string, { text, detail }: Pick<Status, "text" | "detail">): LanguageStatusItem => {
		const item = languages.createLanguageStatusItem(id, documents);
		item.name = "Portolan";
		item.text = text;
		item.detail = detail === "" ? "Portolan" : `Portolan: ${detail}`;
		return item;
	};
	const show = (status: Status): Disposable => {
		const item = make("portolan", status);
		item.severity = status.limited ? LanguageStatusSeverity.Warning : LanguageStatusSeverity.Information;
		item.command =
			(status.units ?? 0) > 1 ? { command: CHOOSE, title: "Choose unit" } : { command: "portolan.showOutput", title: "Show output" };
		return Disposable.from(item, make("portolan.workspace", status.workspace));
	};
	const update = async (): Promise<void> => {
		const question = ++asked;
		const document = window.activeTextEditor?.document;
		const known = client.isRunning() && document && languages.match(documents, document) > 0;
		const params = known && ({ uri: client.code2ProtocolConverter.asUri(document.uri) } satisfies StatusParams);
		// The server may stop before it answers.
		const status = params ? await client.sendRequest<Status | null>(STATUS, params).catch(() => null) : null;
		if (question !== asked) return;
		shown?.dispose();
		shown = status ? show(status) : undefined;
	};
	return Disposable.from(statusChanged(update), window.onDidChangeActiveTextEditor(update), new Disposable(() => shown?.dispose()));
}
