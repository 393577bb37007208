import { containerPortNotExposed } from "../../server/src/rules/container-port-not-exposed.ts";
import { targetPortNotDeclared } from "../../server/src/rules/target-port-not-declared.ts";
import { targetPortNotExposed } from "../../server/src/rules/target-port-not-exposed.ts";
import { check } from "../support/carets.ts";

const service = (port: string, carets = "") => `
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector: { app: web }
  ports:
    - port: 8088
      targetPort: ${port}
${carets}`;

const deployment = (container: string) => `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
${container}`;

const NGINX = "          image: nginx:1.27\n";
const CONTRADICTED = `${NGINX}          ports:
            - containerPort: 8081
`;

check(
	targetPortNotDeclared,
	"a Service that works because of its image is information, and the declaration is what follows",
	service(
		"80",
		`#                 ^^ information: targetPort 80 is not a port of Deployment web (its container web declares 8081), but image nginx:1.27 exposes it: the Service works
`,
	) + deployment(CONTRADICTED),
	{
		fix: {
			title: "Set containerPort to 80",
			gives: service("80").replace(/^\n/, "") + deployment(CONTRADICTED.replace("8081", "80")),
		},
	},
);

check(
	targetPortNotDeclared,
	"the same without a known image is a warning",
	service(
		"80",
		`#                 ^^ warning: targetPort 80 is not a port of Deployment web (its container web declares 8081)
`,
	) + deployment(CONTRADICTED.replace("nginx:1.27", "registry.example.com/nginx:1.27")),
);

check(
	targetPortNotDeclared,
	"an image that is told to listen elsewhere is no reason to say that it works, and still may",
	service("80") + deployment(`${CONTRADICTED}          envFrom: [{ configMapRef: { name: x } }]\n`),
);

check(
	containerPortNotExposed,
	"a declared port on which the image does not listen",
	service("8081") +
		deployment(`${NGINX}          ports:
            - containerPort: 8081
#                            ^^^^ information: containerPort 8081 is not exposed by image nginx:1.27 of container web, which exposes 80
`),
);

const named = (name: string, port: string) => service(port).replace("name: web }", `name: ${name} }`);

const DECLARES = `${NGINX}          ports:
            - name: http
              containerPort: 8081
#                            ^^^^ information: containerPort 8081 is not exposed by image nginx:1.27 of container web, which exposes 80
`;

for (const target of ["8081", "http"]) {
	check(
		containerPortNotExposed,
		`a Service that works does not hide that one with targetPort ${target} does not`,
		`${named("works", "80")}---${named("broken", target)}${deployment(DECLARES)}`,
		{ only: true },
	);
}

check(
	containerPortNotExposed,
	"a Service that works is said to, and the declaration is not",
	service("80") + deployment(`${NGINX}          ports: [{ name: http, containerPort: 8081 }]\n`),
	{ only: true },
);

check(
	containerPortNotExposed,
	"what is not said of the Service, which selects others too, is said of the declaration",
	service("80") +
		deployment(DECLARES) +
		deployment("          image: example/web:1\n          ports: [{ containerPort: 80 }]\n").replace("name: web }", "name: other }"),
);

check(
	containerPortNotExposed,
	"one port that the image exposes makes the others plausible",
	deployment(`${NGINX}          ports: [{ containerPort: 80 }, { containerPort: 9113 }]\n`).slice(4),
);

check(
	containerPortNotExposed,
	"another protocol for the same number, mounted configuration, and images that are not known are silent",
	["nginx:1.27\n          ports: [{ containerPort: 80, protocol: UDP }]", "example/nginx\n          ports: [{ containerPort: 8081 }]"]
		.map((image, index) => deployment(`          image: ${image}\n`).replace("name: web }", `name: web${index} }`))
		.join("")
		.slice(4),
);

check(
	targetPortNotExposed,
	"nginx selected on 8080 is answered although its manifest declares nothing",
	service(
		"8080",
		`#                 ^^^^ hint: targetPort 8080 is not exposed by Deployment web: image nginx:1.27 exposes 80
`,
	) + deployment(NGINX),
	{ fix: { title: "Set targetPort to 80", gives: service("80").replace(/^\n/, "") + deployment(NGINX) } },
);

check(targetPortNotExposed, "the port that the image exposes is fine", service("80") + deployment(NGINX));

check(targetPortNotExposed, "arguments may say anything", service("8080") + deployment(`${NGINX}          args: [nginx-debug]\n`));

check(
	targetPortNotExposed,
	"another container of the Pod may listen",
	service("8080") + deployment(`${NGINX}        - { name: proxy, image: registry.example.com/proxy:1 }\n`),
);

check(
	targetPortNotExposed,
	"a probe is evidence",
	service("8080") + deployment(`${NGINX}          readinessProbe: { httpGet: { port: 8080 } }\n`),
	{ only: true },
);

check(targetPortNotExposed, "an image that exposes nothing tells nothing", service("8080") + deployment("          image: node:20\n"));

const BUILT = `#- compose.yaml
services: { web: { image: example/web, build: . } }
#- Dockerfile
FROM node:20
EXPOSE 3000
CMD ["node", "server.js"]
#- k8s/web.yaml`;

check(
	targetPortNotExposed,
	"a Dockerfile of the workspace tells what its image exposes",
	`${BUILT}${service(
		"8080",
		`#                 ^^^^ hint: targetPort 8080 is not exposed by Deployment web: image example/web exposes 3000
`,
	)}${deployment("          image: example/web:1.2\n")}`,
);

check(
	targetPortNotDeclared,
	"a Dockerfile that exposes the number is evidence, also where the command is another one",
	`${BUILT}${service("3000")}${deployment(`          image: example/web:1.2
          command: [node, other.js, --port=8081]
          ports: [{ containerPort: 8081 }]
`)}`,
);
