import { type Field, isUnreadable } from "../model/field.ts";
import type { Expression } from "../model/labelSelector.ts";
import { placeOf } from "../model/places.ts";
import type { Place } from "../text/source.ts";
import { entryOf } from "../yaml/nodes.ts";

const OPERATORS = ["In", "NotIn", "Exists", "DoesNotExist"];

/**
 * What does not fit together in an item of `matchExpressions`.
 * Source: ValidateLabelSelectorRequirement of k8s.io/apimachinery, meta/v1/validation.
 */
export function* misfitExpression({ node, key, operator, values }: Expression): Iterable<{ readonly at: Place; readonly message: string }> {
	const first = node.entries[0]?.key ?? node;
	const written = operator?.value ?? "";
	const at = (field: Field<string> | undefined) => (field ? placeOf(field) : first);
	if (!isUnreadable(key) && key?.value === undefined) yield { at: at(key), message: "An expression of the selector has no key" };
	if (isUnreadable(operator)) return;
	if (!OPERATORS.includes(written)) {
		const what =
			written === "" ? "An expression of the selector has no operator" : `operator ${written} is none of ${OPERATORS.join(", ")}`;
		yield { at: at(operator), message: what };
		return;
	}
	const list = entryOf(node, "values");
	const needed = written === "In" || written === "NotIn";
	if (list && values === undefined && list.value.kind !== "scalar") return;
	if (needed === (values ?? []).length > 0) return;
	yield { at: list?.key ?? first, message: needed ? `operator ${written} needs values` : `operator ${written} takes no values` };
}
