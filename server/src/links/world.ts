import { configurationOf, isInReach, topAbove } from "../units/configurations.ts";
import type { Deployers } from "../units/deployers/deployers.ts";
import { type RenderedPart, renderedPart } from "../units/renderedPart.ts";
import type { LoadRenderers } from "../units/renderers.ts";
import { type Root, renderingOf } from "../units/rendering.ts";
import type { Renders, World } from "../units/renders.ts";
import type { Surroundings } from "../units/role.ts";
import type { Line } from "../units/unit.ts";

/** What decides what is rendered, and to what. */
export interface Moment extends Surroundings {
	/** The same object for as long as no folder, kustomization or chart comes or goes and no configuration changes. */
	readonly layout: object;
	/** The same for all snapshots that were made of one another. */
	readonly line: Line;
	/** The files that may hold a manifest of a tool that deploys others. */
	readonly deployers: Deployers;
	/** What was rendered: the same for all snapshots that were made of one another. */
	readonly renders: Renders;
	/** What renders, once it is needed. */
	readonly load: LoadRenderers;
}

/** What a root is rendered to. */
export function partOf(snapshot: Moment, root: Root): RenderedPart {
	const { workloads } = configurationOf(snapshot.configurations, root.path).settings;
	const rendering = renderingOf(snapshot.renders, worldOf(snapshot), root);
	return renderedPart(rendering, workloads, snapshot.kustomized.resources);
}

const worlds = new WeakMap<Moment, World>();

export function worldOf(snapshot: Moment): World {
	let world = worlds.get(snapshot);
	if (!world) {
		const { folders, assets, configurations } = snapshot;
		const isInside = (path: string) => configurations.base.tops.size === 0 || topAbove(configurations, path) !== undefined;
		world = { folders, layout: snapshot.layout, assets, isInside, isInReach: (path) => isInReach(configurations, path) };
		worlds.set(snapshot, world);
	}
	return world;
}
