/** A Service whose quoted targetPort (line 10) Kubernetes refuses, and the Deployment behind it, in two files. */
export const QUOTED = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
      targetPort: "8080"
`;

export const WEB = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 3
  selector:
    matchLabels: { app: web }
  template:
    metadata:
      labels: { app: web }
    spec:
      containers:
        - name: app
          image: registry.example.com/web:1
          ports: [{ name: http, containerPort: 8080 }]
`;

/** A Service of type NodePort that selects `app: NAME`. */
export function nodePortService(name: string, nodePort: number): string {
	return `apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec:
  type: NodePort
  selector: { app: ${name} }
  ports:
    - port: 80
      nodePort: ${nodePort}
`;
}
