{{/* Where the Service leads. */}}
{{- define "shop.port" }}{{ .Values.port }}{{ end }}
