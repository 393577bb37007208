import type { Snapshot } from "../links/snapshot.ts";
import { given } from "../model/field.ts";
import type { Ingress, IngressRoute } from "../model/ingress.ts";
import { qualifiedName, titleOf } from "../model/object.ts";
import type { Unit } from "../units/unit.ts";
import { spelling } from "./address.ts";
import type { Card, Text } from "./card.ts";
import { pathOfRoute } from "./ingress.ts";
import { reasonNotes } from "./notes.ts";
import type { Path } from "./path.ts";
import { A_SCREEN, cardRows } from "./rows.ts";

/** What is known about an Ingress, or about one of its routes: where requests arrive. */
export function ingressCard(snapshot: Snapshot, unit: Unit, ingress: Ingress, only?: IngressRoute, extent = A_SCREEN): Card {
	const routes = only ? [only] : ingress.routes;
	const paths = routes.map((route): Path => {
		const { via: _, ...path } = pathOfRoute(snapshot, unit, ingress, route);
		return only ? path : { ...path, via: backendWords(route) };
	});
	const { rows, more } = cardRows(paths, qualifiedName(ingress), extent);
	const service = only && backendWords(only);
	return {
		title: only ? [{ strong: "Backend" }, ` of Ingress ${titleOf(ingress)} → ${service}`] : title(ingress),
		rows,
		more: more && { words: "More routes than are shown here", command: undefined },
		notes: [],
		reasons: reasonNotes(paths, undefined),
		facts: [],
		warnings: [],
	};
}

function title(ingress: Ingress): Text {
	const name = given(ingress.className);
	const services = [...new Set(ingress.routes.map(backendWords))];
	const shown =
		services.length > MOST_BACKENDS ? [...services.slice(0, MOST_BACKENDS), `${services.length - MOST_BACKENDS} more`] : services;
	const to = shown.length > 0 ? shown.join(", ") : "no backend";
	return [{ strong: "Ingress" }, ` ${titleOf(ingress)}${name === undefined ? "" : ` · class ${name}`} → ${to}`];
}

const MOST_BACKENDS = 3;

function backendWords({ backend: { service, port, resource } }: IngressRoute): string {
	if (resource) return `${resource.kind} ${resource.name}`;
	return `Service ${service?.value ?? spelling(service)}:${port?.value ?? spelling(port)}`;
}
