import { type Place, textAt } from "../text/source.ts";
import type { ProblemKind } from "../units/kustomize/problem.ts";
import type { Rendering } from "../units/rendering.ts";
import { valueAt } from "../yaml/nodes.ts";
import { parseSource } from "../yaml/parse.ts";
import { nearestFix, withNearest } from "./nearestFix.ts";
import { rule } from "./rule.ts";

export const patchWithoutTarget = rule({
	name: "patch-without-target",
	levels: ["error", "warning"],
	on: "Problem",
	summary: "A patch, or something else that a kustomization changes, for what is not there.",
	why: "A strategic merge patch, a JSON path, a replica count or a replacement that finds nothing fails the whole build. A target that matches nothing is passed over in silence, which is a warning.",
	source: "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/",
	bad: `
#- kustomization.yaml
resources:
  - service.yaml
patches:
  - path: patch.yaml
#- patch.yaml
apiVersion: v1
kind: Service
metadata:
  name: wbe
spec:
  type: NodePort
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
patches:
  - path: patch.yaml
#- patch.yaml
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
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
	*check({ problem, at, rendering }) {
		if (problem.kind !== "no-target" && problem.kind !== "unused-target") return;
		if (rendering.problems.some(({ kind }) => LACKING.has(kind))) return;
		const useless = problem.kind === "unused-target";
		if (useless && (isForWhateverIsThere(problem.whole ?? at) || hasEmptyFile(rendering))) return;
		const level = useless ? "warning" : "error";
		yield { at, level, useless, message: withNearest(problem), related: problem.related ?? [], fixes: nearestFix(problem, at) };
	},
});

/** What keeps objects or fields out that a patch may be for. */
const LACKING: ReadonlySet<ProblemKind> = new Set([
	"not-found",
	"outside",
	"remote",
	"plugin",
	"helm",
	"unsupported",
	"invalid",
	"invalid-document",
	"same-object",
	"component",
]);

/** A component changes all objects of a kind, of which those that use it may have none. */
function isForWhateverIsThere(target: Place): boolean {
	const kind = valueAt(parseSource(target.source).root, "kind");
	return kind?.kind === "scalar" && kind.text === "Component" && !/\bname\b/.test(textAt(target));
}

/** A tool will write it, as Flux does when it is installed. */
function hasEmptyFile({ files }: Rendering): boolean {
	return [...files.values()].some(({ parts }) => parts.every(({ source }) => parseSource(source).root === undefined));
}
