/** A chart in `/ws/api` with two values files, a helper, a file of its own and a packed-in subchart. */
export const CHART = `#- api/Chart.yaml
apiVersion: v2
name: api
version: 1.2.3
appVersion: "4.5"
#- api/values.yaml
# -- How many Pods there are
# @default -- one
replicas: 1
image:
  repository: example/api # where it comes from
  tag: "1.0"
service:
  # Where clients connect.
  # It is the Service's port.
  port: 80
  targetPort: 8080
extra:
  - { name: metrics, port: 9090 }
  - { name: admin, port: 9091 }
annotations:
  team: shop
# old: 1
empty: ""
worker: { size: 3 }
#- api/values-prod.yaml
replicas: 3
service:
  port: 8000
#- api/ci/plain-values.yaml
other: 1
#- api/config/app.conf
listen 8080
#- api/templates/_helpers.tpl
{{/* The name of everything. */}}
{{- define "api.name" -}}
{{ .Release.Name }}-{{ .Chart.Name }}
{{- end }}
{{- define "api.labels" -}}
app: {{ include "api.name" . }}
version: {{ .Chart.AppVersion }}
{{- end }}
{{- define "api.port" }}{{ .port }}{{ end }}
#- api/templates/service.yaml
apiVersion: v1
kind: Service
metadata:
  name: {{ include "api.name" . }}
  labels:
    {{- include "api.labels" . | nindent 4 }}
  annotations:
    conf: {{ .Files.Get "config/app.conf" | quote }}
    miss: {{ .Values.service.prot }}
    none: {{ .Values.empty }}
    image: {{ printf "%s:%s" .Values.image.repository $.Values.image.tag }}
spec:
  selector:
    app: {{ include "api.name" . }}
  ports:
    {{- with .Values.service }}
    - port: {{ .port }}
      targetPort: {{ .targetPort }}
    {{- end }}
    {{- range $index, $each := .Values.extra }}
    - port: {{ $each.port }}
      targetPort: {{ include "api.port" . }}
      name: {{ .name }}
    {{- end }}
#- api/templates/deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ template "api.name" . }}
spec:
  replicas: {{ .Values.replicas }}
  selector:
    matchLabels:
      app: {{ include "api.name" . }}
  template:
    metadata:
      labels:
        {{- include "api.labels" . | nindent 8 }}
    spec:
      containers:
        - name: api
          image: example/api
          ports:
            - containerPort: 8080
            - containerPort: 9090
            - containerPort: 9091
#- api/charts/worker/Chart.yaml
apiVersion: v2
name: worker
version: 0.1.0
#- api/charts/worker/values.yaml
size: 1
#- api/charts/worker/templates/config.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: worker
data:
  size: {{ .Values.size | quote }}
`;
