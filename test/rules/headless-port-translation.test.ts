import { headlessPortTranslation } from "../../server/src/rules/headless-port-translation.ts";
import { check } from "../support/carets.ts";

const service = (ports: string, ip = "None") => `
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  clusterIP: ${ip}
  selector: { app: web }
  ports: [${ports}]
`;

const pod = (ports: string, name = "web") => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, labels: { app: web } }
spec:
  containers:
    - name: web
      ports: [${ports}]
`;

check(
	headlessPortTranslation,
	"a named target port with another number on all Pods",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  clusterIP: None
  selector: { app: web }
  ports: [{ port: 80, targetPort: http }]
#                 ^^ information: Nothing translates port 80 to targetPort http (8080) of a headless Service: clients dial 8080
---${pod("{ name: http, containerPort: 8080 }")}---${pod("{ name: http, containerPort: 8080 }", "b")}`,
);

check(
	headlessPortTranslation,
	"Pods that do not agree, a name that none has, and the same number",
	`${service("{ name: a, port: 80, targetPort: http }, { name: b, port: 81, targetPort: 81 }, { name: c, port: 82 }, { name: d, port: 83, targetPort: 0 }")}---${pod("{ name: http, containerPort: 8080 }")}---${pod("{ name: http, containerPort: 8081 }", "b")}`,
	{ only: true },
);

check(
	headlessPortTranslation,
	"a number that another port has is not offered",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  clusterIP: None
  ports:
    - { name: a, port: 80, targetPort: 8080 }
#                      ^^ information: Nothing translates port 80 to targetPort 8080 of a headless Service: clients dial 8080
    - { name: b, port: 81, targetPort: 9090 }
#                      ^^ information: Nothing translates port 81 to targetPort 9090 of a headless Service: clients dial 9090
    - { name: c, port: 8080 }
`,
	{
		fix: {
			title: "Set port to 9090",
			gives: `
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  clusterIP: None
  ports:
    - { name: a, port: 80, targetPort: 8080 }
    - { name: b, port: 9090, targetPort: 9090 }
    - { name: c, port: 8080 }
`,
		},
	},
);

check(headlessPortTranslation, "a Service with an address translates", service("{ port: 80, targetPort: 8080 }", "10.0.0.1"));
check(
	headlessPortTranslation,
	"whether it is headless, and what the ports are, placeholders do not tell",
	service("{ port: 80, targetPort: 8080 }", '"${IP}"'),
);
check(headlessPortTranslation, "a placeholder for a port", service('{ port: 80, targetPort: "${PORT}" }'));
