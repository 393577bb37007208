import { nullLabelValue } from "../../server/src/rules/null-label-value.ts";
import { check } from "../support/carets.ts";

check(
	nullLabelValue,
	"a null and nothing at all, in flow too",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector: { app: ~, tier: , run: null }
#                  ^ warning: The label app has no value, which selects Pods whose label app is empty
#                     ^^^^ warning: The label tier has no value, which selects Pods whose label tier is empty
#                                  ^^^^ warning: The label run has no value, which selects Pods whose label run is empty
  ports: [{ port: 80 }]
`,
);

check(
	nullLabelValue,
	"the selector of a workload",
	`
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector:
    matchLabels:
      app:
#     ^^^ warning: The label app has no value, which selects Pods whose label app is empty
  template:
    metadata: { labels: { app: } }
    spec: { containers: [{ name: web }] }
`,
);

check(
	nullLabelValue,
	"an empty text is meant, and labels that select nothing may have no value",
	`
apiVersion: v1
kind: Service
metadata: { name: web, labels: { tier: } }
spec:
  selector: { app: "", tier: "\${TIER}" }
  ports: [{ port: 80 }]
`,
);
