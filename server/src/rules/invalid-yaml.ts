import { isModelledKind, type Manifest } from "../model/manifest.ts";
import { firstProblem } from "../yaml/explain.ts";
import type { Parsed } from "../yaml/parse.ts";
import { isFilledIn, isTemplate } from "./filledIn.ts";
import { type Report, rule } from "./rule.ts";

export const invalidYaml = rule({
	name: "invalid-yaml",
	levels: ["error"],
	auto: true,
	on: "Text",
	summary: "A manifest or a kustomization that is not valid YAML.",
	why: "The document cannot be read, so kubectl creates nothing of it, and kustomize builds nothing. What stands before the error is checked all the same.",
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
		if ("kustomization" in manifest) {
			yield* inKustomization(manifest.kustomization);
			return;
		}
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

function* inKustomization(parsed: Parsed): Iterable<Report> {
	const { source } = parsed;
	const problem = firstProblem(parsed);
	if (!problem || isTemplate(source.text, problem)) return;
	yield { at: { source, start: problem.start, end: problem.end }, message: problem.message };
}

/** Whether what can be read says that this is an object of Kubernetes: read as YAML, or by the eye. */
function isManifest({ source, written: objects }: Manifest): boolean {
	if (objects.some(({ apiVersion }) => apiVersion !== "")) return true;
	const { text } = source;
	const atStart = (key: string) => new RegExp(`^${key}:[ \\t]+(["']?)([\\w./]+)\\1[ \\t]*\\r?$`, "m").exec(text)?.[2];
	const [apiVersion, kind] = [atStart("apiVersion"), atStart("kind")];
	if (apiVersion !== undefined && kind !== undefined) return isModelledKind(apiVersion, kind);
	return BEGINNING.test(text) && isModelledKind(first("apiVersion", text), first("kind", text));
}

/** An object whose first key says what it is, also as JSON, indented, or behind a separator that is none. */
const BEGINNING = /^(?:[ \t]*(?:#.*)?\r?\n)*(?:---)?\s*\{?\s*["']?(?:apiVersion|kind)["']?[ \t]*:/;

function first(key: string, text: string): string {
	return new RegExp(`(?:^|[{,]|^---)[ \\t]*["']?${key}["']?[ \\t]*:[ \\t]*["']?([\\w./]+)`, "m").exec(text)?.[1] ?? "";
}
