import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** A chart made for one behaviour, and what Helm 3.22 answered for it. */
export interface RecordedChart {
	readonly name: string;
	readonly file: string;
	/** By their paths relative to the chart. */
	readonly files: ReadonlyMap<string, string>;
	/** What `helm template release-name CHART` was called with. */
	readonly args: readonly string[];
	/** The line that begins the answer, and all before it. */
	readonly question: string;
	readonly answer: string;
}

const FOLDER = "test/units/helm/chart/recorded";

/** A chart whose Chart.yaml does not matter leaves it out. */
const CHART = "apiVersion: v2\nname: web\nversion: 1.0.0\n";

/** Reads the recorded charts: `#- file` begins a file, `#= helm template ARGUMENTS` the answer. */
export function recordedCharts(): readonly RecordedChart[] {
	const names = readdirSync(FOLDER).filter((name) => name.endsWith(".txt"));
	return names.sort().map((name) => read(path.join(FOLDER, name)));
}

function read(file: string): RecordedChart {
	const text = readFileSync(file, "utf8");
	const asked = /^#= helm template ?(.*)\n/m.exec(text);
	const end = asked ? asked.index + asked[0].length : text.length;
	const files = new Map([["Chart.yaml", CHART]]);
	for (const each of text.slice(0, asked?.index).split(/^(?=#- )/m)) {
		const head = each.indexOf("\n");
		files.set(each.slice("#- ".length, head), each.slice(head + 1));
	}
	return {
		name: path.basename(file, ".txt"),
		file,
		files,
		args: (asked?.[1] ?? "").split(" ").filter((part) => part !== ""),
		question: text.slice(0, end),
		answer: text.slice(end),
	};
}
