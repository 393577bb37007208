import { invalidEndpoints } from "../../server/src/rules/invalid-endpoints.ts";
import { check, settingsWith } from "../support/carets.ts";

const settings = settingsWith({ rules: { "deprecated-service-field": "off" } });

check(
	invalidEndpoints,
	"a subset has addresses, each an ordinary one, and ports with numbers",
	`
apiVersion: v1
kind: Endpoints
metadata: { name: db }
subsets:
  - ports: [{ port: 5432 }]
#   ^^^^^ error: A subset needs addresses or notReadyAddresses
  - addresses: [{ ip: 10.0.0.1 }, { ip: localhost }, { hostname: db-0 }, { ip: 169.254.1.1, hostname: db.0, nodeName: Node_1 }]
#                                       ^^^^^^^^^ error: "localhost" in ip is no IP address
#                                                      ^^^^^^^^ error: An address needs an ip
#                                                                              ^^^^^^^^^^^ error: 169.254.1.1 is a link-local address, which ip may not hold
#                                                                                                     ^^^^ error: hostname "db.0" is no DNS label
#                                                                                                                     ^^^^^^ error: nodeName "Node_1" is no DNS name
    ports:
      - { name: db, port: 5432 }
      - { port: 5433, protocol: udp }
#         ^^^^ error: One of several ports needs a name
#                               ^^^ error: protocol "udp" is none of TCP, UDP, SCTP
      - { name: DB, port: 70000 }
#               ^^ error: The port name "DB" is no DNS label
#                         ^^^^^ error: port 70000 is outside 1-65535
      - { name: none }
#         ^^^^ error: A port needs a number
  - notReadyAddresses: [{ ip: 10.0.0.2 }]
`,
	{ settings },
);

check(
	invalidEndpoints,
	"the addresses of a slice are of its type, in the usual spelling",
	`
#- 4.yaml
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: db-4 }
addressType: IPv4
endpoints:
  - addresses: ["fd00::1"]
#               ^^^^^^^^^ error: fd00::1 is no IPv4 address, as addressType says
  - addresses: []
#              ^^ error: An endpoint needs an address
  - { hostname: db }
#     ^^^^^^^^ error: An endpoint needs an address
#- 6.yaml
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: db-6 }
addressType: IPv6
endpoints:
  - addresses: ["FD00::1"]
#               ^^^^^^^^^ error: FD00::1 is not the usual spelling of fd00::1
  - addresses: ["::1"]
#               ^^^^^ error: ::1 is a loopback address, which addresses may not hold
#- name.yaml
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: db-name }
addressType: FQDN
endpoints:
  - addresses: [db.example.com, db]
#                               ^^ error: "db" in addresses is no domain name
`,
	{
		settings,
		fix: {
			title: "Write fd00::1",
			gives: `
#- 6.yaml
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: db-6 }
addressType: IPv6
endpoints:
  - addresses: ["fd00::1"]
  - addresses: ["::1"]
`,
		},
	},
);

check(
	invalidEndpoints,
	"a slice has an address type, and each of its ports another name",
	`
apiVersion: v1
kind: List
items:
  - apiVersion: discovery.k8s.io/v1
#   ^^^^^^^^^^ error: An EndpointSlice needs an addressType: IPv4, IPv6, FQDN
    kind: EndpointSlice
    metadata: { name: db-1 }
    endpoints: []
    ports:
      - { name: db, port: 5432 }
      - { name: db, port: 5433 }
#               ^^ error: The port name db is in this slice twice
      - { port: 1 }
      - { name: "", port: 2 }
#               ^^ error: Two ports have no name
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: db-2 }
addressType: ipv4
#            ^^^^ error: addressType "ipv4" is none of IPv4, IPv6, FQDN
`,
	{ settings },
);
