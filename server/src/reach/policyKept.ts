import type { Verdict } from "./path.ts";
import { type Clients, meetOf, relation, wordsWithin } from "./policyClients.ts";
import type { Egress, Kept } from "./policyEgress.ts";

/** What becomes of some clients' connections. `clients` of Pods that a policy names. */
export interface Outcome {
	readonly who: string | null;
	readonly clients?: Clients;
	readonly verdict: Verdict;
	readonly why: string | null;
}

/** Pods that may connect to the other end may be closed at their own: one outcome for those, another for the rest. */
export function withEgress(outcome: Outcome, egress: Egress): readonly Outcome[] {
	if (outcome.verdict === "dropped") return [outcome];
	const { clients } = outcome;
	if (clients) return amongClients(outcome, clients, egress);
	const others = outcomesOfKept(egress);
	return [...others, { ...outcome, who: others.length > 0 ? "other Pods" : outcome.who }];
}

/** More pairs of policies than this are not compared. */
const MOST_PAIRS = 10_000;

function amongClients(outcome: Outcome, clients: Clients, { open, shut, unsure }: Egress): readonly Outcome[] {
	if (open.some((other) => relation(clients, other) === "within")) return [outcome];
	const [closed, doubtful] = [shut, unsure].map((list) => list.filter((kept) => relation(clients, kept.clients) !== "apart"));
	const [first] = [...(closed ?? []), ...(doubtful ?? [])];
	if (!closed || !doubtful || !first) return [outcome];
	const opened = open.filter((other) => relation(clients, other) !== "apart");
	const perhaps: readonly Outcome[] = [{ ...outcome, verdict: "cannot-tell", why: `${first.why}, if they are of ${first.clients.words}` }];
	if ((closed.length + doubtful.length) * (opened.length + doubtful.length) > MOST_PAIRS) return perhaps;
	const [sure, unsureParts, openParts] = [partsOf(clients, closed), partsOf(clients, doubtful), partsOf(clients, opened.map(asKept))];
	if (!sure || !unsureParts || !openParts) return perhaps;
	return divided(outcome, clients, { sure, unsure: unsureParts, open: openParts });
}

interface Parts {
	readonly sure: readonly Kept[];
	readonly unsure: readonly Kept[];
	readonly open: readonly Kept[];
}

/** Some of the clients and the rest of them: a Pod that one policy opens is open, whatever others close. */
function divided(outcome: Outcome, clients: Clients, { sure, unsure, open }: Parts): readonly Outcome[] {
	const covering = [...unsure, ...sure].some((part) => relation(clients, part.clients) === "within");
	const kept = [...sure, ...unsure].map((part) => part.clients);
	const through = covering
		? open.map((part): Outcome => ({ ...outcome, who: part.clients.words, clients: part.clients }))
		: [{ ...outcome, who: without(clients, kept) }, ...keptButOpen(outcome, kept, open)];
	return [...through, ...keptOutcomes({ sure, unsure, open })];
}

/** Those of the kept Pods that another policy opens. */
function keptButOpen(outcome: Outcome, kept: readonly Clients[], open: readonly Kept[]): readonly Outcome[] {
	return kept.flatMap((part) =>
		open.flatMap((other): readonly Outcome[] => {
			const both = relation(part, other.clients) === "apart" ? undefined : meetOf(part, other.clients);
			return both ? [{ ...outcome, who: both.words, clients: both }] : [];
		}),
	);
}

/** What becomes of the Pods that policies keep from connecting, or may keep: the latter unless another opens them for certain. */
function keptOutcomes({ sure, unsure, open }: Parts): readonly Outcome[] {
	const opened = open.map((part) => part.clients);
	const doubts = [...opened, ...unsure.map((part) => part.clients)];
	const isLeft = ({ clients }: Kept, others: readonly Clients[]) => !others.some((other) => relation(clients, other) === "within");
	return [
		...unsure
			.filter((part) => isLeft(part, opened))
			.map(({ clients, why }): Outcome => ({ who: without(clients, opened), clients, verdict: "cannot-tell", why })),
		...sure
			.filter((part) => isLeft(part, doubts))
			.map(({ clients, why }): Outcome => ({ who: without(clients, doubts), clients, verdict: "dropped", why })),
	];
}

/** What several kinds of Pods have in common with the clients; `undefined` where that cannot be told of one of them. */
function partsOf(clients: Clients, kinds: readonly Kept[]): readonly Kept[] | undefined {
	const parts = kinds.flatMap(({ clients: other, why }) => {
		const both = meetOf(clients, other);
		return both ? [{ clients: both, why }] : [];
	});
	return parts.length === kinds.length ? parts : undefined;
}

function asKept(clients: Clients): Kept {
	return { clients, why: "" };
}

const kept = new WeakMap<Egress, readonly Outcome[]>();

/** What becomes of the Pods that policies keep from connecting, or may keep, whoever they are. */
function outcomesOfKept(egress: Egress): readonly Outcome[] {
	let found = kept.get(egress);
	if (!found) {
		const { open, shut, unsure } = egress;
		found = together(keptOutcomes({ sure: shut, unsure, open: open.map(asKept) }));
		kept.set(egress, found);
	}
	return found;
}

/** One outcome for all that are told the same. */
function together(outcomes: readonly Outcome[]): readonly Outcome[] {
	const verdicts = new Map<Verdict, Map<string | null, string[]>>();
	for (const { verdict, why, who } of outcomes) {
		const reasons = verdicts.get(verdict) ?? new Map<string | null, string[]>();
		verdicts.set(verdict, reasons);
		const known = reasons.get(why);
		if (known) known.push(who ?? "");
		else reasons.set(why, [who ?? ""]);
	}
	return [...verdicts].flatMap(([verdict, reasons]) =>
		[...reasons].map(([why, words]): Outcome => ({ who: shortList(words), verdict, why })),
	);
}

/** `namespace shop (but not app=ui)`. */
function without(clients: Clients, others: readonly Clients[]): string {
	const touching = others.filter((other) => relation(other, clients) !== "apart" && other.words !== clients.words);
	return touching.length > 0
		? `${clients.words} (but not ${shortList(touching.map((other) => wordsWithin(clients, other)))})`
		: clients.words;
}

const MOST_CLIENTS = 6;

/** `a or b or 995 others`, each once. */
export function shortList(words: readonly string[]): string {
	const distinctWords = [...new Set(words)];
	if (distinctWords.length <= MOST_CLIENTS) return distinctWords.join(" or ");
	return `${distinctWords.slice(0, MOST_CLIENTS - 1).join(" or ")} or ${distinctWords.length - MOST_CLIENTS + 1} others`;
}
