import type { MapNode } from "../yaml/nodes.ts";
import { type Field, isUnreadable, list, readField, text } from "./field.ts";
import { type Label, type LabelMap, readLabels } from "./labels.ts";
import { readItems } from "./service.ts";

/** A selector with `matchLabels` and `matchExpressions`, all of which must hold. */
export interface LabelSelector {
	readonly node: MapNode;
	readonly labels: LabelMap | undefined;
	readonly expressions: readonly Expression[];
	/** False when something in it cannot be read, so that it may demand more or something else. */
	readonly complete: boolean;
}

export interface Expression {
	readonly node: MapNode;
	readonly key: Field<string> | undefined;
	readonly operator: Field<string> | undefined;
	/** `undefined` where no list is written. */
	readonly values: readonly Field<string>[] | undefined;
}

export type Match = "yes" | "no" | "cannot-tell";

/** Labels as a selector sees them; not `complete` where there may be more. */
export interface Labels {
	readonly pairs: readonly Pick<Label, "name" | "value">[];
	readonly complete: boolean;
}

export function readLabelSelector(node: MapNode): LabelSelector {
	const labels = readLabels(node, "matchLabels");
	const written = readField(node, "matchExpressions", list);
	const items = written?.value?.items ?? [];
	const expressions = items.filter((item) => item.kind === "map").map(readExpression);
	const readable = !isUnreadable(written) && expressions.length === items.length && expressions.every(isReadable);
	return {
		node,
		labels,
		expressions,
		complete: readable && labels?.complete !== false && (labels?.pairs ?? []).every(({ state }) => state === "set"),
	};
}

function readExpression(node: MapNode): Expression {
	const values = readField(node, "values", list);
	return {
		node,
		key: readField(node, "key", text),
		operator: readField(node, "operator", text),
		values: values?.value && readItems(node, "values"),
	};
}

function isReadable({ node, key, operator, values = [] }: Expression): boolean {
	return ![key, operator, readField(node, "values", list), ...values].some(isUnreadable);
}

/** Whether it demands nothing, and so would take every Pod. */
export function isEmptySelector({ labels, expressions, complete }: LabelSelector): boolean {
	return complete && (labels?.pairs ?? []).length === 0 && expressions.length === 0;
}

/** Whether labels meet all that a selector demands. */
export function meetsSelector(labels: Labels | undefined, { labels: pairs, expressions, complete }: LabelSelector): Match {
	let certain = complete;
	for (const pair of pairs?.pairs ?? []) {
		const answer = hasPair(labels, pair);
		if (answer === "no") return "no";
		certain &&= answer === "yes";
	}
	for (const expression of expressions) {
		const answer = meetsExpression(labels, expression);
		if (answer === "no") return "no";
		certain &&= answer === "yes";
	}
	return certain ? "yes" : "cannot-tell";
}

/** Whether labels carry what one pair of `matchLabels` demands. */
export function hasPair(labels: Labels | undefined, pair: Label): Match {
	const found = labels?.pairs.find(({ name }) => name === pair.name);
	if (!found) return labels?.complete === false ? "cannot-tell" : "no";
	if (found.value === undefined || pair.value === undefined) return "cannot-tell";
	return found.value === pair.value ? "yes" : "no";
}

/**
 * Whether labels meet an expression; NotIn and DoesNotExist hold for a key that is absent. One that Kubernetes refuses cannot
 * be told. Source: Requirement.Matches and NewRequirement of apimachinery/pkg/labels/selector.go.
 */
export function meetsExpression(labels: Labels | undefined, expression: Expression): Match {
	const key = expression.key?.value;
	const values = (expression.values ?? []).map((field) => field.value ?? (field.state === "unset" ? "" : undefined));
	const operator = operatorOf(expression, values.length);
	if (key === undefined || operator === undefined || !isReadable(expression)) return "cannot-tell";
	const found = labels?.pairs.find(({ name }) => name === key);
	if (!found && labels?.complete === false) return "cannot-tell";
	if (operator === "Exists" || operator === "DoesNotExist") return (found !== undefined) === (operator === "Exists") ? "yes" : "no";
	if (found && found.value === undefined) return "cannot-tell";
	const isIn = found !== undefined && values.includes(found.value);
	return isIn === (operator === "In") ? "yes" : "no";
}

type Operator = "In" | "NotIn" | "Exists" | "DoesNotExist";

/** `undefined` for an operator that does not exist, or that does not go with this number of values. */
function operatorOf({ operator }: Expression, values: number): Operator | undefined {
	const written = operator?.value;
	if (written === "In" || written === "NotIn") return values > 0 ? written : undefined;
	if (written === "Exists" || written === "DoesNotExist") return values === 0 ? written : undefined;
	return undefined;
}
