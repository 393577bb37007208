import { type ImageBuilds, nameWithoutTag } from "../units/imageBuilds.ts";
import { parseImage } from "./imageReference.ts";
import { OFFICIAL_IMAGES } from "./officialImages.ts";

/** Ports that an image exposes, both ends included. */
export interface ExposedPorts {
	readonly from: number;
	readonly to: number;
	readonly protocol: string;
}

/** What an image is known to expose: its `EXPOSE` instructions with those of the images that it is built on. */
export interface KnownImage {
	/** `nginx:1.25` */
	readonly name: string;
	readonly ports: readonly ExposedPorts[];
	/** The Dockerfile that it was read from: `OWNER/REPOSITORY@COMMIT:PATH`, or a file of the workspace. */
	readonly source: string;
	/** Whether it is known to expose nothing else. */
	readonly whole: boolean;
}

/** What an official image exposes; `undefined` for any other image, and for versions that the list does not have. */
export function officialImage(text: string): KnownImage | undefined {
	const reference = parseImage(text);
	if (reference?.official === undefined || reference.tag === undefined) return undefined;
	const { official, tag } = reference;
	const image = Object.hasOwn(OFFICIAL_IMAGES, official) ? OFFICIAL_IMAGES[official] : undefined;
	const { version, words } = readTag(tag);
	const flavour = image?.flavours.filter((word) => words.has(word)).join(" ");
	const found = image?.entries.find((entry) => entry[0] === flavour && holds(entry[1], version));
	if (!found) return undefined;
	const name = tag === "latest" ? official : `${official}:${tag}`;
	return { name, ports: found[2].split(" ").flatMap(readPorts), source: found[3], whole: true };
}

/** What an image of the workspace exposes with the image that it is built on; `undefined` for one that is not built here. */
export function workspaceImage(text: string, builds: ImageBuilds): KnownImage | undefined {
	const name = nameWithoutTag(text.trim());
	const image = builds.get(name);
	if (!image) return undefined;
	const base = image.base === undefined ? undefined : officialImage(image.base);
	const ports = [...image.ports.flatMap((port) => readPorts(port.toLowerCase())), ...(base?.ports ?? [])];
	return { name, ports, source: image.uri, whole: image.base === undefined || base !== undefined };
}

/** Whether an image exposes a number, with whatever protocol. */
export function isExposed({ ports }: KnownImage, number: unknown): boolean {
	return typeof number === "number" && ports.some(({ from, to }) => from <= number && number <= to);
}

/** `6379`, `4369, 5672 and 30000-30010/UDP` as numbers of the list are printed. */
export function printExposed(ports: readonly ExposedPorts[]): readonly string[] {
	return ports.map(({ from, to, protocol }) => `${from === to ? from : `${from}-${to}`}${protocol === "TCP" ? "" : `/${protocol}`}`);
}

type Version = readonly number[];

/** The version that a tag begins with, as far as the list tells versions apart, and the words behind it without their numbers. */
function readTag(tag: string): { readonly version: Version | undefined; readonly words: ReadonlySet<string> } {
	const plain = tag.replace(/^(v|ce-|ee-|psmdb-|ps-)(?=\d)/, "");
	const match = /^(\d+)(?:\.(\d+))?[\d.]*(?!\d*bit)/.exec(plain);
	const rest = match ? plain.slice(match[0].length) : tag;
	const version = match?.slice(1, 3).flatMap((part) => (part === undefined ? [] : Number(part)));
	return { version, words: new Set(rest.split(/[-_]/).map((word) => word.replace(/[\d.]+/g, ""))) };
}

/** `1.13-1.31 *`: from one version to another, and tags without a version. A tag with the major alone is the newest of it. */
function holds(range: string, version: Version | undefined): boolean {
	const [versions = "", named] = range.split(" ");
	if (!version) return versions === "*" || named === "*";
	const [from, to = from] = versions.split("-").map((text) => text.split(".").map(Number));
	if (!from || !to || versions === "*") return false;
	return compare(from, version) <= 0 && compare(version, to) <= 0;
}

function compare(a: Version, b: Version): number {
	for (let index = 0; index < Math.min(a.length, b.length); index++) {
		const difference = (a[index] ?? 0) - (b[index] ?? 0);
		if (difference !== 0) return difference;
	}
	return 0;
}

function readPorts(text: string): readonly ExposedPorts[] {
	const match = /^(\d+)(?:-(\d+))?(?:\/(\w+))?$/.exec(text);
	if (!match) return [];
	const from = Number(match[1]);
	return [{ from, to: Number(match[2] ?? from), protocol: (match[3] ?? "tcp").toUpperCase() }];
}
