import { fixed, keeping, type Signature } from "../signature.ts";
import { slice, type Text, text } from "../text.ts";
import { bool } from "../values.ts";

/** Slash-separated paths as Go's package path has them; the filepath twins are the same on Linux. */
export const PATHS: Readonly<Record<string, Signature>> = {
	...both("base", (value) => base(value)),
	...both("dir", (value) => text(dir(value.value))),
	...both("clean", (value) => (clean(value.value) === value.value ? value : text(clean(value.value)))),
	...both("ext", (value) => ext(value)),
	isAbs: fixed(["string"], "bool", (_, { value }) => bool(value.startsWith("/"))),
	osIsAbs: fixed(["string"], "bool", (_, { value }) => bool(value.startsWith("/"))),
};

function both(name: string, make: (value: Text) => Text): Readonly<Record<string, Signature>> {
	const signature = keeping(fixed(["string"], "string", (_, value) => make(value)));
	return { [name]: signature, [`os${name.charAt(0).toUpperCase()}${name.slice(1)}`]: signature };
}

function base(value: Text): Text {
	if (value.value === "") return text(".");
	let end = value.value.length;
	while (end > 0 && value.value[end - 1] === "/") end--;
	if (end === 0) return text("/");
	return slice(value, value.value.lastIndexOf("/", end - 1) + 1, end);
}

function dir(value: string): string {
	return clean(value.slice(0, value.lastIndexOf("/") + 1));
}

function ext(value: Text): Text {
	const dot = value.value.lastIndexOf(".");
	return dot > value.value.lastIndexOf("/") ? slice(value, dot) : text("");
}

/** Go's path.Clean. */
export function clean(value: string): string {
	if (value === "") return ".";
	const rooted = value.startsWith("/");
	const parts: string[] = [];
	for (const part of value.split("/")) {
		if (part === "" || part === ".") continue;
		if (part !== "..") parts.push(part);
		else if (parts.length > 0 && parts.at(-1) !== "..") parts.pop();
		else if (!rooted) parts.push(part);
	}
	const joined = parts.join("/");
	return rooted ? `/${joined}` : joined || ".";
}
