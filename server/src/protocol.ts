/** Request without parameters: reads the whole workspace again; answered when that is done. */
export const REINDEX = "portolan/reindex";

/** Request: what is to be said about a document in the editor's status. */
export const STATUS = "portolan/status";

export interface StatusParams {
	readonly uri: string;
}

export interface Status {
	readonly text: string;
	readonly detail: string;
	/** Something keeps Portolan from checking this document. */
	readonly limited: boolean;
}

/** Notification without parameters: what `STATUS` answers may have changed. */
export const STATUS_CHANGED = "portolan/statusChanged";

/** Options that the client hands over at the start. */
export interface InitializationOptions {
	/** The client renders tables in hovers. */
	readonly hoverTable?: boolean;
	/** The client listens to `STATUS_CHANGED`. */
	readonly status?: boolean;
}
