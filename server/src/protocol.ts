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
	/** How many units the document is rendered into: of several one can be chosen. */
	readonly units?: number;
	/** What is read in the whole workspace, and what is skipped. */
	readonly workspace: { readonly text: string; readonly detail: string };
}

/** Notification without parameters: what `STATUS` answers may have changed. */
export const STATUS_CHANGED = "portolan/statusChanged";

/** Options that the client hands over at the start. */
export interface InitializationOptions {
	/** The client renders tables in hovers. */
	readonly hoverTable?: boolean;
	/** The client listens to `STATUS_CHANGED` and `MANIFESTS`. */
	readonly status?: boolean;
	/** The client has the command `SHOW_DOCUMENTATION`. */
	readonly documentation?: boolean;
	/** The client has the command `SHOW_LOCATIONS`. */
	readonly locations?: boolean;
	/** The client has the command `SHOW_RENDERED`. */
	readonly rendered?: boolean;
	/** The client has the command `SHOW_PATHS`, and lets hovers call it. */
	readonly paths?: boolean;
	/** Another extension shows what is wrong in YAML itself. */
	readonly yamlExtension?: boolean;
}

/** Notification to the client: whether the workspace holds a manifest. */
export const MANIFESTS = "portolan/manifests";

export interface ManifestsParams {
	readonly there: boolean;
}

/** Notification to the server: an extension that shows what is wrong in YAML itself came or went. */
export const YAML_EXTENSION = "portolan/yamlExtension";

export interface YamlExtensionParams {
	readonly installed: boolean;
}

/** Command of the client, with the name of a rule: shows the rule's page. */
export const SHOW_DOCUMENTATION = "portolan.showDocumentation";

/** Command of the client, with `LocationsParams`: shows places of files, and goes to the only one. */
export const SHOW_LOCATIONS = "portolan.showLocations";

/** Positions are 0-based, and characters count UTF-16 units. */
export interface LocationsParams {
	readonly uri: string;
	readonly line: number;
	readonly places: readonly { readonly uri: string; readonly line: number; readonly character: number }[];
}

/** Command of the client, with the id of a unit: shows what it deploys, in a document that cannot be changed. */
export const SHOW_RENDERED = "portolan.showRendered";

/** Command of the client, with `PathsParams`: shows all access paths of what stands at a place. */
export const SHOW_PATHS = "portolan.showPaths";

/** Request: all that a hover would say if it could be longer than a screen, in Markdown. */
export const PATHS = "portolan/paths";

export interface PathsParams {
	readonly uri: string;
	/** 0-based. */
	readonly line: number;
	readonly character: number;
}

/** Request: what a unit deploys. It is the unit of that id, else the one that is shown of a document. */
export const RENDERED = "portolan/rendered";

export interface RenderedParams {
	readonly unit?: string;
	readonly uri?: string;
	/** Where in the document; 0-based. */
	readonly line?: number;
	readonly character?: number;
}

export interface RenderedDocument {
	readonly unit: string;
	readonly name: string;
	readonly text: string;
	/** The line of the text that comes from the place in the document, 0-based. */
	readonly line: number;
}

/** Request: the place that a character of a rendered document comes from. */
export const RENDERED_SOURCE = "portolan/renderedSource";

export interface RenderedSourceParams {
	readonly unit: string;
	readonly line: number;
	readonly character: number;
}

export interface RenderedSource {
	readonly uri: string;
	readonly line: number;
	readonly character: number;
	readonly endLine: number;
	readonly endCharacter: number;
}

/** Request: the units that a document is rendered into. */
export const UNITS = "portolan/units";

export interface UnitChoice {
	readonly id: string;
	readonly name: string;
	readonly complete: boolean;
	readonly shown: boolean;
}

/** Command of the client, with the URI of a document or for the one that is edited: lets a user choose the unit that is shown of it. */
export const CHOOSE = "portolan.chooseUnit";

/** Notification to the server: the unit that is shown of documents which belong to several. */
export const CHOOSE_UNIT = "portolan/chooseUnit";

export interface ChooseUnitParams {
	readonly id: string;
}

/** A tool whose answer can be compared with ours. */
export type Tool = "helm" | "kustomize";

/** Request: what is compared with the answer of a tool for a document, and how the tool is run for it. */
export const COMPARISON = "portolan/comparison";

export interface ComparisonParams {
	readonly uri: string;
	readonly tool: Tool;
}

export interface Comparison {
	readonly name: string;
	/** What Portolan says is deployed. */
	readonly text: string;
	/** How the tool is run, or in words why it is not. */
	readonly run: ToolRun | { readonly refused: string };
}

/** What a tool is asked. Files and folders are URIs. */
export interface ToolRun {
	readonly tool: Tool;
	readonly folder: string;
	/** Of Helm alone. */
	readonly values?: readonly string[];
	readonly release?: string;
	readonly namespace?: string;
	readonly kubeVersion?: string;
}

/** Request: what a tool has printed, as `Comparison` has its text. */
export const COMPARABLE = "portolan/comparable";

export interface ComparableParams {
	readonly printed: string;
}
