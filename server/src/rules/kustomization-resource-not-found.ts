import { nearestFix, withNearest } from "./nearestFix.ts";
import { rule } from "./rule.ts";

export const kustomizationResourceNotFound = rule({
	name: "kustomization-resource-not-found",
	levels: ["error"],
	on: "Problem",
	summary: "A kustomization that names a file or a folder which is not there.",
	why: "The build of the kustomization fails as a whole. What would be fetched from elsewhere is left alone.",
	source: "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/",
	bad: `
#- kustomization.yaml
resources:
  - service.yml
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
		if (problem.kind === "not-found") yield { at, message: withNearest(problem), fixes: nearestFix(problem, at) };
	},
});
