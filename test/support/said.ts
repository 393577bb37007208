import type { Rule } from "../../server/src/rules/rule.ts";
import type { Settings } from "../../server/src/settings/settings.ts";
import { findingsOf, settingsWith } from "./carets.ts";
import { cutFiles, snapshotOf } from "./workspace.ts";

/** What a rule says about manifests: `warning: message`, with Kubernetes' answer before it (`warning, refuses: message`). */
export function said(rule: Rule, text: string, cluster: Partial<Settings["cluster"]> = {}): readonly string[] {
	const rules: Settings["rules"] = rule.off ? { [rule.name]: rule.levels[0] } : {};
	const findings = findingsOf(snapshotOf(cutFiles(text), settingsWith({ rules, cluster })));
	return findings
		.filter((finding) => finding.rule === rule.name)
		.map(({ severity, kubernetes, message }) => `${severity}${kubernetes ? `, ${kubernetes}` : ""}: ${message}`);
}

interface Shape {
	readonly kind?: string;
	/** Further lines of the Pod's spec. */
	readonly spec?: string;
	/** Further lines of the workload's own spec. */
	readonly own?: string;
	readonly namespace?: string;
	/** Items of `initContainers`, each in flow style; a name and an image are added. */
	readonly init?: readonly string[];
}

/** A workload named `web` whose containers `a`, `b`, ... have these fields, in flow style and without braces. */
export function workload(containers: readonly string[], { kind = "Pod", spec, own, namespace, init = [] }: Shape = {}): string {
	const item = (name: string) => (fields: string, index: number) =>
		`    - { name: ${name}${String.fromCharCode(97 + index)}, image: registry.example.com/app:1.0${fields === "" ? "" : `, ${fields}`} }`;
	const pod = [
		"spec:",
		...(spec === undefined ? [] : spec.split("\n").map((line) => `  ${line}`)),
		...(kind === "Job" || kind === "CronJob" ? ["  restartPolicy: Never"] : []),
		...(init.length === 0 ? [] : ["  initContainers:", ...init.map(item("i"))]),
		"  containers:",
		...containers.map(item("")),
	];
	const metadata = (indent: string) =>
		`${indent}metadata: { name: web${namespace ? `, namespace: ${namespace}` : ""}, labels: { app: web } }`;
	if (kind === "Pod") return ["apiVersion: v1", "kind: Pod", metadata(""), ...pod, ""].join("\n");
	const template = ["template:", "  metadata: { labels: { app: web } }", ...pod.map((line) => `  ${line}`)];
	const selecting = kind === "Job" || kind === "CronJob" ? [] : ["selector: { matchLabels: { app: web } }"];
	const inner = [...(own === undefined ? [] : own.split("\n")), ...selecting, ...template];
	const body = kind === "CronJob" ? ['schedule: "* * * * *"', "jobTemplate:", "  spec:", ...inner.map((line) => `    ${line}`)] : inner;
	const version = kind === "Job" || kind === "CronJob" ? "batch/v1" : "apps/v1";
	return [`apiVersion: ${version}`, `kind: ${kind}`, metadata(""), "spec:", ...body.map((line) => `  ${line}`), ""].join("\n");
}
