import { targetPortNameNotFound } from "../../server/src/rules/target-port-name-not-found.ts";
import { check, settingsWith } from "../support/carets.ts";

/** A Service that sends to the port `http`, with a line of carets below it. */
const service = (carets = "", entry = "port: 80, targetPort: http", spec = "ports:") => `
#- service.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector: { app: web }
  ${spec}
    - { ${entry} } # to the app
${carets === "" ? "" : `#                             ${carets}\n`}`;

const workload = (
	container: string,
	more = "",
	podLabels = "",
	name = "web",
	kind = "apiVersion: apps/v1\nkind: Deployment",
) => `#- ${name}.yaml
${kind}
metadata: { name: ${name} }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web${podLabels} } }
    spec:
      ${more}
      containers:
        - { name: app, image: registry.example.com/app:1, ${container} }
`;

check(
	targetPortNameNotFound,
	"another name, and the nearest one is offered first",
	service("^^^^ error: targetPort http is not a port of Deployment web (its container app declares 9090 as metrics and 8080 as htpp)") +
		workload("ports: [{ name: metrics, containerPort: 9090 }, { name: htpp, containerPort: 8080 }]"),
	{ fix: { title: "Set targetPort to htpp", gives: service("", "port: 80, targetPort: htpp") } },
);

check(
	targetPortNameNotFound,
	"a port without a name: its number",
	service("^^^^ error: targetPort http is not a port of Deployment web (its container app declares 8080 without a name)") +
		workload("ports: [{ containerPort: 8080 }]"),
	{ fix: { title: "Set targetPort to 8080", gives: service("", "port: 80, targetPort: 8080") } },
);

check(
	targetPortNameNotFound,
	"a port without a name: it can have one",
	service("^^^^ targetPort http is not a port of Deployment web (its container app declares 8080 without a name)") +
		workload("ports: [{ containerPort: 8080 }]"),
	{ fix: { title: "Name containerPort 8080 http", gives: workload("ports: [{ containerPort: 8080, name: http }]") } },
);

check(
	targetPortNameNotFound,
	"no port is declared at all",
	service("^^^^ error: targetPort http is not a port of Deployment web (its container declares no port)") + workload("tty: true"),
);

check(
	targetPortNameNotFound,
	"the port of that name has another protocol",
	service("^^^^ error: targetPort http is not a port of Deployment web (its container app declares 8080 as http for UDP only)") +
		workload("ports: [{ name: http, containerPort: 8080, protocol: UDP }]"),
	{ fix: { title: "Set protocol to UDP", gives: service("", "port: 80, targetPort: http, protocol: UDP") } },
);

check(
	targetPortNameNotFound,
	"a plain init container has ended before the Pod serves",
	service(
		"^^^^ error: targetPort http is not a port of Deployment web (its container app declares 9090 without a name), whose init container setup has it but has ended before the Pod serves",
	) +
		workload(
			"ports: [{ containerPort: 9090 }]",
			"initContainers: [{ name: setup, image: registry.example.com/setup:1, ports: [{ name: http, containerPort: 8080 }] }]",
		),
);

const SIDECAR = workload(
	"ports: [{ containerPort: 9090 }]",
	"initContainers: [{ name: proxy, image: registry.example.com/proxy:1, restartPolicy: Always, ports: [{ name: http, containerPort: 8080 }] }]",
);

check(targetPortNameNotFound, "a sidecar has it", service() + SIDECAR);

check(
	targetPortNameNotFound,
	"a sidecar has it, and an older version of the cluster does not look there",
	service("^^^^ warning: targetPort http is a port of the sidecar proxy only, which Services do not find before 1.33") + SIDECAR,
	{ settings: settingsWith({ cluster: { version: { from: 31, to: 34 } } }) },
);

check(
	targetPortNameNotFound,
	"a sidecar has it, and no version of the cluster looks there",
	service(
		"^^^^ error: targetPort http is not a port of Deployment web (its container app declares 9090 without a name and container proxy declares 8080 as http), whose init container proxy has it but is found since 1.33",
	) + SIDECAR,
	{ settings: settingsWith({ cluster: { version: { from: 30, to: 32 } } }) },
);

check(
	targetPortNameNotFound,
	"only some of the selected workloads lack it: they are named",
	service(
		"^^^^ warning: targetPort http is not a port of Deployment worker (its container declares no port), which the Service selects beside Deployment web",
	) +
		workload("ports: [{ name: http, containerPort: 8080 }]") +
		workload("tty: true", "", "", "worker"),
);

check(
	targetPortNameNotFound,
	"a Job with the same labels lacks it without harm",
	service() +
		workload("ports: [{ name: http, containerPort: 8080 }]") +
		workload("tty: true", "restartPolicy: Never", "", "migrate", "apiVersion: batch/v1\nkind: Job"),
	{ only: true },
);

check(
	targetPortNameNotFound,
	"one version of the workload in alternative files has it",
	service() +
		workload("ports: [{ containerPort: 8080 }]") +
		workload("ports: [{ name: http, containerPort: 8080 }]").replace("#- web.yaml", "#- other.yaml"),
);

check(
	targetPortNameNotFound,
	"two containers may have ports of one name: the first one counts",
	service() +
		workload("ports: [{ name: metrics, containerPort: 9090 }]").replace(
			"containers:\n",
			"containers:\n        - { name: proxy, image: registry.example.com/proxy:1, ports: [{ name: metrics, containerPort: 9091 }, { name: http, containerPort: 8080 }] }\n",
		),
	{ only: true },
);

check(
	targetPortNameNotFound,
	"a name is not the Service port's name, nor a number in quotes",
	service(
		"^^^^ targetPort http is not a port of Deployment web (its container app declares 8080 as web)",
		"port: 80, targetPort: http, name: http",
	) + workload("ports: [{ name: web, containerPort: 8080 }]"),
);

check(
	targetPortNameNotFound,
	"quotes around a name stay",
	service(
		`^^^^^^ targetPort http is not a port of Deployment web (its container app declares 8080 as web)`,
		'port: 80, targetPort: "http"',
	) + workload("ports: [{ name: web, containerPort: 8080 }]"),
	{ fix: { title: "Set targetPort to web", gives: service("", 'port: 80, targetPort: "web"') } },
);

const LACKS = "ports: [{ containerPort: 8080 }]";

for (const [title, text] of [
	[
		"a headless Service leaves out the SRV record only",
		service("", "port: 80, targetPort: http", "clusterIP: None\n  ports:") + workload(LACKS),
	],
	["no workload is selected", service()],
	["the workload is written by a placeholder", service() + workload('ports: [{ name: "${NAME}", containerPort: 8080 }]')],
	["the protocol is none that Kubernetes has", service("", "port: 80, targetPort: http, protocol: tcp") + workload(LACKS)],
	["a container port has no such protocol", service() + workload("ports: [{ name: http, containerPort: 8080, protocol: tcp }]")],
	["its ports are written by a placeholder", service() + workload('ports: "${PORTS}"')],
	["the name is a placeholder", service("", 'port: 80, targetPort: "${PORT}"') + workload(LACKS)],
	["the protocol is a placeholder", service("", 'port: 80, targetPort: http, protocol: "${PROTOCOL}"') + workload(LACKS)],
	["a container is injected", service() + workload(LACKS, "", ', sidecar.istio.io/inject: "true"')],
	[
		"it is the known port of an injected container",
		service("", "port: 15090, targetPort: http-envoy-prom") + workload(LACKS, "", ", istio.io/rev: stable"),
	],
	["the workload is a custom one", service() + workload(LACKS, "", "", "web", "apiVersion: argoproj.io/v1alpha1\nkind: Rollout")],
	[
		"another workload that may be selected has it",
		service() +
			workload(LACKS) +
			workload("ports: [{ name: http, containerPort: 8080 }]", "", "", "other")
				.replace("app: web }", 'app: "${APP}" }')
				.replace("labels: { app: web", 'labels: { app: "${APP}"'),
	],
	[
		"a kustomization patches the folder",
		`#- kustomization.yaml\nresources: [service.yaml, web.yaml]\ncomponents: [../ports]\n${service()}${workload(LACKS)}`,
	],
] as const) {
	check(targetPortNameNotFound, `silent where ${title}`, text, { only: true });
}
