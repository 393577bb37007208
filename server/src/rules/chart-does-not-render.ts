import { rule } from "./rule.ts";

export const chartDoesNotRender = rule({
	name: "chart-does-not-render",
	levels: ["warning"],
	on: "Problem",
	summary: "A Helm chart that fails with its own default values, and with every values file in it.",
	why: "Helm refuses the chart as a whole, and nothing of it is deployed until the values that it wants are given. A dependency that is not there is said in the status only.",
	source: "https://helm.sh/docs/chart_template_guide/debugging/",
	bad: `
#- Chart.yaml
apiVersion: v2
name: web
version: 1.0.0
#- values.yaml
service:
  port: 80
#- templates/service.yaml
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: {{ .Values.services.port }}
`,
	good: `
#- Chart.yaml
apiVersion: v2
name: web
version: 1.0.0
#- values.yaml
service:
  port: 80
#- templates/service.yaml
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: {{ .Values.service.port }}
`,
	*check({ problem, at }) {
		if (problem.kind === "chart") yield { at, message: explained(problem.message), useless: true };
	},
});

/** Helm's reason, and for the one that speaks of Go's insides what it means. */
function explained(reason: string): string {
	const [, field] = /^nil pointer evaluating \S+ ?\S*?\.(\w+)$/.exec(reason) ?? [];
	return field === undefined ? reason : `${reason}: what stands before .${field} has no value`;
}
