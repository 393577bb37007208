/** A Service of some Pods. */
export const service = (name: string, namespace = "") => `apiVersion: v1
kind: Service
metadata: { name: ${name}${namespace && `, namespace: ${namespace}`} }
spec: { selector: { app: ${name} }, ports: [{ port: 80, targetPort: 8080 }] }
`;

/** A file with a Service that is called as the file. */
export const file = (path: string) => `#- ${path}.yaml\n${service(path.slice(path.lastIndexOf("/") + 1))}`;

/** A chart with one Service, whose ports are values. */
export const chart = (path: string, values = "port: 80\ntarget: 8080\n") => `#- ${path}/Chart.yaml
apiVersion: v2
name: api
version: 1.0.0
#- ${path}/values.yaml
${values}#- ${path}/templates/service.yaml
apiVersion: v1
kind: Service
metadata:
  name: {{ .Release.Name }}
  annotations: { in: {{ .Release.Namespace }} }
spec:
  ports:
    - port: {{ .Values.port }}
      targetPort: {{ .Values.target }}
`;

/** A kustomization with one Service, called web. */
export const kustomization = (path: string) => `#- ${path}/kustomization.yaml\nresources: [web.yaml]\n${file(`${path}/web`)}`;
