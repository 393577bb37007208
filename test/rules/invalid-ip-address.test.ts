import { invalidIpAddress } from "../../server/src/rules/invalid-ip-address.ts";
import { check, settingsWith } from "../support/carets.ts";

const service = (spec: string) => `
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
${spec}
  ports: [{ port: 80 }]
`;

const in136 = { settings: settingsWith({ cluster: { version: { from: 36, to: 36 } } }), only: true };
const in135 = { settings: settingsWith({ cluster: { version: { from: 34, to: 35 } } }), only: true };

check(
	invalidIpAddress,
	"none in lower case, in both fields",
	service(`  clusterIP: "none"
  clusterIPs: [none]
#              ^^^^ error: clusterIPs none is no IP address: a headless Service has None, with a capital N`),
	{ fix: { title: "Write None", gives: service('  clusterIP: "None"\n  clusterIPs: [None]') } },
);

for (const [value, carets] of [
	["garbage", "^^^^^^^"],
	["10.0.0.256", "^^^^^^^^^^"],
	["10.0.0.1/24", "^^^^^^^^^^^"],
	["10.0.0", "^^^^^^"],
	["fd00::1%eth0", "^^^^^^^^^^^^"],
]) {
	check(
		invalidIpAddress,
		`a cluster IP that is none: ${value}`,
		service(`  clusterIP: "${value}"\n#            ^${carets}^ error: "${value}" in clusterIP is no IP address`),
	);
}

check(
	invalidIpAddress,
	"the second of two cluster IPs: no text, None, nothing",
	`${service(`  clusterIP: 10.0.0.1
  clusterIPs: [10.0.0.1, None]
#                        ^^^^ error: "None" in clusterIPs is no IP address
  ipFamilyPolicy: PreferDualStack`)}---${service(`  clusterIP: 10.0.0.2
  clusterIPs: [10.0.0.2, ""]
#                        ^^ error: "" in clusterIPs is no IP address
  ipFamilyPolicy: PreferDualStack`).replace("name: web", "name: b")}---${service(`  clusterIP: 10.0.0.3
  clusterIPs: [10.0.0.3, ~]
#                        ^ error: "" in clusterIPs is no IP address
  ipFamilyPolicy: PreferDualStack`).replace("name: web", "name: c")}`,
);

for (const ip of ["None", "10.0.0.1", "fd00::1", '""', "~", "${IP}"]) {
	check(invalidIpAddress, `a cluster IP, none, or a placeholder: ${ip}`, service(`  clusterIP: ${ip}`));
}

check(
	invalidIpAddress,
	"external IPs: names, networks, nothing, and addresses that lead nowhere",
	service(`  externalIPs:
    - node.example.com
#     ^^^^^^^^^^^^^^^^ error: "node.example.com" in externalIPs is no IP address
    - 192.168.1.0/24
#     ^^^^^^^^^^^^^^ error: "192.168.1.0/24" in externalIPs is no IP address
    - ~
#     ^ error: "" in externalIPs is no IP address
    - 0.0.0.0
#     ^^^^^^^ error: 0.0.0.0 is the unspecified address, which externalIPs may not hold
    - 127.1.2.3
#     ^^^^^^^^^ error: 127.1.2.3 is a loopback address, which externalIPs may not hold
    - "::1"
#     ^^^^^ error: ::1 is a loopback address, which externalIPs may not hold
    - 169.254.1.1
#     ^^^^^^^^^^^ error: 169.254.1.1 is a link-local address, which externalIPs may not hold
    - "fe80::1"
#     ^^^^^^^^^ error: fe80::1 is a link-local address, which externalIPs may not hold
    - 224.0.0.5
#     ^^^^^^^^^ error: 224.0.0.5 is a link-local multicast address, which externalIPs may not hold
    - 224.1.0.5
    - 10.0.0.5
    - \${ADDRESS}`),
	{ only: true },
);

check(
	invalidIpAddress,
	"leading zeros and IPv4 in IPv6 are refused since 1.36",
	service(`  externalIPs:
    - 192.168.01.10
#     ^^^^^^^^^^^^^ error: 192.168.01.10 in externalIPs has leading zeros, which some programs read as octal
    - "::ffff:1.2.3.4"
#     ^^^^^^^^^^^^^^^^ error: ::ffff:1.2.3.4 in externalIPs is an IPv4 address in IPv6 spelling`),
	{ ...in136, fix: { title: "Write 1.2.3.4", gives: service('  externalIPs:\n    - 192.168.01.10\n    - "1.2.3.4"') } },
);

check(
	invalidIpAddress,
	"where only some versions refuse a spelling it is a warning that says so",
	service(`  clusterIP: 10.0.0.010
#            ^^^^^^^^^^ warning: 10.0.0.010 in clusterIP has leading zeros, which some programs read as octal, and Kubernetes refuses it since 1.36`),
);

check(invalidIpAddress, "before 1.36 spellings are refused by nobody", service("  externalIPs: [192.168.01.10, 10.0.0.010]"), in135);

check(
	invalidIpAddress,
	"an address that leads nowhere is refused in every spelling and version",
	service(`  externalIPs: [127.0.0.01]
#               ^^^^^^^^^^ error: 127.0.0.01 is a loopback address, which externalIPs may not hold`),
	in135,
);

check(
	invalidIpAddress,
	"source ranges: blanks around them are fine, bits behind the prefix are not",
	service(`  type: LoadBalancer
  loadBalancerSourceRanges:
    - " 203.0.113.0/24 "
    - 203.0.113.7
#     ^^^^^^^^^^^ error: "203.0.113.7" in loadBalancerSourceRanges is no network such as 203.0.113.0/24
    - 203.0.113.7/24
#     ^^^^^^^^^^^^^^ error: 203.0.113.7/24 in loadBalancerSourceRanges has bits set behind its prefix
    - 203.0.113.0/033
#     ^^^^^^^^^^^^^^^ error: "203.0.113.0/033" in loadBalancerSourceRanges is no network such as 203.0.113.0/24
    - 203.0.113.0/024
#     ^^^^^^^^^^^^^^^ error: 203.0.113.0/024 in loadBalancerSourceRanges has leading zeros
    - "::ffff:203.0.113.0/120"
#     ^^^^^^^^^^^^^^^^^^^^^^^^ error: ::ffff:203.0.113.0/120 in loadBalancerSourceRanges is an IPv4 network in IPv6 spelling
    - 0.0.0.0/0
    - \${RANGE}`),
	{
		...in136,
		fix: {
			title: "Write 203.0.113.7/32",
			gives: service(`  type: LoadBalancer
  loadBalancerSourceRanges:
    - " 203.0.113.0/24 "
    - 203.0.113.7
    - 203.0.113.7/32
    - 203.0.113.0/033
    - 203.0.113.0/024
    - "::ffff:203.0.113.0/120"
    - 0.0.0.0/0
    - \${RANGE}`),
		},
	},
);

const annotated = (ranges: string, spec = "") => `
apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/load-balancer-source-ranges: ${ranges}
spec:
  type: LoadBalancer
  ports: [{ port: 80 }]
${spec}`;

check(
	invalidIpAddress,
	"the annotation holds networks with commas between them, and counts where the list is empty",
	`${annotated(`203.0.113.0/24,
#                                                           ^^^^^^^^^^^^^^^ error: "" in service.beta.kubernetes.io/load-balancer-source-ranges is no network such as 203.0.113.0/24`)}---${annotated('" 203.0.113.0/24 , 0.0.0.0/0 "').replace("name: web", "name: b")}---${annotated('"  "').replace("name: web", "name: c")}---${annotated("nowhere", "  loadBalancerSourceRanges: [203.0.113.0/24]\n").replace("name: web", "name: d")}`,
);
