import { invalidIngress } from "../../server/src/rules/invalid-ingress.ts";
import { check, settingsWith } from "../support/carets.ts";

const backend = "backend: { service: { name: web, port: { number: 80 } } }";

check(
	invalidIngress,
	"hosts are DNS names, and a * stands for the first label only",
	`
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web }
spec:
  rules:
    - host: Shop.example.com
#           ^^^^^^^^^^^^^^^^ error: host "Shop.example.com" has upper-case letters
    - host: shop.example.com:8080
#           ^^^^^^^^^^^^^^^^^^^^^ error: host "shop.example.com:8080" has a port behind the name
    - host: https://shop.example.com
#           ^^^^^^^^^^^^^^^^^^^^^^^^ error: host "https://shop.example.com" has a scheme in front of the name
    - host: 10.0.0.1
#           ^^^^^^^^ error: host "10.0.0.1" is an IP address, where a DNS name belongs
    - host: shop.*.com
#           ^^^^^^^^^^ error: host "shop.*.com" has a * that does not stand for the first label
    - host: shop.example.com/web
#           ^^^^^^^^^^^^^^^^^^^^ error: host "shop.example.com/web" has a path behind the name
    - host: "*.example.com"
    - host: ""
    - host: "\${HOST}"
    - host: registry.<your domain>
    - host: __HOST__
  tls:
    - { hosts: [10.0.0.1, "", a_b], secretName: My_Secret }
#                         ^^ error: host "" is no DNS name
#                             ^^^ error: host "a_b" is no DNS name
#                                               ^^^^^^^^^ error: secretName "My_Secret" is no DNS name
`,
	{ only: true },
);

check(
	invalidIngress,
	"a path has a type, and begins with / as the type wants it",
	`
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web }
spec:
  rules:
    - http:
        paths:
          - path: /
#           ^^^^ error: The path has no pathType, which is one of Exact, Prefix, ImplementationSpecific
            ${backend}
          - pathType: prefix
#                     ^^^^^^ error: pathType "prefix" is none of Exact, Prefix, ImplementationSpecific
            ${backend}
          - { path: web, pathType: Exact, ${backend} }
#                   ^^^ error: path "web" does not begin with /
          - { pathType: Prefix, ${backend} }
#             ^^^^^^^^ error: A path of type Prefix begins with /, and there is none
          - { path: /a//b, pathType: Prefix, ${backend} }
#                   ^^^^^ error: path "/a//b" has // in it, which type Prefix does not allow
          - { path: /a/.., pathType: Exact, ${backend} }
#                   ^^^^^ error: path "/a/.." has /.. in it, which type Exact does not allow
          - { path: /a//b, pathType: ImplementationSpecific, ${backend} }
          - { pathType: ImplementationSpecific, ${backend} }
          - { path: /, pathType: Prefix }
#             ^^^^ error: The path has no backend
    - http: { paths: [] }
#                    ^^ error: http needs paths
    - http: {}
#     ^^^^ error: http needs paths
`,
	{
		only: true,
		fix: {
			title: "Write Prefix",
			gives: `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web }
spec:
  rules:
    - http:
        paths:
          - path: /
            ${backend}
          - pathType: Prefix
            ${backend}
          - { path: web, pathType: Exact, ${backend} }
          - { pathType: Prefix, ${backend} }
          - { path: /a//b, pathType: Prefix, ${backend} }
          - { path: /a/.., pathType: Exact, ${backend} }
          - { path: /a//b, pathType: ImplementationSpecific, ${backend} }
          - { pathType: ImplementationSpecific, ${backend} }
          - { path: /, pathType: Prefix }
    - http: { paths: [] }
    - http: {}
`,
		},
	},
);

for (const [what, written, marked, message] of [
	["nothing", "{}", "defaultBackend", "The backend names no service"],
	[
		"both kinds",
		"{ service: { name: web, port: { number: 80 } }, resource: { kind: A, name: b } }",
		"defaultBackend",
		"A backend is a service or a resource, not both",
	],
	["a Service without a port", "{ service: { name: web } }", "defaultBackend", "The backend names no port of its service"],
	[
		"a port twice",
		"{ service: { name: web, port: { number: 80, name: http } } }",
		"defaultBackend",
		"A backend has the name of a port or its number, not both",
	],
	["no name", "{ service: { port: { number: 80 } } }", "service", "The backend names no service"],
	[
		"a name with a dot",
		"{ service: { name: web.shop, port: { number: 80 } } }",
		"web.shop",
		'"web.shop" is no name that a Service can have',
	],
	["a number that is none", "{ service: { name: web, port: { number: 65536 } } }", "65536", "number 65536 is outside 1-65535"],
	["a name of digits", '{ service: { name: web, port: { name: "8080" } } }', '"8080"', '"8080" is no name of a port'],
	["a resource without a name", "{ resource: { kind: A } }", "resource", "The resource has no name"],
	[
		"the fields of an old version",
		"{ serviceName: web, servicePort: 80 }",
		"serviceName",
		"serviceName is no field since networking.k8s.io/v1: a backend has service, with name and port",
	],
] as const) {
	const line = `  defaultBackend: ${written}`;
	const carets = `#${" ".repeat(line.indexOf(marked) - 1)}${"^".repeat(marked.length)}`;
	const text = `\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: web }\nspec:\n${line}\n${carets} error: ${message}\n`;
	check(invalidIngress, `a backend with ${what}`, text, { only: true });
}

check(
	invalidIngress,
	"one of rules and defaultBackend is there, and the class is written once",
	`
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: a, annotations: { kubernetes.io/ingress.class: nginx } }
#                                                                ^^^^^ error: The annotation says class nginx, and ingressClassName haproxy
spec: { ingressClassName: haproxy, rules: [{ host: shop.example.com }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: b, annotations: { kubernetes.io/ingress.class: nginx } }
#                                                                ^^^^^ information: The annotation kubernetes.io/ingress.class is deprecated for ingressClassName
spec: { rules: [{ host: shop.example.com }] }
`,
	{ only: true },
);

check(
	invalidIngress,
	"a name that begins with a digit is refused before 1.36",
	`
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web }
spec: { defaultBackend: { service: { name: 1web, port: { number: 80 } } } }
#                                          ^^^^ warning: The name "1web" begins with a digit, which Kubernetes refuses before 1.36
`,
	{ only: true },
);

check(
	invalidIngress,
	"versions that are gone are not judged, nor what a version knows",
	`
apiVersion: networking.k8s.io/v1beta1
kind: Ingress
metadata: { name: old }
spec: { backend: { serviceName: web, servicePort: 80 } }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web }
spec: { defaultBackend: { service: { name: 1web, port: { number: 80 } } } }
`,
	{ only: true, settings: settingsWith({ cluster: { version: { from: 36, to: 36 } } }) },
);

check(
	invalidIngress,
	"neither rules nor a default backend",
	`
apiVersion: v1
kind: List
items:
  - apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata: { name: a }
    spec: { ingressClassName: haproxy, rules: [] }
#   ^^^^ error: An Ingress needs rules or a defaultBackend
  - apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata: { name: b }
    spec: { rules: "\${RULES}" }
`,
);
