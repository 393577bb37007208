import type { MapNode } from "../../yaml/nodes.ts";
import type { Files, Rendered, RenderedObject } from "../rendered.ts";
import type { Build } from "./build.ts";
import { EMPTY, mergedConfig } from "./config.ts";
import { configOf } from "./configurations.ts";
import { finished } from "./finish.ts";
import { isHarmless, type Problem, Refusal } from "./problem.ts";
import { resourceOf } from "./resource.ts";
import { transformed } from "./transform.ts";

/** Objects that something else made, as a kustomization that has them as its resources changes them. */
export function renderOnto(files: Files, folder: string, uri: string, objects: readonly RenderedObject[], spec: MapNode): Rendered {
	const problems: Problem[] = [];
	const build: Build = { files, folder, uri, spec, problems, above: [], charts: undefined, chartNamespace: "", schema: undefined };
	const config = mergedConfig(EMPTY, configOf(build), spec);
	const made = objects.map((object) => ({ ...resourceOf(object.root, object.uri), unknown: object.unknown }));
	const resources = transformed(build, config, made, (path) => {
		throw new Refusal("unsupported", "There are no files here", path);
	});
	const done = finished({ resources, config, variables: [], schema: undefined, problems }, spec, folder, problems);
	const gaps = problems.filter((problem) => !isHarmless(problem)).map(({ message, at }) => ({ reason: message, uri, at, alters: true }));
	return { objects: done.map(({ root, uri: from, unknown }) => ({ root, uri: from, unknown })), gaps };
}
