import type { ImageBuilds } from "../imageBuilds.ts";
import type { RenderedPart } from "../renderedPart.ts";
import { type Line, Unit } from "../unit.ts";
import type { Deployment } from "./deployment.ts";

/** What a tool deploys together, one part for each of its sources. */
export function deployedUnit(deployment: Deployment, rendered: readonly RenderedPart[], images: ImageBuilds, line: Line): Unit {
	const { id, name, uri, at, sources, gaps } = deployment;
	const [first, second] = sources;
	const kind = !first || second || first.kind === "plain" ? "configured" : first.kind;
	const facts = { id, name, kind, path: first?.path ?? uri, images, configuration: undefined, deployer: { uri, at } } as const;
	return new Unit(facts, { members: [], rendered, gaps }, line);
}
