import type { Container, ContainerPort } from "../model/podTemplate.ts";
import type { ServicePort } from "../model/service.ts";
import type { Place } from "../text/source.ts";

/** A run of text: plain, a piece of code, or set off from the rest. */
export type Piece = string | { readonly code: string; readonly link?: string | undefined } | { readonly strong: string };

export type Text = readonly Piece[];

/** Who uses which addresses, and where they lead. */
export interface Row {
	readonly from: Text;
	readonly addresses: readonly Text[];
	readonly arrives: Text;
	/** The row arrives where the one before it does. */
	readonly repeats: boolean;
}

/** Something that is so, about a piece of text; a finding at the same place makes a warning of it. */
export interface Fact {
	readonly at: Place;
	readonly text: Text;
}

export interface Warning {
	/** What does not work, or almost certainly is not meant; else worth knowing. */
	readonly serious: boolean;
	readonly text: Text;
}

/** What is left out, and the command line that prints it. */
export interface More {
	readonly words: string;
	readonly command: string | undefined;
}

/** Everything that is said about an object at once: the answer first, then the access table, notes, what is wrong. */
export interface Card {
	readonly title: Text;
	readonly rows: readonly Row[];
	/** What the rows leave out. */
	readonly more: More | undefined;
	readonly notes: readonly Text[];
	/** Why something does not arrive for certain; what is wrong with the object says it better. */
	readonly reasons: readonly Text[];
	readonly facts: readonly Fact[];
	readonly warnings: readonly Warning[];
}

/** Which part of a Service a card is about: one entry of its ports, and the field of it that was asked for. */
export interface PortPart {
	readonly entry: ServicePort;
	readonly field: "port" | "targetPort" | "nodePort";
}

/** Which part of a workload a card is about: a port of a container, and the field of it that was asked for. */
export interface ContainerPart {
	readonly container: Container;
	readonly port: ContainerPort;
	readonly field: "containerPort" | "hostPort";
}

/** What is said about something that is no object: the answer first, then a table of a few columns, a text as it is, and notes. */
export interface Sheet {
	readonly title: Text;
	/** The names of the columns. */
	readonly head: readonly string[];
	readonly rows: readonly (readonly Text[])[];
	/** YAML, as it is. */
	readonly block: string | undefined;
	readonly notes: readonly Text[];
}
