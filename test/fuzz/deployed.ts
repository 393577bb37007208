import fc from "fast-check";
import { exampleTexts } from "../support/examples.ts";
import { type Files, ROOT } from "./workspaces.ts";

/** As many characters as are read at once, or a few more or less. */
const BORDER = 256 * 1024;

const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: { app: web }
  ports:
    - port: 80
      targetPort: {{ .Values.port }}
`;

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: app
          image: example/web
          ports: [{ name: http, containerPort: {{ include "web.port" . }} }]
`;

const CHART: readonly (readonly [string, string])[] = [
	["chart/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n"],
	["chart/values.yaml", "port: 8080\nlisten: 8080\n"],
	["chart/values-prod.yaml", "port: 9090\n"],
	["chart/templates/_helpers.tpl", '{{- define "web.port" }}{{ .Values.listen }}{{ end }}\n'],
	["chart/templates/service.yaml", SERVICE],
	["chart/templates/deployment.yaml", DEPLOYMENT],
];

const APPLICATION = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: shop
spec:
  destination: { namespace: prod }
  source:
    repoURL: https://git.example.com/team/shop
    path: chart
    helm:
      valueFiles: [values-prod.yaml]
      parameters: [{ name: listen, value: "9090" }]
`;

const GENERATED = "resources: [../base]\nconfigMapGenerator:\n- name: conf\n  files: [app.conf, conf/more.txt]\n";

const overlay = [...exampleTexts()].flatMap(([name, text]): [string, string][] =>
	name.startsWith("overlay/broken/") ? [[name.slice("overlay/broken/".length), text]] : [],
);

/** Lines that make an object long, about 100 characters each. */
export function notes(count: number): string {
	return Array.from({ length: count }, (_, at) => `    example.com/note-${at}: ${"what somebody wrote down ".repeat(3)}\n`).join("");
}

/** A manifest a little shorter than what is read at once, and what it selects beside it. */
function large(): Files {
	const service = SERVICE.replace("{{ .Values.port }}", "http").replace("  name: web\n", `  name: web\n  annotations:\n${notes(2480)}`);
	const deployment = DEPLOYMENT.replace('{{ include "web.port" . }}', "8080");
	return placed([
		["large.yaml", service.slice(0, 0) + service],
		["near/deployment.yaml", deployment],
		["deployment.yaml", deployment],
	]);
}

function placed(files: readonly (readonly [string, string])[]): Files {
	return new Map(files.map(([name, text]) => [`${ROOT}/${name}`, text]));
}

/** Workspaces in which something says how the rest is deployed, and one with a document that is about as long as is read at once. */
export const deployed: fc.Arbitrary<Files> = fc.oneof(
	{ weight: 3, arbitrary: fc.constant(placed(overlay)) },
	{
		weight: 2,
		arbitrary: fc.constant(
			placed([...overlay, ["extra/kustomization.yaml", GENERATED], ["extra/app.conf", "PORT=8080\n"], ["extra/conf/more.txt", "a"]]),
		),
	},
	{ weight: 3, arbitrary: fc.constant(placed(CHART)) },
	{ weight: 3, arbitrary: fc.constant(placed([...CHART, ["apps/shop.yaml", APPLICATION], [".git/HEAD", ""]])) },
	{ weight: 1, arbitrary: fc.constant(large()) },
);

export const LARGEST = BORDER + 64 * 1024;
