import { endpointsNameMismatch } from "../../server/src/rules/endpoints-name-mismatch.ts";
import { check } from "../support/carets.ts";

const service = (ports: string, more = "") => `
apiVersion: v1
kind: Service
metadata: { name: db }
spec: { ${more}ports: [${ports}] }
---`;

const slice = (ports: string) => `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: db-1, labels: { kubernetes.io/service-name: db } }
addressType: IPv4
endpoints: [{ addresses: [192.0.2.42] }]
ports:
${ports}
`;

check(
	endpointsNameMismatch,
	"a named port is none of a Service whose port has no name",
	service("{ port: 5432 }") +
		slice(`  - { name: pg, port: 5432 }
#           ^^ Service db has no port named pg, so nothing is forwarded to it, and no endpoint for its unnamed port
`),
);

check(
	endpointsNameMismatch,
	"a port without a name is none of a Service whose port has one",
	service("{ name: pg, port: 5432 }") +
		slice(`  - port: 5432
#   ^^^^ Service db has no unnamed port, so nothing is forwarded to it, and no endpoint for its port named pg
`),
	{
		fix: {
			title: "Call the port pg",
			gives: service("{ name: pg, port: 5432 }").slice(1) + slice("  - port: 5432\n    name: pg\n"),
		},
	},
);

check(
	endpointsNameMismatch,
	"ports are joined by protocol, too, and what is left of several is named",
	service("{ name: dns, port: 53, protocol: UDP }, { name: web, port: 80 }, { name: tls, port: 443 }") +
		slice(`  - { name: dns, port: 53 }
#           ^^^ Service db has no TCP port named dns, so nothing is forwarded to it, and no endpoint for its UDP port named dns and TCP port named tls
  - { name: web, port: 80 }
`),
);

check(
	endpointsNameMismatch,
	"Endpoints of the Service's name are joined the same way",
	`${service("{ port: 5432 }")}
apiVersion: v1
kind: Endpoints
metadata: { name: db }
subsets:
  - addresses: [{ ip: 192.0.2.42 }]
    ports: [{ name: pg, port: 5432 }]
#                   ^^ Service db has no port named pg, so nothing is forwarded to it, and no endpoint for its unnamed port
`,
	{ only: true },
);

for (const [title, text] of [
	[
		"a port more than the Service has",
		service("{ name: pg, port: 5432 }") + slice("  - { name: pg, port: 5432 }\n  - { name: metrics, port: 9187 }"),
	],
	[
		"a port less than the Service has",
		service("{ name: pg, port: 5432 }, { name: metrics, port: 9187 }") + slice("  - { name: pg, port: 5432 }"),
	],
	["another number under the same name", service("{ name: pg, port: 5432 }") + slice("  - { name: pg, port: 15432 }")],
	["a headless Service", service("{ name: pg, port: 5432 }", "clusterIP: None, ") + slice("  - { name: db, port: 5432 }")],
	["a Service with a selector", service("{ name: pg, port: 5432 }", "selector: { app: db }, ") + slice("  - { name: db, port: 5432 }")],
	["a name that is filled in later", service("{ name: pg, port: 5432 }") + slice("  - { name: '${NAME}', port: 5432 }")],
	[
		"a Service of another namespace",
		service("{ name: pg, port: 5432 }").replace("name: db", "name: db, namespace: x") + slice("  - { name: db, port: 5432 }"),
	],
	[
		"a slice without addresses",
		service("{ name: pg, port: 5432 }") + slice("  - { name: db, port: 5432 }").replace("[{ addresses: [192.0.2.42] }]", "[]"),
	],
] as const) {
	check(endpointsNameMismatch, `${title} is no mismatch`, text, { only: true });
}
