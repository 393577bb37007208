import { entryOf, type MapNode, type Node } from "../../yaml/nodes.ts";
import { folderOf } from "../folder.ts";
import { atField } from "./fieldSpec.ts";
import { idOf, type Resource } from "./resource.ts";
import { itemsAt } from "./shape.ts";
import { changed, textNode, without, withValue } from "./tree.ts";

const ORIGIN = "config.kubernetes.io/origin";
const TRANSFORMATIONS = "alpha.config.kubernetes.io/transformations";

/** An entry of `buildMetadata`, which only that of the root counts. */
export function metadataAsked(spec: MapNode | undefined, name: string): Node | undefined {
	return itemsAt(spec, "buildMetadata").find((item) => item.kind === "scalar" && item.text === name);
}

/**
 * Has objects say where they come from, if the kustomization asks for that, and takes what they say of it themselves away, if not. Paths are
 * relative to `folder`, that of the root. Source: Origin of kustomize's api/resource, and RemoveOriginAnnotations().
 */
export function withOrigin(resource: Resource, spec: MapNode | undefined, folder: string): Resource {
	const at = metadataAsked(spec, "originAnnotations");
	const own = metadataAsked(spec, "transformerAnnotations") ? [] : [TRANSFORMATIONS];
	const root = cleaned(resource.root, at ? own : [ORIGIN, ...own]);
	if (!at) return root === resource.root ? resource : { ...resource, root };
	const set = (node: Node) =>
		node.kind === "map" ? withValue(node, ORIGIN, textNode(at, originOf(resource, folder)), textNode(at, ORIGIN)) : node;
	const noted = atField(root, { path: ["metadata", "annotations"], create: true }, set, { kind: "map", at });
	const unknown = isKnown(resource) ? resource.unknown : [...resource.unknown, `/metadata/annotations/${ORIGIN.replace("/", "~1")}`];
	return { ...resource, root: noted, unknown };
}

function cleaned(root: MapNode, names: readonly string[]): MapNode {
	return changed(root, "metadata", (metadata) => {
		if (metadata.kind !== "map" || entryOf(metadata, "annotations") === undefined) return metadata;
		return changed(metadata, "annotations", (map) => (map.kind === "map" ? names.reduce(without, map) : map));
	});
}

/** Of what a chart or a generator's own file made it is not known here what made it. */
function isKnown({ fromHelm, generated, root, uri }: Resource): boolean {
	return !fromHelm && (!generated || root.source.uri === uri);
}

function originOf(resource: Resource, folder: string): string {
	const path = relative(folder, resource.uri);
	if (!resource.generated) return `path: ${path}\n`;
	return `configuredIn: ${path}\nconfiguredBy:\n  apiVersion: builtin\n  kind: ${idOf(resource).kind}Generator\n`;
}

function relative(folder: string, uri: string): string {
	let [above, at] = ["", folder];
	for (; at !== "" && !uri.startsWith(`${at}/`); at = folderOf(at)) above += "../";
	return above + uri.slice(at.length + 1);
}
