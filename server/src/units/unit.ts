import type { Manifest } from "../model/manifest.ts";
import type { KubeObject } from "../model/object.ts";
import type { ConfigurationFile } from "../settings/configurationFile.ts";
import type { Place } from "../text/source.ts";
import type { ImageBuilds } from "./imageBuilds.ts";

/** Objects that are deployed together. What lies to the right of this folder does not know how a unit came about. */
export interface Unit {
	/** Unique among the units of a snapshot. */
	readonly id: string;
	/** What the user calls it: a configured name, else the folder. */
	readonly name: string;
	readonly kind: "plain" | "kustomize" | "chart" | "stdin" | "configured";
	/** The folder, without a slash at the end; of a configured unit the one that holds its configuration. */
	readonly path: string;
	readonly manifests: readonly Manifest[];
	readonly objects: readonly KubeObject[];
	/** False when objects may be deployed that are not here, so that nothing is said about absence. */
	readonly complete: boolean;
	readonly gaps: readonly Gap[];
	/** Objects are changed before they are deployed in ways that are not known here, so that what they lack may be added. */
	readonly patched: boolean;
	/** Files of the unit that define one object differently, so that only one of them is ever deployed. */
	readonly areAlternatives: (a: string, b: string) => boolean;
	/** The images that are built in the workspace around it. */
	readonly images: ImageBuilds;
	/** The configuration file that stands in the folder. */
	readonly configuration: ConfigurationFile | undefined;
}

/** Something of a unit that could not be read or rendered. */
export interface Gap {
	readonly reason: string;
	readonly uri: string;
	readonly at: Place | undefined;
}

/** Whether everything in a unit is deployed for certain, whatever files it stands in. */
export function isDeployedAsOne({ kind }: Unit): boolean {
	return kind === "stdin" || kind === "configured";
}

/** Whether two objects of a unit can be in the cluster together, as far as their files tell. */
export function sees(unit: Unit, a: KubeObject, b: KubeObject): boolean {
	return a.source.uri === b.source.uri || !unit.areAlternatives(a.source.uri, b.source.uri);
}
