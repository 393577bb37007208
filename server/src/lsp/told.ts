/** What the client was told last. */
export class DiagnosticsState {
	/** Counts everything that may change an answer. */
	revision = 0;
	/** Result ids of open documents, by name. */
	readonly answered = new Map<string, string>();
	/** The workspace request that was answered with nothing new, so that its like can be answered at once. */
	quiet: { readonly revision: number; readonly previous: string } | undefined;
}
