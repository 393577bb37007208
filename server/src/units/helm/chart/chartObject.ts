import { type Text, text } from "../template/text.ts";
import { bool, type Dict, dict, list, type Struct, struct, type Value } from "../template/values.ts";
import type { ImportValue } from "./metadata.ts";
import type { ChartNode, Requirement } from "./tree.ts";

/** `.Chart`: what Chart.yaml holds under Go's names, and whether it is the chart that is installed. Source: recAllTpls() of pkg/engine/engine.go. */
export function chartObject(node: ChartNode): Struct {
	const { metadata } = node.chart;
	const { apiVersion, appVersion, ...own } = metadata.texts;
	const texts = (values: readonly Value[]) => ({ ...list(values, "[]string"), nil: values.length === 0 });
	const annotations: Dict = { ...dict(metadata.annotations, "map[string]string"), nil: metadata.annotations.size === 0 };
	const maintainers = metadata.maintainers.map(maintainerObject);
	const listed = (node.requirements ?? []).map(dependencyObject);
	const fields: readonly (readonly [name: string, json: string, value: Value])[] = [
		["Name", "name", node.name],
		["Home", "home", own.home],
		["Sources", "sources", texts(metadata.sources)],
		["Version", "version", own.version],
		["Description", "description", own.description],
		["Keywords", "keywords", texts(metadata.keywords)],
		["Maintainers", "maintainers", { ...list(maintainers, "[]*chart.Maintainer"), nil: maintainers.length === 0 }],
		["Icon", "icon", own.icon],
		["APIVersion", "apiVersion", apiVersion],
		["Condition", "condition", own.condition],
		["Tags", "tags", own.tags],
		["AppVersion", "appVersion", appVersion],
		["Deprecated", "deprecated", bool(metadata.deprecated)],
		["Annotations", "annotations", annotations],
		["KubeVersion", "kubeVersion", own.kubeVersion],
		["Dependencies", "dependencies", { ...list(listed, "[]*chart.Dependency"), nil: listed.length === 0 }],
		["Type", "type", own.type],
	];
	const isRoot = bool(node.parent === undefined);
	const inner = object("chart.Metadata", fields);
	return {
		...struct("struct { chart.Metadata; IsRoot bool }", [...inner.fields, ["Metadata", inner], ["IsRoot", isRoot]]),
		plain: dict([...(inner.plain?.kind === "map" ? inner.plain.entries : []), ["IsRoot", isRoot]]),
	};
}

/** A struct whose JSON leaves out what is empty. */
function object(type: string, fields: readonly (readonly [name: string, json: string, value: Value])[]): Struct {
	const shown = fields.flatMap(([, json, value]) => (isEmpty(value) ? [] : [[json, value] as const]));
	return {
		...struct(
			type,
			fields.map(([name, , value]) => [name, value] as const),
		),
		plain: dict(shown),
	};
}

function isEmpty(value: Value): boolean {
	if (value.kind === "string") return value.value === "";
	if (value.kind === "bool") return !value.value;
	if (value.kind === "list") return value.items.length === 0;
	return value.kind === "map" && value.entries.size === 0;
}

function maintainerObject([name, email, url]: readonly [Text, Text, Text]): Struct {
	return object("*chart.Maintainer", [
		["Name", "name", name],
		["Email", "email", email],
		["URL", "url", url],
	]);
}

function dependencyObject({ listed, name, enabled }: Requirement): Struct {
	return object("*chart.Dependency", [
		["Name", "name", name === listed.name.value ? listed.name : text(name)],
		["Version", "version", listed.version],
		["Repository", "repository", listed.repository],
		["Condition", "condition", listed.condition],
		["Tags", "tags", list(listed.tags, "[]string")],
		["Enabled", "enabled", bool(enabled)],
		["ImportValues", "import-values", list(listed.importValues.map(importObject))],
		["Alias", "alias", listed.alias],
	]);
}

function importObject({ child, parent }: ImportValue): Dict {
	return dict(
		[
			["child", text(child)],
			["parent", text(parent)],
		],
		"map[string]string",
	);
}
