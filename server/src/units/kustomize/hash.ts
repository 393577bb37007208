import { entryOf, type Node } from "../../yaml/nodes.ts";
import { plainOf } from "./plain.ts";
import { idOf, type Resource, remembered, textAt, withMetadata } from "./resource.ts";
import { sha256 } from "./sha256.ts";
import { scalarNode } from "./tree.ts";

/** Puts the hash of its content to the name of an object whose generator asks for it. */
export function hashed(resource: Resource): Resource {
	if (!resource.generated?.hashed) return resource;
	const name = entryOf(entryOf(resource.root, "metadata")?.value, "name")?.value;
	if (!name) return resource;
	const text = `${idOf(resource).name}-${hashOf(resource)}`;
	const node = { ...scalarNode(name, text, text), ...(name.via ? { via: name.via } : {}) };
	const unknown = resource.generated.inexact ? [...resource.unknown, "/metadata/name"] : resource.unknown;
	return { ...remembered(resource), root: withMetadata(resource.root, "name", node), unknown };
}

/** A name without the hash that a generator put to it. */
export function withoutHash(name: string): string {
	return name.replace(/-[2456789bcdfghkmt]{10}$/, "");
}

/** Source: the hasher of kustomize, which looks for the name where none is, and leaves out vowels and what looks like them. */
function hashOf({ root }: Resource): string {
	const kind = textAt(root, "kind");
	const part = (name: string) => entryOf(root, name)?.value;
	const content: Record<string, unknown> = { kind, name: "", data: plainIn(part("data")) };
	const extra = kind === "Secret" ? "stringData" : "binaryData";
	if (part(extra)?.kind === "map") content[extra] = plainIn(part(extra));
	if (kind === "Secret") content.type = textAt(root, "type");
	const sorted = Object.fromEntries(Object.entries(content).sort(([a], [b]) => (a < b ? -1 : 1)));
	const digits = sha256(new TextEncoder().encode(asGoJson(sorted))).slice(0, 10);
	return [...digits].map((digit) => LETTERS[digit] ?? digit).join("");
}

const LETTERS: { readonly [digit: string]: string } = { "0": "g", "1": "h", "3": "k", a: "m", e: "t" };

function plainIn(node: Node | undefined): unknown {
	return node ? plainOf(node) : "";
}

/** JSON as Go's encoder writes it, which has no bare angle brackets and ampersands. */
function asGoJson(value: unknown): string {
	return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
