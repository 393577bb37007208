import { externalNameIsIpAddress } from "../../server/src/rules/external-name-is-ip-address.ts";
import { check } from "../support/carets.ts";

const service = (spec: string, metadata = "{ name: db }") => `
apiVersion: v1
kind: Service
metadata: ${metadata}
spec:
${spec}
`;

check(
	externalNameIsIpAddress,
	"an address with a dot behind it, in a namespace, with another document below",
	`${service(
		`  externalName: 203.0.113.10.
#               ^^^^^^^^^^^^^ warning: externalName 203.0.113.10 is looked up as a DNS name, which never resolves
  type: ExternalName`,
		"{ name: db, namespace: shop }",
	)}---${service("  ports: [{ port: 80 }]", "{ name: web }")}`,
	{
		fix: {
			title: "Make it headless, with an EndpointSlice for the address",
			gives: `
apiVersion: v1
kind: Service
metadata: { name: db, namespace: shop }
spec:
  clusterIP: None
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: db-1
  namespace: shop
  labels:
    kubernetes.io/service-name: db
addressType: IPv4
endpoints:
  - addresses: [203.0.113.10]
---${service("  ports: [{ port: 80 }]", "{ name: web }")}`,
		},
	},
);

check(
	externalNameIsIpAddress,
	"leading zeros look like an address too",
	service(`  type: ExternalName
  externalName: 010.0.0.1
#               ^^^^^^^^^ externalName 010.0.0.1 is looked up as a DNS name, which never resolves`),
);

for (const name of ["db.example.com", "10.0.0.256", "10.0.0", "1.2.3.4.example.com", "${ADDRESS}"]) {
	check(externalNameIsIpAddress, `${name} is no address`, service(`  type: ExternalName\n  externalName: ${name}`));
}

check(externalNameIsIpAddress, "on another type it is only ignored", service("  externalName: 10.0.0.1\n  ports: [{ port: 80 }]"), {
	only: true,
});
