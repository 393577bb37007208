import { entryOf, type MapNode, type Node, type ScalarNode } from "../../yaml/nodes.ts";
import { resolvePath } from "../folder.ts";
import { entry, mapNode } from "../kustomize/tree.ts";
import type { Gap } from "../piece.ts";
import type { Files } from "../rendered.ts";
import type { DeployedSource } from "./deployment.ts";
import { kustomizeSource } from "./kustomizations.ts";
import { appending, type Edit, flag, imageItem, inTurn, merging, replacing, setting } from "./kustomizeEdits.ts";
import { isTrue, listAt, literalAt, scalarAt } from "./literal.ts";
import { isFolder } from "./repository.ts";

interface Found {
	readonly files: Files;
	readonly folder: string;
	readonly uri: string;
	/** What stands below `kustomize`. */
	readonly node: Node | undefined;
	readonly namespace: ScalarNode | undefined;
	readonly unknown: readonly Gap[];
}

/** A kustomization that Argo CD edits before it builds it. Source: Build() of util/kustomize of Argo CD. */
export function argoKustomization({ files, folder, uri, node, namespace, unknown }: Found): DeployedSource {
	const images = listAt(node, "images");
	const items = images.flatMap((image) => (image.kind === "scalar" ? (imageItem(image) ?? []) : []));
	const odd = images.length > items.length ? [{ uri, reason: "an image that cannot be read", at: images[0], alters: true }] : [];
	const components = listAt(node, "components").filter((path) => !isTrue(node, "ignoreMissingComponents") || isThere(files, folder, path));
	const edit = inTurn([
		setting("namePrefix", scalarAt(node, "namePrefix")),
		setting("nameSuffix", scalarAt(node, "nameSuffix")),
		setting("namespace", scalarAt(node, "namespace")),
		replacing("images", "name", items),
		replacing("replicas", "name", listAt(node, "replicas")),
		labels(node),
		merging("commonAnnotations", mapAt(node, "commonAnnotations")),
		appending("components", components),
		appending("patches", listAt(node, "patches")),
	]);
	const bases = components.flatMap((path) => (path.kind === "scalar" ? (resolvePath(folder, path.text) ?? []) : []));
	return kustomizeSource(files, { path: folder, edit, namespace, bases, unknown: [...unknown, ...odd] });
}

function labels(node: Node | undefined): Edit {
	const pairs = mapAt(node, "commonLabels");
	if (!pairs || !isTrue(node, "labelWithoutSelector")) return merging("commonLabels", pairs);
	const templates = isTrue(node, "labelIncludeTemplates") ? [flag(pairs, "includeTemplates")] : [];
	return appending("labels", [mapNode(pairs, [entry("pairs", pairs, pairs), ...templates])]);
}

function mapAt(node: Node | undefined, name: string): MapNode | undefined {
	const found = entryOf(node, name)?.value;
	return found?.kind === "map" ? found : undefined;
}

function isThere(files: Files, folder: string, path: Node): boolean {
	const at = resolvePath(folder, literalAt(path) ?? "");
	return at !== undefined && isFolder(files, at);
}
