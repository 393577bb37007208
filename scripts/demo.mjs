// Shows on the examples what Portolan finds and charts: what `npm run demo` prints. On a terminal it offers to open them in an editor.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { offerEditor } from "./editor.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const cli = path.join(root, "dist", "cli.js");
const examples = path.join(root, "examples");
const terminal = process.stdout.isTTY === true;
const coloured = terminal && !process.env.NO_COLOR && process.env.TERM !== "dumb";
const columns = Math.min((terminal && process.stdout.columns) || 100, 120);

const COLOURS = { bold: 1, dim: 2, red: 31, yellow: 33, blue: 34, cyan: 36 };
const SEVERITIES = { error: "red", warning: "yellow", information: "blue", hint: "dim" };

say();
say(`${paint("bold", "Portolan")} charts how traffic reaches your Pods.`);

heading("What is wrong", "cd examples; portolan check");
findings();

heading("One of them, closely", "portolan check guestbook/broken");
run("check", "guestbook/broken");

heading("Who reaches what, by which address", "portolan paths guestbook/broken mysql/fixed nodeport-local/fixed");
run("paths", "guestbook/broken", "mysql/fixed", "nodeport-local/fixed");

heading("Your turn");
say("  In VS Code, with findings as you type, hovers and quick fixes:");
say(`    ${paint("cyan", 'code --extensionDevelopmentPath="$PWD" examples')}`);
say("  To keep it:");
say(`    ${paint("cyan", "npm run package && code --install-extension portolan.vsix")}`);
say("  On your own manifests, and from any other editor:");
say(`    ${paint("cyan", "npx portolan check path/to/manifests")}`);
say(`    ${paint("cyan", "npx portolan lsp --stdio")}`);
say();
await offerEditor(root);

/** Every finding of the examples on a line or two, without its place. */
function findings() {
	const output = spawnSync(process.execPath, [cli, "check", "--format", "json", "--fail-on", "never"], {
		cwd: examples,
		encoding: "utf8",
		maxBuffer: 2 ** 26,
	});
	if (!succeeded(output)) return;
	const report = JSON.parse(output.stdout);
	const rows = report.findings.map(({ file, severity, message, rule }) => ({ name: file.split("/")[0], severity, message, rule }));
	const width = Math.max(...rows.map(({ name }) => name.length));
	for (const [index, { name, severity, message, rule }] of rows.entries()) {
		const shown = rows[index - 1]?.name === name ? "" : name;
		const indent = width + 13;
		const [first = "", ...rest] = wrap(`${message} [${rule}]`, columns - indent);
		say(`  ${shown.padEnd(width)}  ${paint(SEVERITIES[severity], severity.padEnd(7))}  ${first}`);
		for (const line of rest) say(`${" ".repeat(indent)}${line}`);
	}
	say();
	say(`  ${report.findings.length} findings in ${report.units} folders; the folders called fixed have none.`);
}

/** Runs a command on the examples as somebody would who stands in their folder. */
function run(...args) {
	succeeded(spawnSync(process.execPath, [cli, ...args], { cwd: examples, stdio: "inherit" }));
}

function succeeded({ status, error, stderr }) {
	if (status === 0 || status === 1) return true;
	console.error(error?.message ?? stderr ?? `${cli} ended with ${status}: run npm run build first`);
	process.exitCode = 1;
	return false;
}

function heading(title, command) {
	const line = "─".repeat(Math.max(0, columns - title.length - 4));
	say(`\n${paint("dim", "──")} ${paint("bold", title)} ${paint("dim", line)}`);
	if (command) say(`${paint("dim", `$ ${command}`)}\n`);
	else say();
}

function wrap(text, width) {
	const lines = [""];
	for (const word of text.split(" ")) {
		const last = lines.at(-1);
		if (last === "") lines[lines.length - 1] = word;
		else if (last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
		else lines.push(word);
	}
	return lines;
}

function paint(colour, text) {
	return coloured ? `\u001b[${COLOURS[colour]}m${text}\u001b[0m` : text;
}

/** Written at once, so that it stands before what a command prints next. */
function say(text = "") {
	process.stdout.write(`${text}\n`);
}
