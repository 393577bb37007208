import type { SourceFile } from "../../text/file.ts";
import type { Place } from "../../text/source.ts";
import type { MapNode } from "../../yaml/nodes.ts";
import type { Files } from "../rendered.ts";
import type { ChartRenderer } from "./charts.ts";
import type { Config } from "./config.ts";
import { type Problem, Refusal } from "./problem.ts";
import type { Resource } from "./resource.ts";

/** What there is so far on the way through kustomizations. */
export interface State {
	readonly resources: readonly Resource[];
	/** The places that transformers work on, those of all bases included. */
	readonly config: Config;
	readonly variables: readonly Variable[];
	/** A file with the merge keys of kinds, instead of those that kustomize knows. */
	readonly schema: SourceFile | undefined;
}

/** What a kustomization and all that it is made of come to, before names are made final. */
export interface Accumulated extends State {
	readonly problems: readonly Problem[];
}

/** A name that stands for a value of an object. */
export interface Variable {
	readonly name: string;
	/** The path of the value, as it is written. */
	readonly field: string;
	readonly at: Place;
}

/** What the steps of one kustomization share. */
export interface Build {
	readonly files: Files;
	readonly folder: string;
	/** The kustomization's file, and what it says. */
	readonly uri: string;
	readonly spec: MapNode;
	readonly problems: Problem[];
	/** The folders on the way here. */
	readonly above: readonly string[];
	readonly charts: ChartRenderer | undefined;
	/** The namespace that charts are installed in, where the kustomization has none. */
	readonly chartNamespace: string;
	readonly schema: SourceFile | undefined;
}

/** One change to all objects of a kustomization. */
export type Transformer = (resources: readonly Resource[]) => readonly Resource[];

export function problemOf({ kind, message, at, details }: Refusal, uri: string): Problem {
	return { kind, message, uri: at?.source.uri ?? uri, at, ...details };
}

/** Runs a step; one that `kustomize build` stops at leaves things as they were, with a problem. */
export function attempt<T>(build: Build, otherwise: T, step: () => T): T {
	try {
		return step();
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		build.problems.push(problemOf(error, build.uri));
		return otherwise;
	}
}
