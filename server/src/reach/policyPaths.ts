import { isWorkload } from "../model/manifest.ts";
import { membersOf } from "./endpointPods.ts";
import type { Scope } from "./landing.ts";
import type { Path } from "./path.ts";
import { policiesOf } from "./policies.ts";
import { type Clients, isEverybody, relation } from "./policyClients.ts";
import { type Egress, egressKey, egressTo } from "./policyEgress.ts";
import { type Block, type Closed, certainly, closedFor, distinct, type OpenTo } from "./policyIngress.ts";
import { type Outcome, shortList, withEgress } from "./policyKept.ts";
import { areApart, blockTakes, type End, holdsBlock, type PodEnd } from "./policyRules.ts";

/**
 * Paths as the unit's NetworkPolicies leave them: one for each outcome, with the clients that have it. What comes from a Pod's
 * own node is always let in. Where the source is rewritten on the way it is not defined which address a policy sees.
 */
export function underPolicies(scope: Scope, paths: readonly Path[]): readonly Path[] {
	if (policiesOf(scope.unit).all.length === 0) return paths;
	const seen = new Map<string, Closed | undefined>();
	const closedAt = (end: PodEnd, key: string): Closed | undefined => {
		if (!seen.has(key)) seen.set(key, closedFor(scope, end));
		return seen.get(key);
	};
	const order = new Map<object, number>();
	const keyOf = ({ workload, port, protocol }: { workload: object; port: number | null; protocol: string }) => {
		if (!order.has(workload)) order.set(workload, order.size);
		return `${order.get(workload)}/${port}/${protocol}`;
	};
	const left = new Map<string, Egress | undefined>();
	const egressBy = (path: Path, ends: readonly End[]): Egress | undefined => {
		const others = ends.map((end) => (end.workload ? keyOf(end) : `${keyOf({ ...end, workload: end.object })} ${end.addresses.join()}`));
		const key = [egressKey(path), ...others].join(" ");
		if (!left.has(key)) left.set(key, egressTo(scope, path, ends));
		return left.get(key);
	};
	const outcomesAt = sharing(scope);
	return paths.flatMap((path): readonly Path[] => {
		if (path.verdict !== "reaches" && path.verdict !== "partly" && !path.byProcess) return [path];
		const ends = endsOf(scope, path);
		if (ends.length === 0) return [path];
		const closed = ends.map((end) => (end.workload ? closedAt(end, keyOf(end)) : undefined));
		const found = outcomesAt({ ...path, refusals: ends.map(({ refuses }) => refuses) }, closed);
		const egress = path.from === "pod" ? egressBy(path, ends) : undefined;
		const outcomes = egress ? found.flatMap((outcome) => withEgress(outcome, egress)) : found;
		return path.byProcess ? beforeProcesses(path, outcomes) : merged(path, outcomes);
	});
}

/** A policy comes first: a dropped packet never meets the process, and of one that may be let in it is known that it does not answer, or may not. */
function beforeProcesses(path: Path, outcomes: readonly Outcome[]): readonly Path[] {
	const { verdict, why } = path;
	return merged(
		path,
		outcomes.map(
			(outcome): Outcome => (outcome.verdict === "dropped" ? outcome : { ...outcome, verdict, why: bothWhys(outcome.why, why) }),
		),
	);
}

function bothWhys(first: string | null, second: string | null): string | null {
	return [...new Set([first, second].filter((why) => why !== null))].join("; ") || null;
}

/** Where a path ends, and why nobody answers there. */
type PathEnd = End & { readonly refuses?: string | undefined };

function endsOf(scope: Scope, { to, protocol }: Path): readonly PathEnd[] {
	const ends = to.flatMap(({ object, podPort: port, endpoints, refuses }): readonly PathEnd[] => {
		if (isWorkload(object)) return [{ workload: object, port, protocol, refuses }];
		if (!endpoints) return [];
		const { workloads, addresses } = membersOf(scope.unit, endpoints);
		const others: readonly End[] = addresses.length > 0 ? [{ workload: undefined, object, addresses, port, protocol }] : [];
		return [...workloads.map((workload) => ({ workload, port, protocol })), ...others];
	});
	const known = ends.filter(({ port }) => port !== null);
	return known.length > 0 ? known : ends;
}

type Doors = readonly (Closed | undefined)[];

/** A path, and why nobody answers behind each of its doors. */
interface Way extends Path {
	readonly refusals: readonly (string | undefined)[];
}

/** Outcomes of paths, the same list for those that go through the same doors and differ in nothing that counts there. */
function sharing(scope: Scope): (path: Way, doors: Doors) => readonly Outcome[] {
	const ids = new Map<Closed | undefined, number>();
	const idOf = (door: Closed | undefined) => {
		const id = ids.get(door) ?? ids.size;
		ids.set(door, id);
		return id;
	};
	const known = new Map<string, readonly Outcome[]>();
	return (path, doors) => {
		const { from, by, node, clientAddress, verdict, why, refusals } = path;
		if (doors.every((door) => door === undefined) || isLocal(path)) return [{ who: null, verdict, why }];
		const answers = refusals.map((reason) => (reason === undefined ? "" : "no")).join();
		const key = [from, by, node, clientAddress, verdict, doors.map(idOf).join(), answers, why].join(" ");
		const found = known.get(key) ?? throughDoors(scope, path, doors);
		known.set(key, found);
		return found;
	};
}

/** Looks at nothing of the path but what `sharing` tells apart. */
function throughDoors(scope: Scope, path: Way, doors: Doors): readonly Outcome[] {
	const same: Outcome = { who: null, verdict: path.verdict, why: path.why };
	const shut = doors.flatMap((door) => door ?? []);
	const doubt = shut.find((door) => door.doubt !== undefined)?.doubt;
	if (doubt !== undefined) return [{ who: null, verdict: "cannot-tell", why: doubt }];
	if (path.from === "node") return fromNode(path, doors, same);
	if (path.clientAddress !== "kept") return [{ who: null, verdict: "cannot-tell", why: rewritten(shut) }];
	return path.from === "pod" ? fromPods(scope, path, doors, same) : fromOutside(path, doors);
}

/** Connections that stay on the node of the Pod: nothing closes it for its own node. */
function isLocal({ from, by, address, client }: Path): boolean {
	return (
		from === "node" && ((by === "hostPort" && address.startsWith("127.")) || (by === "clusterIP" && client === "on a node with a Pod"))
	);
}

function rewritten(shut: readonly Closed[]): string {
	return `${shut[0]?.words ?? ""}, and whether it sees the client's own address or that of a node is not defined`;
}

function fromNode(path: Way, doors: Doors, same: Outcome): readonly Outcome[] {
	const foreign = path.by === "nodePort" && path.node !== "own";
	const known = path.clientAddress !== null && !(foreign && path.clientAddress !== "kept");
	if (!known) return [{ who: null, verdict: "cannot-tell", why: rewritten(doors.flatMap((door) => door ?? [])) }];
	const elsewhere = judge(path, foreign ? null : "to a Pod on another node", doors, (door) => door.otherDoubt ?? blockDoubt(door, "nodes"));
	return foreign ? [elsewhere] : [{ ...same, who: "to a Pod on its own node" }, elsewhere];
}

function blockDoubt({ openTo: { blocks }, by, words }: Closed, whose: string): string | false {
	const [block] = blocks;
	if (!block || by.length === 0) return false;
	return `${words} but for ${shortList(blocks.map((each) => each.words))}, and whether ${whose} have such addresses is not known`;
}

function fromOutside(path: Way, doors: Doors): readonly Outcome[] {
	const blocks = distinct(doors.flatMap((door) => door?.openTo.blocks ?? []));
	const inside = blocks.map((block) => judge(path, `from ${block.words}`, doors, (door) => insideBlock(door, block)));
	return [...inside, judge(path, blocks.length > 0 ? "from other addresses" : null, doors, (door) => door.otherDoubt ?? false)];
}

function insideBlock(door: Closed, { words, of }: Block): boolean | string {
	const { blocks } = door.openTo;
	if (blocks.some((block) => block.words === words || holdsBlock(block.of, of))) return true;
	if (blocks.every((block) => areApart(block.of, of))) return door.otherDoubt ?? false;
	return door.otherDoubt ?? `${door.words} but for ${shortList(blocks.map((block) => block.words))}`;
}

function fromPods(scope: Scope, path: Way, doors: Doors, same: Outcome): readonly Outcome[] {
	if (doors.every((door) => door === undefined || door.openTo.clients.some(isEverybody))) return [same];
	const clients = distinct(doors.flatMap((door) => door?.openTo.clients ?? []));
	if (clients.length > MOST_COMPARED && !areAlike(doors)) return [{ who: null, verdict: "cannot-tell", why: tooMany(doors) }];
	const certain = new Set(clients.map(({ words }) => words));
	const doubtful = distinct(doors.flatMap((door) => (door?.openTo.doubtful ?? []).map((each) => each.clients))).filter(
		({ words }) => !certain.has(words),
	);
	const asked = (each: Clients) => judge(path, each.words, doors, (door) => letsIn(scope, door, each), each);
	const named = [...clients, ...doubtful].map(asked);
	return [
		...named,
		judge(path, named.length > 0 ? "other Pods" : null, doors, (door) => door.openTo.clients.some(isEverybody) || otherPods(scope, door)),
	];
}

/** Where policies let different clients in to the Pods of one Service, more than this are not compared with each other. */
const MOST_COMPARED = 100;

function areAlike(doors: Doors): boolean {
	return new Set(doors.map((door) => (door?.openTo.clients ?? []).map(({ words }) => words).join("\n"))).size === 1;
}

function tooMany(doors: Doors): string {
	const policies = doors.flatMap((door) => door?.by ?? []);
	return `${certainly(policies)} let in more than ${MOST_COMPARED} kinds of Pods, not the same ones to all Pods of the Service`;
}

function letsIn(scope: Scope, door: Closed, asked: Clients): boolean | string {
	const { clients: certain, names, doubtful } = door.openTo;
	if (names.has(asked.words)) return true;
	const doubt = doubtful.find(({ clients }) => clients.words === asked.words);
	const relations = certain.map((clients) => relation(asked, clients));
	if (relations.includes("within")) return true;
	if (doubt) return doubt.why;
	if (relations.includes("overlaps")) return `${door.words} to some of them`;
	return doubtful.find(({ clients }) => relation(asked, clients) !== "apart")?.why ?? otherPods(scope, door);
}

/** What becomes of Pods that no selector of a policy names. */
function otherPods({ settings }: Scope, door: Closed): boolean | string {
	const answers = door.openTo.blocks.map(({ of }) => blockTakes(settings, of, []));
	if (answers.includes("yes")) return true;
	return door.otherDoubt ?? (answers.includes("cannot-tell") ? blockDoubt(door, "Pods") : false);
}

/** One outcome for some clients; `answer` tells for each closed target whether they are let in, or why that cannot be told. */
function judge(path: Way, who: string | null, doors: Doors, answer: (door: Closed) => boolean | string, clients?: Clients): Outcome {
	const outcome = { who, ...(clients && { clients }) };
	const answers: { readonly door: Closed | undefined; readonly says: boolean; readonly refuses: string | undefined }[] = [];
	const known = new Map<OpenTo, boolean>();
	for (const [index, door] of doors.entries()) {
		const says = door === undefined || ((door.otherDoubt === undefined ? known.get(door.openTo) : undefined) ?? answer(door));
		if (typeof says === "string") return { ...outcome, verdict: "cannot-tell", why: says };
		if (door && door.otherDoubt === undefined) known.set(door.openTo, says);
		answers.push({ door, says, refuses: path.refusals[index] });
	}
	const closed = answers.filter(({ says }) => says === false);
	if (closed.length === 0) return { ...outcome, verdict: path.verdict, why: path.why };
	const dropped = [...new Set(closed.map(({ door }) => door?.words ?? ""))].slice(0, MOST_REASONS).join("; ");
	if (closed.length === answers.length) return { ...outcome, verdict: "dropped", why: dropped };
	const answering = answers.some(({ says, refuses }) => says && refuses === undefined);
	return { ...outcome, verdict: answering ? "partly" : "refused", why: bothWhys(dropped, path.why) };
}

const MOST_REASONS = 3;

/** One path for each outcome: clients that have the same one share it. */
function merged(path: Path, outcomes: readonly Outcome[]): readonly Path[] {
	const known = together.get(outcomes) ?? mergedOutcomes(outcomes);
	together.set(outcomes, known);
	return known.map(({ who, verdict, why }): Path => {
		const client = who === null ? path.client : path.client === null ? who : `${who}, ${path.client}`;
		const changed = verdict !== path.verdict || why !== path.why;
		const source = verdict === "dropped" ? null : path.clientAddress;
		const mark = changed && (verdict === "dropped" ? { closed: true } : verdict === "partly" && { halfClosed: true });
		return { ...path, client, verdict, why, clientAddress: source, ...mark };
	});
}

const together = new WeakMap<readonly Outcome[], readonly Outcome[]>();

function mergedOutcomes(outcomes: readonly Outcome[]): readonly Outcome[] {
	const groups = new Map<string, Outcome[]>();
	for (const outcome of outcomes) {
		const key = `${outcome.verdict}\n${outcome.why}`;
		const known = groups.get(key);
		if (known) known.push(outcome);
		else groups.set(key, [outcome]);
	}
	return summed([...groups.values()]).map((group): Outcome => {
		const [{ verdict, why }] = group as [Outcome];
		const all = group.some(({ who }) => who === null);
		return { who: all ? null : shortList(group.map((outcome) => outcome.who ?? "")), verdict, why };
	});
}

/** More reasons than this why something cannot be told are not told one by one. */
const MOST_DOUBTS = 6;

function summed(groups: readonly (readonly Outcome[])[]): readonly (readonly Outcome[])[] {
	const doubtful = groups.filter(([first]) => first?.verdict === "cannot-tell");
	if (doubtful.length <= MOST_DOUBTS) return groups;
	const why = `${doubtful[0]?.[0]?.why}; so it is with ${doubtful.length - 1} others`;
	const one = doubtful.flat().map((outcome): Outcome => ({ ...outcome, why }));
	return groups.flatMap((group) => (group === doubtful[0] ? [one] : doubtful.includes(group) ? [] : [group]));
}
