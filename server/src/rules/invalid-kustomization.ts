import { mayHoldObjects } from "../model/manifest.ts";
import type { Place } from "../text/source.ts";
import { isKustomizationFile } from "../units/kustomization.ts";
import type { ProblemKind } from "../units/kustomize/problem.ts";
import { firstProblem } from "../yaml/explain.ts";
import { parseSource } from "../yaml/parse.ts";
import { isTemplate } from "./filledIn.ts";
import { nearestFix, withNearest } from "./nearestFix.ts";
import { rule } from "./rule.ts";

export const invalidKustomization = rule({
	name: "invalid-kustomization",
	levels: ["error"],
	on: "Problem",
	summary: "A kustomization that kustomize refuses to build.",
	why: "Nothing of it is deployed: one unknown field, one object that is there twice or a component among the resources is enough.",
	source: "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/",
	bad: `
#- kustomization.yaml
resources:
  - service.yaml
namepreffix: prod-
#- service.yaml
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
`,
	good: `
#- kustomization.yaml
resources:
  - service.yaml
namePrefix: prod-
#- service.yaml
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
`,
	*check({ problem, at }) {
		if (!REFUSED.has(problem.kind) || (problem.kind === "invalid-document" && isSaidOfItsText(at))) return;
		if (isMadeYaml(at) || isSyntaxOfKustomization(at)) return;
		yield { at, message: withNearest(problem), related: problem.related ?? [], fixes: nearestFix(problem, at) };
	},
});

const REFUSED: ReadonlySet<ProblemKind> = new Set(["invalid", "invalid-document", "empty", "same-object", "component"]);

/** What is no YAML in a manifest is found there whatever deploys it. */
function isSaidOfItsText({ source }: Place): boolean {
	const { problems, duplicates } = parseSource(source);
	return (problems.length > 0 || duplicates.length > 0) && mayHoldObjects(source.text);
}

/** A kustomization has a finding of its own where it is no YAML. */
function isSyntaxOfKustomization({ source, start }: Place): boolean {
	return isKustomizationFile(source.uri) && firstProblem(parseSource(source))?.start === start;
}

/** Whether another tool makes YAML of it. */
function isMadeYaml({ source }: Place): boolean {
	const problem = firstProblem(parseSource(source));
	return problem !== undefined && isTemplate(source.text, problem);
}
