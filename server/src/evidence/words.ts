/**
 * Whether a text names a number as ports are named: `8080`, `:8080`, `--port=8080`, `-p8080`, `http://x:8080/`, `8080:80`.
 * A part of a longer number, word, version or address (`18080`, `v80`, `1.80`, `10.0.80.1`) is none.
 */
export function namesNumber(text: string, number: number): boolean {
	if (!text.includes(String(number))) return false;
	return new RegExp(`(?:(?<![A-Za-z0-9_]|[0-9]\\.)|(?<=(?:^|\\s)-[A-Za-z]))${number}(?![A-Za-z0-9_%]|\\.[0-9])`).test(text);
}

const MAIN_FLAG = /^--?(p|b|port|listen|bind|addr|address|http|(http|server|web|listen|bind)[-._]?(port|addr|address|listen))$/i;

/**
 * Whether a command line says which port its process listens on: a flag for it with a number (`--port=8080`, `-p 8080`,
 * `--bind 0.0.0.0:8080`). Flags for another thing's port (`--db-port`) say nothing.
 */
export function statesPort(words: readonly string[]): boolean {
	const split = words.flatMap((word) => word.split(/\s+/)).filter((word) => word !== "");
	return split.some((word, index) => {
		const [, flag = "", value] = /^(-[^=]*)(?:=(.*))?$/.exec(word) ?? [];
		return MAIN_FLAG.test(flag) && /^["']?([\w.[\]-]*:)*\d{2,5}["']?$/.test(value ?? split[index + 1] ?? "");
	});
}

const FILE_FLAG = /^--?(.*[-._])?(conf|config|cfg|configuration)([-._]?(file|path|dir|directory|location))?$/i;
const FILE = /^\/|\.(ya?ml|json|toml|conf|cfg|ini|properties|hcl|xml)$/i;

/** The configuration file that a command line names (`--config=/etc/app.yaml`, `-c app.conf`), outside of these folders and files. */
export function configurationFile(words: readonly string[], known: readonly string[]): string | undefined {
	const split = words.flatMap((word) => word.split(/\s+/)).filter((word) => word !== "");
	for (const [index, word] of split.entries()) {
		const [, flag = "", value = split[index + 1] ?? ""] = /^(-[^=]*)(?:=(.*))?$/.exec(word) ?? [];
		const isFile = (FILE_FLAG.test(flag) || /^-[cf]$/.test(flag)) && FILE.test(value);
		if (isFile && !known.some((path) => value === path || value.startsWith(`${path.replace(/\/$/, "")}/`))) return value;
	}
	return undefined;
}
