import { hasIngress, isAnnotated, servicesNamed } from "../links/ingressServices.ts";
import { isSlip, nearness } from "../links/nearness.ts";
import { isUnreadable } from "../model/field.ts";
import { spelled } from "../model/fieldEdits.ts";
import { isDns1123Label } from "../model/forms.ts";
import type { Ingress, IngressBackend } from "../model/ingress.ts";
import { isIngress, isService } from "../model/manifest.ts";
import { describe, nameOf, namespaceOf, sameNamespace } from "../model/object.ts";
import type { Service } from "../model/service.ts";
import { objectIndex } from "../units/indexes.ts";
import { sees } from "../units/unit.ts";
import { replace } from "../yaml/edit.ts";
import { type Context, type Report, rule } from "./rule.ts";

export const ingressServiceNotFound = rule({
	name: "ingress-service-not-found",
	levels: ["warning"],
	on: "Object",
	whole: true,
	summary: "An Ingress that names a Service which is not there, although one beside it is very likely the one that it means.",
	why: "Nothing checks that the Service exists: the controller answers requests with 503, or with its default backend.",
	source: "https://kubernetes.io/docs/concepts/services-networking/ingress/#the-ingress-resource",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: frontend
spec:
  selector:
    app: frontend
  ports:
    - port: 80
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
spec:
  rules:
    - host: shop.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: fronted
                port:
                  number: 80
`,
	good: `
apiVersion: v1
kind: Service
metadata:
  name: frontend
spec:
  selector:
    app: frontend
  ports:
    - port: 80
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
spec:
  rules:
    - host: shop.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: frontend
                port:
                  number: 80
`,
	*check(object, context) {
		const { unit } = context;
		if (!isIngress(object) || unit.patched) return;
		for (const { backend } of object.routes) {
			const name = backend.service?.value;
			if (name === undefined || name === "" || isAnnotated(object, backend)) continue;
			const { services, uncertain, elsewhere } = servicesNamed(unit, object, name);
			if (services.length + uncertain.length > 0 || hasOpenNames(context)) continue;
			const near = elsewhere[0] ?? nearest(object, name, context);
			if (near && !isNearBy(object, name, context)) yield report(object, backend, near);
		}
	},
});

/** Services by their names; by nothing where the name cannot be told. */
const NAMED = objectIndex((object) => (isService(object) ? [[nameOf(object) ?? "", object]] : []));

/** A Service whose name is filled in later may be the one. */
function hasOpenNames({ unit }: Context): boolean {
	return unit.find(NAMED, "").length > 0;
}

/** The Service with the nearest name; one that an Ingress leads to already only where the name is a plain slip. Else the only one beside the only Ingress of a file. */
function nearest(ingress: Ingress, name: string, { unit, links }: Context): Service | undefined {
	const known = links.services.filter((service) => sameNamespace(ingress, service) === "yes" && sees(unit, ingress, service));
	const free = known.filter((service) => !hasIngress(unit, nameOf(service) ?? ""));
	const [near] = known
		.filter((service) => free.includes(service) || isSlip(name, nameOf(service) ?? ""))
		.map((service) => ({ service, distance: nearness(name, nameOf(service) ?? "") }))
		.filter(({ distance }) => distance !== undefined)
		.sort((a, b) => (a.distance ?? 0) - (b.distance ?? 0));
	return near?.service ?? alone(ingress, free, unit.objects.filter(isService), unit.objects.filter(isIngress));
}

function alone(
	ingress: Ingress,
	free: readonly Service[],
	services: readonly Service[],
	ingresses: readonly Ingress[],
): Service | undefined {
	const beside = services.filter(({ source }) => source.uri === ingress.source.uri);
	const others = ingresses.filter(({ source }) => source.uri === ingress.source.uri);
	const names = new Set(ingress.routes.map(({ backend }) => backend.service?.value));
	const [only] = beside;
	return only && beside.length === 1 && others.length === 1 && names.size === 1 && free.includes(only) ? only : undefined;
}

/** Whether a folder around has a Service of that name. */
function isNearBy(ingress: Ingress, name: string, { near }: Context): boolean {
	const mayBe = (service: Service) =>
		(nameOf(service) === name || isUnreadable(service.metadata.name)) && sameNamespace(ingress, service) !== "no";
	return ["", name].some((key) => near().find(NAMED, key, mayBe).length > 0);
}

function report(ingress: Ingress, { service: field, key }: IngressBackend, near: Service): Report {
	const name = field?.value ?? "";
	const own = namespaceOf(ingress) ?? "default";
	const elsewhere = nameOf(near) === name;
	const title = `Use ${describe(near)}`;
	const meant = nameOf(near) ?? "";
	return {
		lacking: "service",
		at: field?.node ?? key,
		message: elsewhere
			? `Service ${name} is in namespace ${namespaceOf(near) ?? "default"}, and an Ingress reaches Services of its own only, ${own}`
			: `There is no Service ${name} here; ${describe(near)} ${nearness(name, meant) === undefined ? "is the only one beside the Ingress" : "has the nearest name"}`,
		related: [{ at: near.metadata.name?.node ?? near.root, message: describe(near) }],
		fixes:
			elsewhere || field?.node.kind !== "scalar" || !isDns1123Label(meant)
				? []
				: [{ title, safe: false, edits: [replace(field.node, spelled(field.node, meant))] }],
	};
}
