import { entryOf, type MapNode, type Node } from "../../yaml/nodes.ts";
import { baseName } from "../folder.ts";
import type { Build, Transformer } from "./build.ts";
import { rootOf } from "./documents.ts";
import { atField, pathOf } from "./fieldSpec.ts";
import { fileAt } from "./paths.ts";
import { Refusal } from "./problem.ts";
import { selector } from "./selector.ts";
import { itemsAt, textIn } from "./shape.ts";
import { textNode, viaOf } from "./tree.ts";

/** Puts a value into fields, or a part into paths that stand there. Source: ValueAddTransformer of kustomize. */
export function valueAdded(build: Build, root: MapNode): readonly Transformer[] {
	const given = entryOf(root, "value")?.value;
	const value = textIn(root, "value").trim() || baseName(build.folder);
	const path = entryOf(root, "targetFilePath")?.value;
	const file = path?.kind === "scalar" ? fileAt(build.files, build.folder, path.text, path) : undefined;
	const shared = file?.parts[0] && rootOf(file.parts[0].source).raw;
	const targets = [...itemsAt(root, "targets"), ...itemsAt(shared, "targets")];
	if (targets.length === 0) throw new Refusal("invalid", "This transformer needs a target", root);
	return targets.map((target): Transformer => {
		const fieldPath = textIn(target, "fieldPath");
		if (fieldPath === "") throw new Refusal("invalid", "This target needs a fieldPath", target);
		const select = entryOf(target, "selector")?.value;
		const isMeant = select ? selector(select) : () => true;
		const position = entryOf(target, "filePathPosition")?.value;
		const index = position?.kind === "scalar" && typeof position.value === "number" ? position.value : 0;
		const set = (old: Node): Node => {
			const text = old.kind === "scalar" && old.value !== null ? old.text : "";
			const at = given ?? root;
			return textNode(at, index > 0 ? inserted(text, index - 1, value) : value, text === "" ? [] : viaOf(old, "base"));
		};
		const spec = { path: pathOf(fieldPath), create: true };
		return (resources) =>
			resources.map((resource) =>
				isMeant(resource) ? { ...resource, root: atField(resource.root, spec, set, { kind: "scalar", at: root }) } : resource,
			);
	});
}

function inserted(path: string, index: number, part: string): string {
	const isAbsolute = path.startsWith("/");
	const parts = path.split("/").filter((each) => each !== "");
	parts.splice(index, 0, part);
	return (isAbsolute ? "/" : "") + parts.join("/");
}
