import { isModelledKind, type Manifest } from "../model/manifest.ts";
import type { Span } from "../text/source.ts";
import { firstProblem } from "../yaml/explain.ts";
import { rule } from "./rule.ts";

export const invalidYaml = rule({
	name: "invalid-yaml",
	levels: ["error"],
	auto: true,
	on: "Manifest",
	summary: "A manifest that is not valid YAML.",
	why: "The document cannot be read, so kubectl creates nothing of it. What stands before the error is checked all the same.",
	source: "https://yaml.org/spec/1.2.2/",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
     targetPort: 8080
`,
	good: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
      targetPort: 8080
`,
	*check(manifest) {
		const { parsed, source, written: objects } = manifest;
		const problem = parsed && isManifest(manifest) ? firstProblem(parsed) : undefined;
		if (parsed?.trailing && parsed.refusesTrailing && isManifest(manifest)) {
			const { start } = parsed.trailing;
			const line = /^[^\r\n]*/.exec(source.text.slice(start)) ?? [""];
			yield {
				at: { source, start, end: start + line[0].trimEnd().length },
				message: "Kubernetes reads no more behind the JSON object that ends above",
			};
		}
		if (!problem || isFilledIn(source.text, problem)) return;
		const [object, second] = objects;
		yield { at: { source, start: problem.start, end: problem.end }, message: problem.message, ...(object && !second ? { object } : {}) };
	},
});

/** Whether what can be read says that this is an object of Kubernetes: read as YAML, or line by line. */
function isManifest({ source, written: objects }: Manifest): boolean {
	if (objects.some(({ apiVersion }) => apiVersion !== "")) return true;
	const [, apiVersion = ""] = /^apiVersion:[ \t]+(["']?)([\w./]+)\1[ \t]*\r?$/m.exec(source.text)?.slice(1) ?? [];
	const [, kind = ""] = /^kind:[ \t]+(["']?)(\w+)\1[ \t]*\r?$/m.exec(source.text)?.slice(1) ?? [];
	return isModelledKind(apiVersion, kind);
}

/** Whether another tool fills something in on the line before kubectl reads it. */
function isFilledIn(text: string, { start, end }: Span): boolean {
	const lineEnd = text.indexOf("\n", end);
	const lines = text.slice(text.lastIndexOf("\n", start - 1) + 1, lineEnd < 0 ? text.length : lineEnd);
	return /\$[{(]|\{[A-Z][A-Z0-9_]*\}|<%|%>|@[A-Z][A-Z0-9_]*@|%\(\w+\)s/.test(lines);
}
