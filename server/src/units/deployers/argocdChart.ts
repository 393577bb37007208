import type { Node, ScalarNode } from "../../yaml/nodes.ts";
import { entryOf, valueAt } from "../../yaml/nodes.ts";
import type { GivenValues } from "../helm/chart/given.ts";
import { inlineRoots } from "../kustomize/inline.ts";
import type { Gap } from "../piece.ts";
import type { Files } from "../rendered.ts";
import { chartSource } from "./charts.ts";
import type { DeployedSource } from "./deployment.ts";
import { isSaid, isTrue, listAt, literalAt, scalarAt } from "./literal.ts";

interface Found {
	readonly files: Files;
	readonly folder: string;
	/** The Application, and the source of it that the chart is. */
	readonly root: Node;
	readonly source: Node;
	readonly namespace: ScalarNode | undefined;
	readonly unknown: readonly Gap[];
	/** Finds a values file. */
	readonly locate: (file: string) => string | undefined;
}

/**
 * A chart as Argo CD has Helm render it: values files, then `valuesObject` or else `values`, then parameters. Source: helmTemplate() of
 * Argo CD's repository server.
 */
export function argoChart({ folder, root, source, namespace, unknown, locate }: Found): DeployedSource {
	const helm = entryOf(source, "helm")?.value;
	const gaps = [...unknown];
	const doubt = (at: Node, reason: string) => gaps.push({ uri: at.source.uri, reason, at, alters: true });
	const release = literalAt(helm, "releaseName") || (literalAt(root, "metadata", "name") ?? "");
	const values = [
		...listAt(helm, "valueFiles").flatMap((file) => fileOf(file, isTrue(helm, "ignoreMissingValueFiles"), locate, doubt)),
		...inlineValues(helm, doubt),
		...listAt(helm, "parameters").flatMap((parameter) => parameterOf(parameter, doubt)),
	];
	for (const parameter of listAt(helm, "fileParameters")) doubt(parameter, "the text of a file is a value here, which is not read");
	return chartSource({
		path: folder,
		release: { name: release, namespace: literalAt(helm, "namespace") || namespace?.text || "default" },
		values,
		namespace,
		kubeVersion: literalAt(helm, "kubeVersion"),
		unknown: gaps,
	});
}

type Doubt = (at: Node, reason: string) => void;

function fileOf(node: Node, isOptional: boolean, locate: Found["locate"], doubt: Doubt): readonly GivenValues[] {
	const file = literalAt(node);
	const uri = file === undefined || /[*?[{]/.test(file) ? undefined : locate(file);
	if (uri === undefined) doubt(node, "this values file is not here");
	return uri === undefined ? [] : [{ file: uri, optional: isOptional }];
}

function inlineValues(helm: Node | undefined, doubt: Doubt): readonly GivenValues[] {
	const object = valueAt(helm, "valuesObject");
	if (object && isSaid(object)) return [{ node: object }];
	const text = scalarAt(helm, "values");
	const [first] = text ? inlineRoots(text) : [];
	if (text && first?.faults[0]) doubt(text, first.faults[0].message);
	return first?.raw ? [{ node: first.raw }] : [];
}

/** Argo CD takes braces around a value for a list, as Helm does, and escapes commas everywhere else. */
function parameterOf(parameter: Node, doubt: Doubt): readonly GivenValues[] {
	const [name, value] = [scalarAt(parameter, "name"), scalarAt(parameter, "value")];
	if (!name) return [];
	if (!value || /^\{.*\}$/s.test(value.text)) {
		doubt(parameter, "this parameter is not read");
		return [];
	}
	return [{ set: { name: name.text, value, asText: isTrue(parameter, "forceString") } }];
}
