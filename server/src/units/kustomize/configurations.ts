import type { Node } from "../../yaml/nodes.ts";
import type { Build } from "./build.ts";
import { BUILT_IN, type Config, EMPTY, mergedConfig } from "./config.ts";
import { configOfTypes } from "./crds.ts";
import { rootOf } from "./documents.ts";
import { FIELD_SPEC } from "./fields.ts";
import { fieldSpecsIn } from "./labels.ts";
import { byKind } from "./order.ts";
import { fileAt } from "./paths.ts";
import { Refusal } from "./problem.ts";
import type { NameReference } from "./referenceTable.ts";
import { itemsAt, type Shape, type ShapeFault, shaped, textIn } from "./shape.ts";

/** The places that kustomize knows, and those that a kustomization's `configurations` and `crds` teach it. */
export function configOf(build: Build): Config {
	const paths = itemsAt(build.spec, "configurations");
	const taught = paths.reduce<Config>((config, path) => mergedConfig(config, configurationAt(build, path), path), EMPTY);
	const crds = itemsAt(build.spec, "crds").reduce<Config>((config, path) => mergedConfig(config, crdsAt(build, path), path), EMPTY);
	return mergedConfig(mergedConfig(BUILT_IN, taught, build.spec), crds, build.spec);
}

function crdsAt(build: Build, path: Node): Config {
	const file = fileAt(build.files, build.folder, path.kind === "scalar" ? path.text : "", path);
	const source = file.parts[0]?.source;
	return source ? configOfTypes(rootOf(source).raw) : EMPTY;
}

const SPECS = [FIELD_SPEC] as const;
const PLAIN = ["namePrefix", "nameSuffix", "namespace", "commonLabels", "labels", "templateLabels"] as const;
const MORE = ["volumeClaimTemplateLabels", "commonAnnotations", "varReference", "images", "replicas"] as const;
const FIELDS: Shape = {
	...Object.fromEntries([...PLAIN, ...MORE].map((name) => [name, SPECS])),
	nameReference: [{ group: "text", version: "text", kind: "text", fieldSpecs: SPECS }],
};

function configurationAt(build: Build, path: Node): Config {
	const file = fileAt(build.files, build.folder, path.kind === "scalar" ? path.text : "", path);
	const source = file.parts[0]?.source;
	const raw = source && rootOf(source).raw;
	if (!raw) return EMPTY;
	const faults: ShapeFault[] = [];
	const node = shaped(raw, FIELDS, "", faults);
	const [fault] = faults;
	if (fault || node?.kind !== "map") throw new Refusal("invalid", fault?.message ?? "This is no configuration", fault?.at ?? path);
	const specs = Object.fromEntries([...PLAIN, ...MORE].map((name) => [name, byKind(fieldSpecsIn(node, name))]));
	return { ...EMPTY, ...specs, nameReference: byKind(itemsAt(node, "nameReference").map(referenceOf)) };
}

function referenceOf(item: Node): NameReference {
	return {
		group: textIn(item, "group"),
		version: textIn(item, "version"),
		kind: textIn(item, "kind"),
		referrers: fieldSpecsIn(item, "fieldSpecs"),
	};
}
