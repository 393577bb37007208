import { isHeadless } from "../model/service.ts";
import { namesNotFound } from "./namedTargetPorts.ts";
import { rule } from "./rule.ts";

export const targetPortNameNotFound = rule({
	name: "target-port-name-not-found",
	levels: ["error", "warning"],
	on: "Service",
	summary: "A targetPort by name that no selected Pod has, or only some have.",
	why: "A name must be declared: Kubernetes leaves the Service's port out for every Pod without a container port of that name and protocol, and says nothing.",
	source: "https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
      targetPort: http
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: registry.example.com/web:1.0
          ports:
            - name: web
              containerPort: 8080
`,
	good: `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
      targetPort: web
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: registry.example.com/web:1.0
          ports:
            - name: web
              containerPort: 8080
`,
	*check(service, context) {
		if (isHeadless(service)) return;
		for (const { report } of namesNotFound(service, context)) yield report;
	},
});
