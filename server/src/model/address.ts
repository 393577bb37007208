/** An IP address as its bytes: 4 or 16 of them. `canonical` is the spelling that Go prints and Kubernetes wants. */
export interface Address {
	readonly family: "IPv4" | "IPv6";
	readonly bytes: readonly number[];
	/** Spelled with leading zeros, which some programs read as octal. */
	readonly leadingZeros: boolean;
	/** An IPv4 address in IPv6 spelling (`::ffff:1.2.3.4`), which Go takes for IPv4. */
	readonly mapped: boolean;
}

/**
 * Reads an address as Kubernetes' ParseIPSloppy does: decimal parts, leading zeros allowed, IPv6 without a zone.
 * `undefined` for anything else. Source: k8s.io/utils/net/parse.go, a copy of Go 1.16's net.ParseIP.
 */
export function parseAddress(text: string): Address | undefined {
	if (!text.includes(":")) {
		const bytes = parseIPv4(text);
		return bytes && { family: "IPv4", bytes, leadingZeros: /(^|\.)0\d/.test(text), mapped: false };
	}
	const bytes = parseIPv6(text);
	if (!bytes) return undefined;
	const mapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff;
	const leadingZeros = /[0-9a-f]{5}/i.test(text) || (text.includes(".") && /(^|\.)0\d/.test(text.slice(text.lastIndexOf(":") + 1)));
	return mapped ? { family: "IPv4", bytes: bytes.slice(12), leadingZeros, mapped } : { family: "IPv6", bytes, leadingZeros, mapped };
}

function parseIPv4(text: string): readonly number[] | undefined {
	const parts = text.split(".");
	if (parts.length !== 4 || !parts.every((part) => /^\d+$/.test(part))) return undefined;
	const bytes = parts.map(Number);
	return bytes.every((byte) => byte <= 255) ? bytes : undefined;
}

function parseIPv6(text: string): readonly number[] | undefined {
	const [left, right, more] = text.split("::");
	if (more !== undefined || left === undefined) return undefined;
	const head = groups(left, right === undefined);
	const tail = right === undefined ? [] : groups(right, true);
	if (!head || !tail) return undefined;
	const missing = 16 - head.length - tail.length;
	if (right === undefined ? missing !== 0 : missing < 2) return undefined;
	return [...head, ...new Array<number>(missing).fill(0), ...tail];
}

/** The bytes of groups of hexadecimal digits, the last of which may be an IPv4 address. */
function groups(text: string, last: boolean): readonly number[] | undefined {
	if (text === "") return [];
	const parts = text.split(":");
	const bytes: number[] = [];
	for (const [index, part] of parts.entries()) {
		const dotted = last && index === parts.length - 1 && part.includes(".") ? parseIPv4(part) : undefined;
		const word = /^[0-9a-fA-F]+$/.test(part) ? Number.parseInt(part, 16) : undefined;
		if (dotted) bytes.push(...dotted);
		else if (word !== undefined && word <= 0xffff) bytes.push(word >> 8, word & 0xff);
		else return undefined;
	}
	return bytes;
}

/** The spelling that Go's netip prints: lower case, the longest run of two or more zero groups as `::`. */
export function printAddress(address: Address): string {
	if (address.family === "IPv4") return address.bytes.join(".");
	const words = Array.from({ length: 8 }, (_, index) => ((address.bytes[index * 2] ?? 0) << 8) | (address.bytes[index * 2 + 1] ?? 0));
	const { start, length } = longestZeros(words);
	const hex = words.map((word) => word.toString(16));
	return length < 2 ? hex.join(":") : `${hex.slice(0, start).join(":")}::${hex.slice(start + length).join(":")}`;
}

function longestZeros(words: readonly number[]): { start: number; length: number } {
	let best = { start: 0, length: 0 };
	let length = 0;
	for (const [index, word] of words.entries()) {
		length = word === 0 ? length + 1 : 0;
		if (length > best.length) best = { start: index - length + 1, length };
	}
	return best;
}

/** A network: an address and the length of its prefix. */
export interface Network {
	readonly address: Address;
	readonly prefix: number;
	/** Bits are set behind the prefix. */
	readonly hostBits: boolean;
	/** The prefix's number has a leading zero. */
	readonly leadingZeros: boolean;
}

/** Reads a network as ParseCIDRSloppy does; `undefined` for anything else. */
export function parseNetwork(text: string): Network | undefined {
	const slash = text.indexOf("/");
	const address = slash < 0 ? undefined : parseAddress(text.slice(0, slash));
	const digits = text.slice(slash + 1);
	if (!address || !/^\d+$/.test(digits)) return undefined;
	const written = Number(digits);
	const size = address.mapped ? 128 : address.bytes.length * 8;
	if (written > size) return undefined;
	const leadingZeros = /^0\d/.test(digits);
	if (address.mapped && written < 96) return { address: unmapped(address), prefix: written, hostBits: true, leadingZeros };
	const prefix = address.mapped ? written - 96 : written;
	return { address, prefix, hostBits: hasHostBits(address, prefix), leadingZeros };
}

/** The 16 bytes of an IPv4 address in IPv6 spelling, for a prefix that ends before the IPv4 part begins. */
function unmapped(address: Address): Address {
	return { ...address, family: "IPv6", bytes: [...new Array<number>(10).fill(0), 0xff, 0xff, ...address.bytes] };
}

function hasHostBits(address: Address, prefix: number): boolean {
	return address.bytes.some((byte, index) => (byte & (0xff >> Math.max(0, Math.min(8, prefix - index * 8)))) !== 0);
}

/** `10.0.0.0/8`: the canonical address with the bits behind the prefix cleared. */
export function printNetwork(network: Network): string {
	const bytes = network.address.bytes.map((byte, index) => byte & ~(0xff >> Math.max(0, Math.min(8, network.prefix - index * 8))) & 0xff);
	return `${printAddress({ ...network.address, bytes })}/${network.prefix}`;
}

/** Whether an address belongs to a network of its family. */
export function contains(network: Network, address: Address): boolean {
	if (network.address.family !== address.family) return false;
	return address.bytes.every((byte, index) => {
		const mask = ~(0xff >> Math.max(0, Math.min(8, network.prefix - index * 8))) & 0xff;
		return (byte & mask) === ((network.address.bytes[index] ?? 0) & mask);
	});
}

export type AddressKind = "unspecified" | "loopback" | "link-local unicast" | "link-local multicast" | "ordinary";

/** What Go's net.IP says of an address: IsUnspecified, IsLoopback, IsLinkLocalUnicast, IsLinkLocalMulticast. */
export function kindOfAddress({ family, bytes }: Address): AddressKind {
	const [first = 0, second = 0, third = 0] = bytes;
	if (bytes.every((byte) => byte === 0)) return "unspecified";
	if (family === "IPv4") {
		if (first === 127) return "loopback";
		if (first === 169 && second === 254) return "link-local unicast";
		return first === 224 && second === 0 && third === 0 ? "link-local multicast" : "ordinary";
	}
	if (bytes.slice(0, 15).every((byte) => byte === 0) && bytes[15] === 1) return "loopback";
	if (first === 0xfe && (second & 0xc0) === 0x80) return "link-local unicast";
	return first === 0xff && (second & 0x0f) === 0x02 ? "link-local multicast" : "ordinary";
}
