import type { Links } from "../links/links.ts";
import type { Manifest } from "../model/manifest.ts";
import type { KubeObject } from "../model/object.ts";
import type { Service } from "../model/service.ts";
import type { Workload } from "../model/workload.ts";
import type { ConfigurationFile } from "../settings/configurationFile.ts";
import type { Settings } from "../settings/settings.ts";
import type { SettingProblem } from "../settings/shape.ts";
import type { Edit, Place } from "../text/source.ts";
import type { Finder } from "../units/indexes.ts";
import type { Problem } from "../units/kustomize/problem.ts";
import type { Rendering } from "../units/rendering.ts";
import type { Unit } from "../units/unit.ts";
import type { Parsed } from "../yaml/parse.ts";
import type { Ignore } from "./ignores.ts";

export type Severity = "error" | "warning" | "information" | "hint";

/** What kube-apiserver answers when the objects are created. */
export type Answer = "refuses" | "warns";

/** What a rule looks at, one at a time. */
export interface Subjects {
	readonly Service: Service;
	readonly Workload: Workload;
	/** Any modelled object. */
	readonly Object: KubeObject;
	/** Any document of a unit. */
	readonly Document: Manifest;
	/** A text that something is read from: a document of a unit, or a kustomization. */
	readonly Text: Manifest | { readonly kustomization: Parsed };
	/** A document that holds a modelled object, or whose readable part says that it should. */
	readonly Manifest: Manifest;
	/** A configuration file. */
	readonly Configuration: ConfigurationFile;
	/** What is wrong in a kustomization, and where it is said. */
	readonly Problem: { readonly problem: Problem; readonly at: Place; readonly rendering: Rendering };
	/** A comment that silences, and the names in it that silence nothing although their rules are on. */
	readonly Ignore: { readonly ignore: Ignore; readonly unused: readonly Place[] };
}

/** What a rule may know beside its subject. */
export interface Context {
	readonly unit: Unit;
	readonly links: Links;
	readonly settings: Settings;
	/** The names of all rules. */
	readonly ruleNames: ReadonlySet<string>;
	/** What the units of a configuration name and is certainly not there. */
	readonly unfound: (configuration: ConfigurationFile) => readonly SettingProblem[];
	/** The folders around, which links look into: a match there may silence a finding, it never makes one. */
	readonly near: () => Finder;
}

/** One defect at one place, as a rule states it. */
export interface Report {
	/** The smallest text that is wrong. */
	readonly at: Place;
	/** Present tense, concrete names, no full stop. */
	readonly message: string;
	/** One of the rule's levels; the first where none is named. */
	readonly level?: Severity;
	readonly kubernetes?: Answer;
	readonly related?: readonly Related[];
	readonly fixes?: readonly Fix[];
	readonly tag?: "unnecessary" | "deprecated";
	/** Reported only where a user has given the rule a severity. */
	readonly optional?: boolean;
	/** The object that the finding is about, where it is another than the subject. */
	readonly object?: KubeObject;
	/** It says that a workload or a Service is not there: it counts only where the unit lacks none, whatever the rule saw. */
	readonly lacking?: "workload" | "service";
	/** Something is of no use, which it must be in every unit that has the file. */
	readonly useless?: boolean;
}

export interface Related {
	readonly at: Place;
	readonly message: string;
}

export interface Fix {
	/** An imperative: `Set targetPort to 8081`. */
	readonly title: string;
	/** The only sensible repair, and nothing that works now can change by it. */
	readonly safe: boolean;
	readonly edits: readonly Edit[];
	/** What is written, beside the edits, into the configuration that holds, which is made where there is none. */
	readonly setting?: SettingChange;
}

/** An entry of one of the maps of a configuration. */
export interface SettingChange {
	readonly section: "rules" | "cluster";
	readonly key: string;
	/** YAML of one line. */
	readonly value: string;
}

/** The server is built without `why`, `source`, `bad` and `good`, which only pages and the command print. */
export interface Rule {
	/** kebab-case; names the defect. Also the diagnostic code, the page and the settings key. */
	readonly name: string;
	/** The severities it can have; a finding names one, the first is the default. */
	readonly levels: readonly [Severity, ...Severity[]];
	/** Not reported unless a user switches it on. */
	readonly off?: boolean;
	/** An editor may leave it to another extension that shows the same, unless a user sets a severity. */
	readonly auto?: boolean;
	/** Some of what it reports is `optional`. */
	readonly saysMore?: boolean;
	readonly on: keyof Subjects;
	/** Says nothing about an object whose document could not be read as a whole: what it sees there may be another thing than is meant. */
	readonly whole?: boolean;
	/** One sentence: what the defect is. */
	readonly summary: string;
	/** What goes wrong because of it. */
	readonly why: string;
	/** Where the fact comes from. */
	readonly source: string;
	/** A manifest that gives exactly one finding of this rule (a conflict: one at each end) and none of another. Several files: `#- name` lines. */
	readonly bad: string;
	/** A manifest that gives none; the first fix, where there is one, turns `bad` into it. */
	readonly good: string;
	readonly check: (subject: never, context: Context) => Iterable<Report>;
}

/** A rule with the type of its subject taken from `on`. */
export function rule<K extends keyof Subjects>(
	definition: Omit<Rule, "on" | "check"> & { readonly on: K; readonly check: (subject: Subjects[K], context: Context) => Iterable<Report> },
): Rule {
	return definition;
}

/** A report with the rule's name and the severity that the settings give it. */
export interface Finding extends Omit<Report, "level" | "kubernetes" | "related" | "fixes" | "object" | "optional"> {
	readonly rule: string;
	readonly severity: Severity;
	readonly kubernetes: Answer | undefined;
	readonly related: readonly Related[];
	readonly fixes: readonly Fix[];
	readonly object: KubeObject | undefined;
	/** It rests on what the folders around do not hold, so it counts only when they are read. */
	readonly lookedNear: boolean;
	/** An editor may leave it to another extension that shows the same. */
	readonly auto?: boolean;
}
