import { sameIdentity } from "../links/links.ts";
import { describe, type KubeObject, nameOf } from "../model/object.ts";
import { placeOf } from "../model/places.ts";
import { objectIndex } from "../units/indexes.ts";
import { isDeployedAsOne, type Unit } from "../units/unit.ts";
import { rule } from "./rule.ts";

export const duplicateObject = rule({
	name: "duplicate-object",
	levels: ["warning"],
	on: "Object",
	whole: true,
	summary: "An object that a file, or what a chart renders, defines twice.",
	why: "Both have one kind, namespace and name: kubectl apply lets the later one overwrite the earlier, and kubectl create refuses it.",
	source: "https://kubernetes.io/docs/concepts/overview/working-with-objects/names/",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 443
`,
	good: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
---
apiVersion: v1
kind: Service
metadata:
  name: web-tls
spec:
  selector:
    app: web
  ports:
    - port: 443
`,
	*check(object, { unit }) {
		const { name } = object.metadata;
		const earlier = earlierOf(unit, object);
		if (!name?.value || !earlier?.metadata.name || makesRevisions(object)) return;
		yield {
			at: placeOf(name),
			message: `${describe(object)} is defined twice ${isDeployedAsOne(unit) ? "in what is deployed together" : "in this file"}; the later one overwrites the earlier`,
			related: [{ at: placeOf(earlier.metadata.name), message: "It is here first" }],
		};
	},
});

const BY_NAME = objectIndex((object) => [[keyOf(object), object]]);

/** The first object of the same file, or of one stream, that is the same in the cluster for certain. */
function earlierOf(unit: Unit, object: KubeObject): KubeObject | undefined {
	const asOne = isDeployedAsOne(unit);
	const together = (other: KubeObject) => asOne || other.source.uri === object.source.uri;
	const alike = unit.find(BY_NAME, keyOf(object), together);
	return alike.slice(0, alike.indexOf(object)).find((other) => sameIdentity(object, other));
}

/** Knative keeps what each write of a Service says as a revision, so that one file may write several. */
function makesRevisions({ apiVersion }: KubeObject): boolean {
	return apiVersion.startsWith("serving.knative.dev/");
}

/** A kind of two groups is two kinds; a version of one is the same. */
function keyOf(object: KubeObject): string {
	const group = object.apiVersion.includes("/") ? object.apiVersion.replace(/\/.*/, "") : "";
	return [group.replace("extensions", "apps"), object.kind, nameOf(object) ?? ""].join(" ");
}
