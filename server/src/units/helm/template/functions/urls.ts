import { decode, encode } from "../bytes.ts";
import { kindOf } from "../print.ts";
import { quoteGo } from "../quoting.ts";
import { CallError, fixed, type Signature } from "../signature.ts";
import { text } from "../text.ts";
import { type Dict, dict } from "../values.ts";

/** Addresses, as Go's net/url takes them apart and puts them together. Source: url.go of sprig. */
export const URLS: Readonly<Record<string, Signature>> = {
	urlParse: fixed(["string"], "map[string]interface {}", (_, value) => urlParse(value.value)),
	urlJoin: fixed(["map"], "string", (_, parts) => text(urlJoin(parts))),
};

interface Parts {
	scheme: string;
	opaque: string;
	userinfo: string | undefined;
	host: string;
	path: string;
	query: string;
	fragment: string;
}

/** Characters besides letters, digits and `-_.~` that a part may hold as they are. */
const KEPT = { path: "$&+,/:;=@", user: "$&+,;=", fragment: "$&+,/:;=?@!()*", host: "!$&'()*+,;=:[]<>\"" };

function percentEncoded(value: string, kept: string): string {
	let result = "";
	for (const byte of encode(value)) {
		const char = String.fromCharCode(byte);
		if (/[A-Za-z0-9\-_.~]/.test(char) || (byte < 0x80 && kept.includes(char))) result += char;
		else result += `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
	}
	return result;
}

function percentDecoded(value: string): string {
	const bad = /%(?![0-9a-fA-F]{2})/.exec(value);
	if (bad) throw new CallError(`invalid URL escape ${quoteGo(value.slice(bad.index, bad.index + 3))}`);
	if (!value.includes("%")) return value;
	const bytes: number[] = [];
	for (let at = 0; at < value.length; ) {
		if (value[at] === "%") {
			bytes.push(Number.parseInt(value.slice(at + 1, at + 3), 16));
			at += 3;
		} else {
			const char = String.fromCodePoint(value.codePointAt(at) ?? 0);
			bytes.push(...encode(char));
			at += char.length;
		}
	}
	return decode(Uint8Array.from(bytes));
}

function urlParse(address: string): Dict {
	let parts: Parts;
	try {
		parts = parse(address);
	} catch (error) {
		if (!(error instanceof CallError)) throw error;
		throw new CallError(`unable to parse url: parse ${quoteGo(address.split("#")[0] ?? "")}: ${error.message}`);
	}
	const { scheme, host, path, query, opaque, fragment, userinfo = "" } = parts;
	return dict(
		Object.entries({ scheme, host, hostname: hostname(host), path, query, opaque, fragment, userinfo }).map(
			([key, value]) => [key, text(value)] as const,
		),
	);
}

function hostname(host: string): string {
	const bare = /^(.*?)(?::[0-9]*)?$/.exec(host)?.[1] ?? host;
	return bare.startsWith("[") && bare.endsWith("]") ? bare.slice(1, -1) : bare;
}

/** Source: parse of Go's net/url. */
function parse(address: string): Parts {
	const [before = "", ...behind] = address.split("#");
	const parts: Parts = {
		scheme: "",
		opaque: "",
		userinfo: undefined,
		host: "",
		path: "",
		query: "",
		fragment: percentDecoded(behind.join("#")),
	};
	// biome-ignore lint/suspicious/noControlCharactersInRegex: these are refused
	if (/[\0-\x1f\x7f]/.test(before)) throw new CallError("net/url: invalid control character in URL");
	if (before === "*") return { ...parts, path: "*" };
	if (before.startsWith(":")) throw new CallError("missing protocol scheme");
	const [whole = "", scheme = ""] = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(before) ?? [];
	parts.scheme = scheme.toLowerCase();
	const [body = "", ...queries] = before.slice(whole.length).split("?");
	parts.query = queries.join("?");
	if (!body.startsWith("/")) {
		if (scheme !== "") return { ...parts, opaque: body };
		if (body.split("/")[0]?.includes(":")) throw new CallError("first path segment in URL cannot contain colon");
	}
	if (!body.startsWith("//") || (scheme === "" && body.startsWith("///"))) return { ...parts, path: percentDecoded(body) };
	const slash = body.indexOf("/", 2);
	const authority = body.slice(2, slash < 0 ? undefined : slash);
	return { ...parts, ...parseAuthority(authority), path: slash < 0 ? "" : percentDecoded(body.slice(slash)) };
}

function parseAuthority(authority: string): Pick<Parts, "userinfo" | "host"> {
	const at = authority.lastIndexOf("@");
	const host = percentDecoded(authority.slice(at + 1));
	checkHost(host);
	if (at < 0) return { userinfo: undefined, host };
	const written = authority.slice(0, at);
	if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(written)) throw new CallError("net/url: invalid userinfo");
	const [user = "", ...password] = written.split(":");
	const joined = password.length > 0 ? `:${percentEncoded(percentDecoded(password.join(":")), KEPT.user)}` : "";
	return { userinfo: percentEncoded(percentDecoded(user), KEPT.user) + joined, host };
}

function checkHost(host: string): void {
	const colon = host.startsWith("[") ? host.indexOf("]") + 1 : host.indexOf(":");
	const port = colon < 0 ? "" : host.slice(colon);
	if (!/^(:[0-9]*)?$/.test(port)) throw new CallError(`invalid port ${quoteGo(port)} after host`);
	const bad = /[ \\^`{|}]/.exec(host);
	if (bad) throw new CallError(`invalid character ${quoteGo(bad[0])} in host name`);
}

function urlJoin(map: Dict): string {
	const part = (key: string): string => {
		const value = map.entries.get(key);
		if (!value) return "";
		if (value.kind === "string") return value.value;
		throw new CallError(`unable to parse ${key} key, must be of type string, but ${kindOf(value)} found`);
	};
	const { scheme, host, path, query, opaque, fragment } = {
		scheme: part("scheme"),
		host: part("host"),
		path: part("path"),
		query: part("query"),
		opaque: part("opaque"),
		fragment: part("fragment"),
	};
	const userinfo = part("userinfo");
	const user = userinfo === "" ? undefined : parse(`proto://${userinfo}@host`).userinfo;
	let address = scheme === "" ? "" : `${scheme}:`;
	if (opaque !== "") address += opaque;
	else {
		if (host !== "" || user !== undefined || (scheme !== "" && path !== "")) address += "//";
		if (user !== undefined) address += `${user}@`;
		address += percentEncoded(host, KEPT.host);
		const escaped = path === "*" ? path : percentEncoded(path, KEPT.path);
		if (escaped !== "" && !escaped.startsWith("/") && host !== "") address += "/";
		if (address === "" && escaped.split("/")[0]?.includes(":")) address += "./";
		address += escaped;
	}
	return address + (query === "" ? "" : `?${query}`) + (fragment === "" ? "" : `#${percentEncoded(fragment, KEPT.fragment)}`);
}
