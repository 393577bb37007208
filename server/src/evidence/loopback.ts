import { unsureAboutNumber } from "../links/targetPort.ts";
import { type Container, type EnvironmentVariable, servingContainers } from "../model/podTemplate.ts";
import type { Workload } from "../model/workload.ts";
import type { Unit } from "../units/unit.ts";
import type { Node, ScalarNode } from "../yaml/nodes.ts";
import { injectorsOf } from "./injection.ts";
import { namesNumber } from "./words.ts";

/** Where a container says that it listens on a loopback address only. */
export interface LoopbackBinding {
	readonly at: ScalarNode;
	/** As written: `127.0.0.1:8080`, `localhost`. */
	readonly address: string;
}

/** The container that binds a number of the Pods to a loopback address. */
export interface Bound extends LoopbackBinding {
	readonly container: Container;
	/** `Container web listens on 127.0.0.1:8080 only`. */
	readonly words: string;
}

/** `undefined` where no container does, and where another one may have the number. */
export function boundToLoopback(unit: Unit, workload: Workload, number: number): Bound | undefined {
	const containers = servingContainers(workload.template);
	for (const container of containers) {
		const binding = loopbackBinding(container, number);
		if (!binding || containers.some((other) => other !== container && has(other, number))) continue;
		if (unit.patched || injectorsOf(unit, workload).length > 0 || unsureAboutNumber(workload, number)) return undefined;
		const port = binding.address.endsWith(`:${number}`) ? "" : ` with port ${number}`;
		const words = `Container ${container.name?.value ?? "without a name"} listens on ${binding.address}${port} only`;
		return { at: binding.at, address: binding.address, container, words };
	}
	return undefined;
}

function has(container: Container, number: number): boolean {
	return container.ports.some(({ containerPort }) => containerPort?.value === number) || bindsNumber(container, number);
}

/**
 * What binds a number of a container to a loopback address: an argument or variable that says where to listen, with that port
 * or beside another that states it. Where it sends to (`--upstream`, `--db-host`) says nothing.
 */
function loopbackBinding(container: Container, number: number): LoopbackBinding | undefined {
	const relevant = bindingsOf(container).filter(({ port }) => port === undefined || port === number);
	if (relevant.length === 0 || relevant.some(({ loopback }) => !loopback)) return undefined;
	const exact = relevant.find(({ port }) => port === number);
	if (exact) return exact;
	return statesPort(container, wordsOf(container), number) ? relevant[0] : undefined;
}

/** Whether an argument or variable of a container says that it listens on a number. */
function bindsNumber(container: Container, number: number): boolean {
	return bindingsOf(container).some(({ port }) => port === number);
}

const cache = new WeakMap<Container, readonly Binding[]>();

function bindingsOf(container: Container): readonly Binding[] {
	let found = cache.get(container);
	if (!found) {
		found = [...wordsOf(container).flatMap(fromWord), ...container.env.flatMap(fromVariable)];
		cache.set(container, found);
	}
	return found;
}

interface Word {
	readonly text: string;
	readonly node: ScalarNode;
}

interface Binding extends LoopbackBinding {
	readonly port: number | undefined;
	readonly loopback: boolean;
}

/** Command and arguments, those of a shell's command line one by one. */
function wordsOf({ command, args }: Container): readonly Word[] {
	return [...command, ...args].flatMap(({ node }) =>
		isText(node)
			? node.text
					.split(/\s+/)
					.filter((text) => text !== "")
					.map((text) => ({ text, node }))
			: [],
	);
}

function isText(node: Node): node is ScalarNode {
	return node.kind === "scalar";
}

/** Parts of a name that alone say where a process listens. */
const LISTENS = /^(listen|listener|listening|bind|binding|serve|b)$/;
/** Parts that say it where no other part names another thing. */
const PLAIN =
	/^(addr|address|addresses|ip|interface|host|hostname|urls|http|https|web|server|service|app|aspnetcore|dotnet|grpc|tcp|udp|net|port)$/;
/** Where it sends to, or what others are told. */
const ELSEWHERE =
	/^(upstreams?|targets?|backends?|proxy|remote|peers?|join|connect|client|dest|destination|origin|forward|advertised?|db|database|redis|sql|mysql|postgres|pg|mongo|mongodb|kafka|amqp|rabbitmq|smtp|mail|elasticsearch|es|etcd|consul|vault|ldap|auth|oauth|otlp|otel|collector|statsd|master|leader|registry|apiserver|kube|allowed|trusted|cors|callback|redirect)$/;

/** Whether a flag or variable says where the process listens: with a port beside it, or on its own as the one address of all. */
function says(name: string, alone: boolean): boolean {
	const parts = name
		.replace(/([a-z])([A-Z])/g, "$1-$2")
		.toLowerCase()
		.split(/[-._]+/)
		.filter((part) => part !== "");
	const plain =
		parts.every((part) => PLAIN.test(part) || LISTENS.test(part)) && parts.some((part) => !/^(server|service|app|port)$/.test(part));
	return plain || (!alone && parts.some((part) => LISTENS.test(part)) && !parts.some((part) => ELSEWHERE.test(part)));
}

/** A flag with its value behind `=`, or with the addresses that follow. */
function fromWord({ text, node }: Word, index: number, words: readonly Word[]): readonly Binding[] {
	const [, flag = "", value] = /^--?([A-Za-z][\w.-]*)(?:=(.*))?$/.exec(text) ?? [];
	if (flag === "") return [];
	if (value !== undefined) return bindingsIn(flag, value, node);
	const [first, ...more] = words.slice(index + 1);
	const end = more.findIndex(({ text: next }) => !IP.test(next));
	const values = first && !first.text.startsWith("-") ? [first, ...more.slice(0, end < 0 ? more.length : end)] : [];
	return values.flatMap((word) => bindingsIn(flag, word.text, word.node));
}

function fromVariable({ name, value }: EnvironmentVariable): readonly Binding[] {
	const node = value?.node;
	return value?.state === "set" && node && isText(node) ? bindingsIn(name?.value ?? "", node.text, node) : [];
}

/** An address that can only be one. */
const IP = /^(\d{1,3}(\.\d{1,3}){3}|\[[0-9a-f:]+\]|::1?|localhost)(:\d{1,5})?$/i;

const ADDRESS = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(\[[0-9a-f:]*\]|::1?|[\w.*-]*)(?::(\d{1,5}))?\/?$/i;

/** One binding for each address of a list. */
function bindingsIn(name: string, text: string, at: ScalarNode): readonly Binding[] {
	return text.split(/[,;]/).flatMap((part): Binding[] => {
		const address = part.replace(/^["']|["']$/g, "").trim();
		const [match = "", host = "", port] = ADDRESS.exec(address) ?? [];
		if (match === "" || /^-?\d*$/.test(match) || !says(name, port === undefined)) return [];
		return [{ at, address, port: port === undefined ? undefined : Number(port), loopback: isLoopback(host) }];
	});
}

function isLoopback(host: string): boolean {
	return /^(localhost|127(\.\d{1,3}){3}|\[::1\]|::1)$/i.test(host);
}

/** An address without a port: another argument or variable names the number, or it is the only one that the container declares. */
function statesPort({ ports, env }: Container, words: readonly Word[], number: number): boolean {
	const flags = words.some(({ text }, index) => {
		if (text === String(number)) return true;
		const [, flag = "", value] = /^--?([\w.-]*p|[\w.-]*port)(?:=(.*))?$/i.exec(text) ?? [];
		return flag !== "" && namesNumber(value ?? words[index + 1]?.text ?? "", number);
	});
	const variables = env.some(({ name, value }) => /(^|_)PORT$/.test(name?.value ?? "") && value?.value === String(number));
	const [only, other] = ports;
	return flags || variables || (only?.containerPort?.value === number && other === undefined);
}
