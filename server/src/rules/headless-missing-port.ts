import { isHeadless } from "../model/service.ts";
import { namesNotFound } from "./namedTargetPorts.ts";
import { rule } from "./rule.ts";

export const headlessMissingPort = rule({
	name: "headless-missing-port",
	levels: ["warning"],
	on: "Service",
	summary: "A headless Service with a targetPort by name that no selected Pod has.",
	why: "The addresses of the Pods still resolve, but the port is left out of them, and there is no SRV record for it.",
	source: "https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#srv-records",
	bad: `
apiVersion: v1
kind: Service
metadata:
  name: db
spec:
  clusterIP: None
  selector:
    app: db
  ports:
    - name: sql
      port: 5432
      targetPort: sql
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
spec:
  serviceName: db
  selector:
    matchLabels:
      app: db
  template:
    metadata:
      labels:
        app: db
    spec:
      containers:
        - name: db
          image: registry.example.com/db:1.0
          ports:
            - name: postgres
              containerPort: 5432
`,
	good: `
apiVersion: v1
kind: Service
metadata:
  name: db
spec:
  clusterIP: None
  selector:
    app: db
  ports:
    - name: sql
      port: 5432
      targetPort: postgres
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
spec:
  serviceName: db
  selector:
    matchLabels:
      app: db
  template:
    metadata:
      labels:
        app: db
    spec:
      containers:
        - name: db
          image: registry.example.com/db:1.0
          ports:
            - name: postgres
              containerPort: 5432
`,
	*check(service, context) {
		if (!isHeadless(service)) return;
		for (const { report, everywhere } of namesNotFound(service, context)) {
			if (everywhere) yield { ...report, level: "warning", message: `${report.message}, so only the addresses resolve` };
		}
	},
});
