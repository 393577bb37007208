import { invalidNetworkPolicy } from "../../server/src/rules/invalid-network-policy.ts";
import { check, settingsWith } from "../support/carets.ts";

check(
	invalidNetworkPolicy,
	"ports are numbers or names, and an endPort ends a range",
	`
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web }
spec:
  podSelector: {}
  ingress:
    - ports:
        - { port: 0 }
#                 ^ error: port 0 is outside 1-65535
        - { port: "8080" }
#                 ^^^^^^ error: port "8080" is a name because of its quotes, and no container port can have it
        - { port: HTTP }
#                 ^^^^ error: port "HTTP" is no name that a container port can have
        - { port: 80, protocol: tcp }
#                               ^^^ error: protocol "tcp" is none of TCP, UDP, SCTP
        - { port: 80, endPort: 79 }
#                              ^^ error: endPort 79 is before port 80
        - { port: http, endPort: 90 }
#                                ^^ error: endPort needs a number as port, and this one is a name
        - { endPort: 90 }
#                    ^^ error: endPort needs a port to begin with
        - { port: 80, endPort: 70000 }
#                              ^^^^^ error: endPort 70000 is outside 1-65535
        - { port: 80, endPort: 80, protocol: SCTP }
        - { protocol: UDP }
        - {}
`,
	{
		fix: {
			title: "Remove the quotes",
			gives: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web }
spec:
  podSelector: {}
  ingress:
    - ports:
        - { port: 0 }
        - { port: 8080 }
        - { port: HTTP }
        - { port: 80, protocol: tcp }
        - { port: 80, endPort: 79 }
        - { port: http, endPort: 90 }
        - { endPort: 90 }
        - { port: 80, endPort: 70000 }
        - { port: 80, endPort: 80, protocol: SCTP }
        - { protocol: UDP }
        - {}
`,
		},
	},
);

check(
	invalidNetworkPolicy,
	"a peer names Pods, namespaces or addresses, and addresses stand alone",
	`
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web }
spec:
  podSelector: {}
  egress:
    - to:
        - {}
#         ^^ error: A peer names Pods, namespaces or addresses
        - podSelector:
#         ^^^^^^^^^^^ error: A peer names Pods, namespaces or addresses
        - { ipBlock: { cidr: 10.0.0.0/8 }, podSelector: {} }
#           ^^^^^^^ error: A peer with an ipBlock has no selectors beside it
        - ipBlock: {}
#         ^^^^^^^ error: An ipBlock needs a cidr
        - { ipBlock: { cidr: 10.0.0.1 } }
#                            ^^^^^^^^ error: "10.0.0.1" in cidr is no network such as 203.0.113.0/24
        - { ipBlock: { cidr: 10.0.0.0/8, except: [10.0.0.0/8, 11.0.0.0/16, 10.1.0.0/16] } }
#                                                 ^^^^^^^^^^ error: 10.0.0.0/8 in except is no smaller part of 10.0.0.0/8
#                                                             ^^^^^^^^^^^ error: 11.0.0.0/16 in except is no smaller part of 10.0.0.0/8
        - { namespaceSelector: {}, podSelector: {} }
`,
);

check(
	invalidNetworkPolicy,
	"labels do not stand directly in a selector, as they do in a Service's",
	`
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web }
spec:
  podSelector:
    app: web
#   ^^^ error: app stands directly in a selector, where matchLabels belongs
    tier: front
  policyTypes: [Ingress, egress]
#                        ^^^^^^ error: "egress" in policyTypes is none of Ingress, Egress
`,
	{
		fix: {
			title: "Put the labels below matchLabels",
			gives: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web }
spec:
  podSelector:
    matchLabels:
      app: web
      tier: front
  policyTypes: [Ingress, egress]
`,
		},
	},
);

for (const [from, to, said] of [
	[34, 35, ""],
	[
		34,
		36,
		"#                                                              ^^^^^^^^^^^ warning: 10.1.0.1/16 in cidr has bits set behind its prefix, and Kubernetes refuses it since 1.36\n",
	],
	[
		36,
		36,
		"#                                                              ^^^^^^^^^^^ error: 10.1.0.1/16 in cidr has bits set behind its prefix\n",
	],
] as const) {
	check(
		invalidNetworkPolicy,
		`bits behind the prefix of a network in 1.${from}-1.${to}`,
		`
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web }
spec: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 10.1.0.1/16 } }] }] }
${said}`,
		{ only: true, settings: settingsWith({ cluster: { version: { from, to } } }) },
	);
}

check(
	invalidNetworkPolicy,
	"three types are too many",
	`
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: Web }
#                 ^^^ error: The NetworkPolicy name "Web" is no DNS name
spec: { podSelector: {}, policyTypes: [Ingress, Egress, Ingress] }
#                        ^^^^^^^^^^^ error: policyTypes has 3 entries, and 2 are the most
`,
);
