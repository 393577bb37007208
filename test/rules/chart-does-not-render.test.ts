import { chartDoesNotRender } from "../../server/src/rules/chart-does-not-render.ts";
import { check } from "../support/carets.ts";

const CHART = `
#- Chart.yaml
apiVersion: v2
name: web
version: 1.0.0`;

check(
	chartDoesNotRender,
	"a function that there is none of, below an action that is no YAML",
	`${CHART}
#- templates/service.yaml
{{- if true }}
apiVersion: v1
kind: Service
metadata:
  name: {{ .Release.Name | qoute }}
#                          ^^^^^ function "qoute" not defined
{{- end }}
`,
);

check(
	chartDoesNotRender,
	"a helper that includes itself, at the action that does it first",
	`${CHART}
#- templates/_helpers.tpl
{{ define "web.name" }}{{ include "web.name" . }}{{ end }}
#- templates/service.yaml
{{- if true }}
apiVersion: v1
kind: Service
metadata:
  name: {{ include "web.name" . }}
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^ rendering template has a nested reference name: web.name: unable to execute template
{{- end }}
`,
);

check(
	chartDoesNotRender,
	"values that are no YAML, at their error",
	`${CHART}
#- values.yaml
service:
  port: [
#       ^ cannot load values.yaml: This [ has no closing ]
#- templates/service.yaml
apiVersion: v1
kind: Service
metadata:
  name: web
`,
);

check(
	chartDoesNotRender,
	"a Chart.yaml whose first key has no characters",
	`
#- Chart.yaml
!!str : web
#       ^^^ validation: chart.metadata.name is required
#- templates/service.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { ports: [{ port: 80 }] }
`,
	{ only: true },
);
