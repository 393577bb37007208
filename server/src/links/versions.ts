import { type KubeObject, nameOf, namespaceOf, qualifiedName } from "../model/object.ts";
import { objectIndex } from "../units/indexes.ts";
import { sees, type Unit } from "../units/unit.ts";
import { sameIdentity } from "./links.ts";

const BY_NAME = objectIndex((object) => [[keyOf(object), object]]);

/**
 * The versions of `object` that a viewer can meet in the cluster: in several files that define one object, each is one. A
 * finding about the viewer needs all of them to agree.
 */
export function versionsFor<T extends KubeObject>(unit: Unit, viewer: KubeObject, object: T): readonly T[] {
	const alike = unit.find(BY_NAME, keyOf(object)) as readonly T[];
	return alike.length < 2 ? [object] : alike.filter((other) => sameIdentity(object, other) && sees(unit, viewer, other));
}

/** Whether another object of that kind and name, deployed with this one, stands in a namespace: this one would be taken for it there. */
export function isNameTaken(unit: Unit, object: KubeObject, namespace: string): boolean {
	if (nameOf(object) === undefined) return false;
	const alike = unit.find(BY_NAME, keyOf(object)).filter((other) => other !== object && sees(unit, object, other));
	return alike.some((other) => (namespaceOf(other) ?? "default") === namespace);
}

/** Whether two objects may be one: the same object twice, or names that are not known and so may be equal. */
export function mayBeOne(a: KubeObject, b: KubeObject): boolean {
	if (a === b || sameIdentity(a, b)) return true;
	const [one, other] = [nameOf(a), nameOf(b)];
	if (one === undefined && other === undefined) return true;
	return one === other && (namespaceOf(a) === undefined || namespaceOf(b) === undefined);
}

/** The names of objects, one for each however many versions it has; with the namespaces where two of a kind have one name. */
export function distinctNames(objects: readonly KubeObject[]): readonly { readonly kind: string; readonly name: string }[] {
	const distinct = [...new Map(objects.map((object) => [`${object.kind} ${qualifiedName(object)}`, object])).values()];
	const ambiguous = new Set(distinct.map(keyOf)).size < distinct.length;
	return distinct.map((object) => ({
		kind: object.kind,
		name: ambiguous ? qualifiedName(object) : (nameOf(object) ?? "without a name"),
	}));
}

function keyOf(object: KubeObject): string {
	return `${object.kind}/${nameOf(object) ?? ""}`;
}
