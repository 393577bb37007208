import { fileOf, type Snapshot, settingsOf } from "../links/snapshot.ts";
import { isService } from "../model/manifest.ts";
import { type Service, type ServicePort, serviceType, targetPortOf } from "../model/service.ts";
import { type Backends, backendsOf } from "../reach/backends.ts";
import { landingOf } from "../reach/landing.ts";
import { nodePortOf } from "../reach/nodePort.ts";
import type { InlayHintsSetting } from "../settings/editorSettings.ts";
import { spanInFile } from "../text/file.ts";
import type { Place, Span } from "../text/source.ts";
import type { Unit } from "../units/unit.ts";
import { type Preferred, shownUnit } from "./unitName.ts";

/** A few words behind a value, which say what it comes to. */
export interface InlayHint {
	/** Offset into the file. */
	readonly at: number;
	readonly text: string;
	readonly tooltip: string;
}

/** The hints of a part of a file, in the order of the text, one Service after the other. */
export function* inlayHintsIn(
	snapshot: Snapshot,
	uri: string,
	range: Span,
	shows: InlayHintsSetting,
	preferred?: Preferred,
): Iterable<InlayHint> {
	const file = fileOf(snapshot, uri);
	const unit = shownUnit(snapshot, uri, preferred);
	if (!file || !unit || shows === "off") return;
	const isWanted = (at: Place): boolean => {
		const span = spanInFile(file, at);
		return span !== undefined && span.start <= range.end && span.end >= range.start;
	};
	for (const { objects } of unit.documents(uri)) {
		for (const service of objects) {
			if (!isService(service) || !isWanted(service.root)) continue;
			for (const { place, text, tooltip } of hintsOf(snapshot, unit, service, shows)) {
				const span = spanInFile(file, place);
				if (span && isWanted(place)) yield { at: span.end, text, tooltip };
			}
		}
	}
}

interface Hint {
	/** The value that it stands behind. */
	readonly place: Place;
	readonly text: string;
	readonly tooltip: string;
}

function* hintsOf(snapshot: Snapshot, unit: Unit, service: Service, shows: InlayHintsSetting): Iterable<Hint> {
	if (serviceType(service) === "ExternalName") return;
	const backends = backendsOf(snapshot, unit, service);
	for (const entry of service.ports) {
		if (shows === "all") yield* portHints(snapshot, unit, service, backends, entry);
		yield* targetHints(snapshot, unit, service, backends, entry);
	}
}

/** What a named target port is on the Pods; nothing where that is not certain. */
function* targetHints(snapshot: Snapshot, unit: Unit, service: Service, backends: Backends, entry: ServicePort): Iterable<Hint> {
	const name = entry.targetPort?.value;
	if (typeof name !== "string" || !entry.targetPort) return;
	const numbers = podPorts(snapshot, unit, service, backends, entry);
	if (numbers.length === 0 || backends.kind === "written") return;
	const tooltip = `What the selected Pods call ${name}`;
	yield { place: entry.targetPort.node, text: `= ${numbers.join(" or ")}`, tooltip };
}

/** Where a port without a target port leads, and the node port that is not written. */
function* portHints(snapshot: Snapshot, unit: Unit, service: Service, backends: Backends, entry: ServicePort): Iterable<Hint> {
	const place = entry.port?.node;
	if (!place || entry.port?.value === undefined) return;
	if (!entry.targetPort) {
		const numbers = backends.kind === "written" ? podPorts(snapshot, unit, service, backends, entry) : [targetPortOf(entry)];
		const text = `→ ${numbers.join(" or ")}`;
		if (numbers.length > 0) yield { place, text, tooltip: "No targetPort is written: the port of the Pods has the same number" };
	}
	if (entry.nodePort) return;
	const node = nodePortOf(settingsOf(snapshot, unit), service, entry);
	if (node?.number === null) {
		const range = node.text.replace(/[<>]/g, "").replace("-", "–");
		yield {
			place,
			text: `nodePort assigned ${range}`,
			tooltip: "No nodePort is written: the cluster assigns one when the Service is created",
		};
	} else if (node)
		yield { place, text: `nodePort ${node.number}`, tooltip: "The entry of the same port for another protocol has this node port" };
}

function podPorts(snapshot: Snapshot, unit: Unit, service: Service, backends: Backends, entry: ServicePort): readonly number[] {
	const landing = landingOf({ unit, settings: settingsOf(snapshot, unit) }, service, backends, entry);
	if (unit.patched || (landing.verdict !== "reaches" && landing.verdict !== "partly")) return [];
	return [...new Set(landing.to.flatMap(({ podPort }) => podPort ?? []))].sort((a, b) => a - b);
}
