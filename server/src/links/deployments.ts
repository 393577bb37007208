import { configurationOf } from "../units/configurations.ts";
import { type Deployed, deployedBy, NOTHING_DEPLOYED } from "../units/deployers/deployed.ts";
import { type Deployment, deployedRoot } from "../units/deployers/deployment.ts";
import { deployedUnit } from "../units/deployers/unit.ts";
import type { ImageBuilds } from "../units/imageBuilds.ts";
import type { RenderedPart } from "../units/renderedPart.ts";
import { type Kept, readsOf } from "../units/renders.ts";
import type { Unit } from "../units/unit.ts";
import { type Moment, partOf, worldOf } from "./world.ts";

const found = new WeakMap<Moment, Deployed>();
const left = new WeakMap<readonly Deployment[], { readonly layout: object; readonly deployed: Deployed }>();

/** What tools deploy of the workspace, but for what somebody else has a say in: a path that `isOthers` says so of. */
export function deployedIn(snapshot: Moment, isOthers: (path: string) => boolean): Deployed {
	const { deployers, layout } = snapshot;
	if (deployers.size === 0) return NOTHING_DEPLOYED;
	const known = found.get(snapshot);
	if (known) return known;
	const all = read(snapshot).value;
	let own = left.get(all);
	if (own?.layout !== layout) {
		own = { layout, deployed: deployedBy(all.filter(({ sources }) => !sources.some(({ path }) => isOthers(path)))) };
		left.set(all, own);
	}
	found.set(snapshot, own.deployed);
	return own.deployed;
}

/** A patch of a deployer's manifest is none. */
function read(snapshot: Moment): Kept<readonly Deployment[]> {
	const { deployers, kustomized, renders, load } = snapshot;
	const uris = [...deployers].filter((uri) => !kustomized.notManifests.has(uri)).sort();
	const patched = new Set(uris.filter((uri) => kustomized.patched.has(uri)));
	const key = `deployers ${uris.join(" ")} patched ${[...patched].join(" ")}`;
	return renders.keep(worldOf(snapshot), key, (files) => load().readDeployments(files, uris, patched)).kept;
}

/** Files and folders that deployers name, and of which nobody knows whether they are there. */
export function wantedByDeployers(snapshot: Moment): readonly string[] {
	return snapshot.deployers.size === 0 ? [] : readsOf(read(snapshot)).wanted;
}

const units = new WeakMap<
	RenderedPart,
	{ readonly deployment: Deployment; readonly images: ImageBuilds; readonly parts: readonly RenderedPart[]; readonly unit: Unit }
>();

/** What one manifest of a deployer comes to. */
export function unitOfDeployment(snapshot: Moment, deployment: Deployment): Unit {
	const { configurations, images, line } = snapshot;
	const parts = deployment.sources.map((source, index) => {
		const { cluster, rendering } = configurationOf(configurations, source.path).settings;
		return partOf(snapshot, deployedRoot(deployment, index, source, { kubeVersion: `1.${cluster.version.to}`, limits: rendering }));
	});
	const [first] = parts;
	const known = first && units.get(first);
	if (known?.deployment === deployment && known.images === images && parts.every((part, at) => part === known.parts[at])) {
		return known.unit;
	}
	const unit = deployedUnit(deployment, parts, images, line);
	if (first) units.set(first, { deployment, images, parts, unit });
	return unit;
}
