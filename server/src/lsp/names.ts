/**
 * The names that the session gives to files, and back. A file is named by its absolute path, decoded, with `/` and a drive letter
 * in lower case; a document of another scheme by its URI, and one whose URI has no folder (`untitled:Untitled-1`) stands in
 * a folder of its own. Open documents are spelled to the client as the client spells them.
 */
export class Names {
	private readonly spelled = new Map<string, string>();

	/** Remembers how the client spells an open document. */
	open(uri: string): string {
		const name = nameOf(uri);
		this.spelled.set(name, uri);
		return name;
	}

	close(uri: string): string {
		const name = nameOf(uri);
		this.spelled.delete(name);
		return name;
	}

	uriOf(name: string): string {
		return this.spelled.get(name) ?? uriOf(name);
	}
}

/** The name of a file or folder; without a slash at the end. */
export function nameOf(uri: string): string {
	const [, authority = "", path = ""] = /^file:(?:\/\/([^/?#]*))?([^?#]*)/i.exec(uri) ?? [];
	if (path === "") return uri.includes("/") ? uri : `${uri}/${uri.slice(uri.indexOf(":") + 1)}`;
	const decoded = decode(path).replace(/(.)\/+$/, "$1");
	const drive = /^\/([A-Za-z]):(.*)$/s.exec(decoded);
	if (drive) return `${drive[1]?.toLowerCase()}:${drive[2]}`;
	return authority !== "" && authority !== "localhost" ? `//${authority}${decoded}` : decoded;
}

/** The URI of a file or folder, as most clients spell it. */
export function uriOf(name: string): string {
	if (/^[A-Za-z]:(\/|$)/.test(name)) return `file:///${name.slice(0, 1)}%3A${encode(name.slice(2))}`;
	if (name.startsWith("//")) return `file:${encode(name)}`;
	return name.startsWith("/") ? `file://${encode(name)}` : name;
}

function decode(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}

function encode(path: string): string {
	return path.split("/").map(encodeURIComponent).join("/");
}
