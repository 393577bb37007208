import { targetPortNotDeclared } from "../../server/src/rules/target-port-not-declared.ts";
import { check } from "../support/carets.ts";

check(
	targetPortNotDeclared,
	"what a patch wrote is found in the patch",
	`
#- overlays/prod/kustomization.yaml
resources: [../../base]
patches: [{ path: patch.yaml }]
#- overlays/prod/patch.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports:
    - port: 80
      targetPort: 8081
#                 ^^^^ x
#- base/kustomization.yaml
resources: [service.yaml, deployment.yaml]
#- base/service.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector: { app: web }
  ports:
    - port: 80
      targetPort: 8080
#- base/deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: app
          image: x
          ports: [{ containerPort: 8080 }]
`,
);
