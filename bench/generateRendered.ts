import { type File, generate } from "./generate.ts";

/** A base of ten applications, and `count` overlays of it that each patch one of them: the same ones every time. */
export function* generateOverlays(count: number): Iterable<File> {
	const base = [...generate(20)].map(({ path, text }) => ({ name: path.slice(path.lastIndexOf("/") + 1), text }));
	for (const { name, text } of base) yield { path: `base/${name}`, text };
	yield { path: "base/kustomization.yaml", text: `resources:\n${base.map(({ name }) => `  - ${name}\n`).join("")}` };
	for (let overlay = 0; overlay < count; overlay++) {
		yield { path: `overlays/o-${overlay}/kustomization.yaml`, text: kustomization(overlay) };
		yield { path: `overlays/o-${overlay}/patch.yaml`, text: patch(overlay) };
	}
}

function kustomization(overlay: number): string {
	return `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: env-${overlay}
resources:
  - ../../base
labels:
  - pairs:
      environment: env-${overlay}
patches:
  - path: patch.yaml
configMapGenerator:
  - name: settings
    literals:
      - LOG_LEVEL=info
      - ENVIRONMENT=env-${overlay}
`;
}

function patch(overlay: number): string {
	const app = overlay % 7 === 0 || overlay % 7 === 1 || overlay % 7 === 2 ? 3 : 4;
	return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-${app}
spec:
  replicas: ${1 + (overlay % 9)}
  template:
    spec:
      containers:
        - name: app
          env:
            - { name: LOG_LEVEL, value: debug }
`;
}

/** The applications of each chart: most charts are small. */
export const CHARTS = [1, 1, 2, 2, 3, 3, 4, 4, 5, 6, 8, 10, 15, 40];

/** Charts of the kind that `helm create` makes. */
export function* generateCharts(): Iterable<File> {
	for (const [chart, apps] of CHARTS.entries()) yield* generateChart(`charts/shop-${chart}`, apps);
}

/** Each application is a Service and a Deployment whose names and labels come from helpers. */
function* generateChart(folder: string, apps: number): Iterable<File> {
	const name = folder.slice(folder.lastIndexOf("/") + 1);
	yield { path: `${folder}/Chart.yaml`, text: `apiVersion: v2\nname: ${name}\nversion: 1.2.3\nappVersion: "4.5"\n` };
	yield { path: `${folder}/templates/_helpers.tpl`, text: HELPERS };
	yield { path: `${folder}/values.yaml`, text: Array.from({ length: apps }, (_, app) => values(app)).join("") };
	for (let app = 0; app < apps; app++) {
		yield { path: `${folder}/templates/app-${app}-service.yaml`, text: SERVICE.replaceAll("APP", `app${app}`) };
		yield { path: `${folder}/templates/app-${app}-deployment.yaml`, text: DEPLOYMENT.replaceAll("APP", `app${app}`) };
	}
}

function values(app: number): string {
	return `app${app}:
  replicas: ${1 + (app % 3)}
  image: { repository: registry.example.com/shop/app${app}, tag: "" }
  service: { type: ClusterIP, port: ${8000 + app} }
  containerPort: 8080
  podAnnotations: { prometheus.io/scrape: "true" }
  resources:
    requests: { cpu: 100m, memory: 128Mi }
  env:
    LOG_LEVEL: info
    REGION: north
`;
}

const HELPERS = `{{- define "shop.fullname" -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" }}
{{- end }}

{{- define "shop.selectorLabels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "shop.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{ include "shop.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}
`;

const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: {{ include "shop.fullname" . }}-APP
  labels:
    {{- include "shop.labels" . | nindent 4 }}
spec:
  type: {{ .Values.APP.service.type }}
  ports:
    - port: {{ .Values.APP.service.port }}
      targetPort: http
      protocol: TCP
      name: http
  selector:
    {{- include "shop.selectorLabels" . | nindent 4 }}
    app.kubernetes.io/component: APP
`;

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "shop.fullname" . }}-APP
  labels:
    {{- include "shop.labels" . | nindent 4 }}
spec:
  replicas: {{ .Values.APP.replicas }}
  selector:
    matchLabels:
      {{- include "shop.selectorLabels" . | nindent 6 }}
      app.kubernetes.io/component: APP
  template:
    metadata:
      {{- with .Values.APP.podAnnotations }}
      annotations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      labels:
        {{- include "shop.selectorLabels" . | nindent 8 }}
        app.kubernetes.io/component: APP
    spec:
      containers:
        - name: main
          image: "{{ .Values.APP.image.repository }}:{{ .Values.APP.image.tag | default .Chart.AppVersion }}"
          ports:
            - name: http
              containerPort: {{ .Values.APP.containerPort }}
          env:
            {{- range $name, $value := .Values.APP.env }}
            - name: {{ $name }}
              value: {{ $value | quote }}
            {{- end }}
          resources:
            {{- toYaml .Values.APP.resources | nindent 12 }}
`;
