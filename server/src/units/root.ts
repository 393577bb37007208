import type { ImageBuilds } from "./imageBuilds.ts";
import { isKustomizationFile } from "./kustomization.ts";
import { renderKustomization } from "./kustomize/render.ts";
import type { RenderedPart } from "./renderedPart.ts";
import type { Root } from "./rendering.ts";
import { type Line, Unit } from "./unit.ts";

/** A kustomization as something that is rendered, by the folder that it stands in. */
export function kustomizationRoot(path: string): Root {
	return {
		id: `kustomize:${path}`,
		kind: "kustomize",
		path,
		isMain: isKustomizationFile,
		render: (files) => renderKustomization(files, path),
	};
}

/** The unit of one root: everything that it deploys, and nothing else. */
export function renderedUnit(part: RenderedPart, images: ImageBuilds, line: Line): Unit {
	const { id, kind, path } = part.rendering.root;
	return new Unit({ id, name: path, kind, path, images, configuration: undefined }, { members: [], rendered: [part], gaps: [] }, line);
}
