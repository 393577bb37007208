import type { PortRange, VersionRange } from "./settings.ts";
import { type Shape, text } from "./shape.ts";

/** `1.35` or `1.34-1.36`. */
export const versions: Shape<VersionRange> = text("one version or a range of them, as in 1.35 or 1.34-1.36", readVersions, {
	// Without quotes 1.35 is a number.
	type: ["string", "number"],
	pattern: "^1\\.\\d{1,3}(-1\\.\\d{1,3})?$",
});

function readVersions(written: string): VersionRange | undefined {
	const [, first, last = first] = /^1\.(\d{1,3})(?:-1\.(\d{1,3}))?$/.exec(written) ?? [];
	const [from, to] = [Number(first), Number(last)];
	return first !== undefined && from <= to ? { from, to } : undefined;
}

/** A whole number from 1 to `most`. */
export function count(most: number): Shape<number> {
	const parse = (written: string) => (/^[1-9]\d{0,9}$/.test(written) && Number(written) <= most ? Number(written) : undefined);
	return text(`a whole number from 1 to ${most}`, parse, { type: "integer", minimum: 1, maximum: most });
}

/** `30000-32767`. */
export const portRange: Shape<PortRange> = text("a range of ports, as in 30000-32767", readPortRange, {
	type: "string",
	pattern: "^\\d{1,5}-\\d{1,5}$",
});

function readPortRange(written: string): PortRange | undefined {
	const [, a, b] = /^(\d{1,5})-(\d{1,5})$/.exec(written) ?? [];
	const [first, last] = [Number(a), Number(b)];
	return first >= 1 && first <= last && last <= 65535 ? { first, last, configured: true } : undefined;
}

const LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const DNS_NAME = new RegExp(`^${LABEL}(\\.${LABEL})*$`);

/** A DNS name in lower case. */
export const domain: Shape<string> = text("a DNS name, as in cluster.local", matching(DNS_NAME), {
	type: "string",
	pattern: DNS_NAME.source,
});

/** An IP address or a host name. */
export const host: Shape<string> = text("an IP address or a host name", (written) => (isHost(written) ? written : undefined), {
	type: "string",
});

function isHost(written: string): boolean {
	return isIPv4(written) || isIPv6(written) || (DNS_NAME.test(written.toLowerCase()) && !/^[\d.]+$/.test(written));
}

/** `10.0.0.0/8` or `fd00::/8`. */
export const cidr: Shape<string> = text("a CIDR, as in 10.0.0.0/8", (written) => (isCidr(written) ? written : undefined), {
	type: "string",
	pattern: "^[0-9a-fA-F:.]+/\\d{1,3}$",
});

/** A CIDR, or the word that stands for a node's own addresses. */
export const cidrOrPrimary: Shape<string> = text(
	"a CIDR or primary",
	(written) => (written === "primary" || isCidr(written) ? written : undefined),
	{ type: "string" },
);

function isCidr(written: string): boolean {
	const [address = "", length, more] = written.split("/");
	if (length === undefined || more !== undefined || !/^\d{1,3}$/.test(length)) return false;
	return isIPv4(address) ? Number(length) <= 32 : isIPv6(address) && Number(length) <= 128;
}

function isIPv4(written: string): boolean {
	const parts = written.split(".");
	return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

function isIPv6(written: string): boolean {
	const halves = written.split("::");
	const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
	const last = groups.at(-1) ?? "";
	const size = groups.length + (isIPv4(last) ? 1 : 0);
	const known = groups.every((group, index) => /^[0-9a-fA-F]{1,4}$/.test(group) || (index === groups.length - 1 && isIPv4(group)));
	return written.includes(":") && halves.length <= 2 && known && (halves.length === 2 ? size < 8 : size === 8);
}

/** A file or folder below the folder of the configuration, given without `.` and without a slash at its end; that folder itself is "". */
export const path: Shape<string> = text("a path below the folder of this configuration", readPath, { type: "string" });

/** A path as `path` gives it; `undefined` for a text that is none. */
export function readPath(written: string): string | undefined {
	if (written === "" || /^\/|^[A-Za-z]:|^\w+:\/\/|\\|\n/.test(written)) return undefined;
	const parts: string[] = [];
	for (const part of written.split("/")) {
		if (part === "..") {
			if (parts.pop() === undefined) return undefined;
		} else if (part !== "." && part !== "") parts.push(part);
	}
	return parts.join("/");
}

/** A glob of files and folders. */
export const glob: Shape<string> = text("a glob, as in **/archive/**", (written) => written.replace(/^\.\//, "") || undefined, {
	type: "string",
});

export const word: Shape<string> = text("a text", (written) => written || undefined, { type: "string" });

/** The keys that lead to a value, parted by dots. */
export const keys: Shape<readonly string[]> = text("the way to a field, as in spec.template", readKeys, {
	type: "string",
	pattern: "^[\\w-]+(\\.[\\w-]+)*$",
});

function readKeys(written: string): readonly string[] | undefined {
	return /^[\w-]+(\.[\w-]+)*$/.test(written) ? written.split(".") : undefined;
}

/** The name of a kind. */
export const kind: Shape<string> = text("the name of a kind, as in MyApp", matching(/^[A-Z]\w*$/), {
	type: "string",
	pattern: "^[A-Z]\\w*$",
});

function matching(pattern: RegExp): (written: string) => string | undefined {
	return (written) => (pattern.test(written) ? written : undefined);
}
