import { selectorExpressionsInService } from "../../server/src/rules/selector-expressions-in-service.ts";
import { check } from "../support/carets.ts";

const service = (selector: string) => `
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector:${selector}
  ports: [{ port: 80 }]
`;

check(
	selectorExpressionsInService,
	"in flow style, comments around it stay",
	service(` { matchLabels: { app: web, tier: "front" } } # all of them
#             ^^^^^^^^^^^ error: The selector of a Service has no matchLabels: it is a map of labels`),
	{ fix: { title: "Write the labels without matchLabels", gives: service(' { app: web, tier: "front" } # all of them') } },
);

check(
	selectorExpressionsInService,
	"a comment between the labels stays with them",
	service(`
    matchLabels:
#   ^^^^^^^^^^^ error: The selector of a Service has no matchLabels: it is a map of labels
        app: web
        # the part in front
        tier: front`),
	{ fix: { title: "Write the labels without matchLabels", gives: service("\n    app: web\n    # the part in front\n    tier: front") } },
);

check(
	selectorExpressionsInService,
	"expressions, beside labels that then stay where they are",
	service(`
    matchLabels: { app: web }
#   ^^^^^^^^^^^ error: The selector of a Service has no matchLabels: it is a map of labels
    matchExpressions:
#   ^^^^^^^^^^^^^^^^ error: The selector of a Service has no matchExpressions: it is a map of labels
      - { key: tier, operator: In, values: [front] }`),
);

check(selectorExpressionsInService, "a label of that name is one", service("\n    matchLabels: web"));

check(
	selectorExpressionsInService,
	"JSON",
	`
{ "apiVersion": "v1", "kind": "Service", "metadata": { "name": "web" }, "spec": { "selector": { "matchLabels": { "app": "web" } }, "ports": [{ "port": 80 }] } }
#                                                                                               ^^^^^^^^^^^^^ error: The selector of a Service has no matchLabels: it is a map of labels
`,
	{
		fix: {
			title: "Write the labels without matchLabels",
			gives: `
{ "apiVersion": "v1", "kind": "Service", "metadata": { "name": "web" }, "spec": { "selector": { "app": "web" }, "ports": [{ "port": 80 }] } }
`,
		},
	},
);
