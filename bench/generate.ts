/** How files lie in folders: five apps in each, or all in one. */
export type Layout = "folders" | "flat";

export interface File {
	readonly path: string;
	readonly text: string;
}

/** Makes `count` manifests as (path, text) pairs, the same ones every time: apps of a Service and a workload. */
export function* generate(count: number, layout: Layout = "folders"): Iterable<File> {
	for (let app = 0; app * 2 < count; app++) {
		const folder = layout === "flat" ? "all" : `team-${Math.floor(app / 5)}`;
		yield { path: `${folder}/app-${app}-service.yaml`, text: service(app) };
		yield { path: `${folder}/app-${app}-deployment.yaml`, text: workload(app) };
	}
}

/** NetworkPolicies, each of which lets the Pods of one app out to those of another. */
export function* generatePolicies(count: number): Iterable<File> {
	for (let app = 0; app < count; app++) {
		const text = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: app-${app}
spec:
  podSelector:
    matchLabels:
      app.kubernetes.io/name: app-${app}
  policyTypes: [Egress]
  egress:
    - to:
        - podSelector:
            matchLabels:
              app.kubernetes.io/name: app-${(app * 7) % count}
      ports:
        - port: ${8080 + (app % 3)}
`;
		yield { path: `all/app-${app}-policy.yaml`, text };
	}
}

function service(app: number): string {
	const nodePort = app % 8 === 0 ? `\n      nodePort: ${30000 + ((app / 8) % 2768)}` : "";
	return `apiVersion: v1
kind: Service
metadata:
  name: app-${app}
  labels:
    app.kubernetes.io/name: app-${app}
    app.kubernetes.io/part-of: shop # every app
spec:${nodePort === "" ? "" : "\n  type: NodePort"}
  selector:
    app.kubernetes.io/name: app-${app}${app % 40 === 39 ? "x" : ""}
  ports:
    - name: http
      port: ${8000 + (app % 1000)}
      targetPort: ${app % 3 === 0 ? "http" : app % 50 === 1 ? 9999 : 8080}${nodePort}
    - name: metrics
      port: 9090
      targetPort: metrics
`;
}

function workload(app: number): string {
	const kind = ["Deployment", "StatefulSet", "DaemonSet"][app % 7] ?? "Deployment";
	return `apiVersion: apps/v1
kind: ${kind}
metadata:
  name: app-${app}
spec:${kind === "DaemonSet" ? "" : "\n  replicas: 3"}
  selector:
    matchLabels:
      app.kubernetes.io/name: app-${app}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: app-${app}
        app.kubernetes.io/part-of: shop
    spec:
      containers:
        - name: app
          image: registry.example.com/shop/app-${app}:1.2.3
          ports:
            - name: http
              containerPort: 8080
            - name: metrics
              containerPort: 9090
          readinessProbe:
            httpGet: { path: /healthz, port: http }
          env:
            - { name: LOG_LEVEL, value: info }
          resources:
            requests: { cpu: 100m, memory: 128Mi }
`;
}
