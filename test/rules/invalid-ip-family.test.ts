import { invalidIpFamily } from "../../server/src/rules/invalid-ip-family.ts";
import { check } from "../support/carets.ts";

const service = (spec: string, name = "web") => `
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec:
${spec}
  selector: { app: web }
  ports: [{ port: 80 }]
`;

check(
	invalidIpFamily,
	"families and a policy in another case",
	service(`  ipFamilies: [ipv4, IPV6]
#              ^^^^ error: "ipv4" in ipFamilies is none of IPv4, IPv6
#                    ^^^^ error: "IPV6" in ipFamilies is none of IPv4, IPv6
  ipFamilyPolicy: preferDualStack
#                 ^^^^^^^^^^^^^^^ error: ipFamilyPolicy "preferDualStack" is none of SingleStack, PreferDualStack, RequireDualStack`),
	{ fix: { title: "Write IPv4", gives: service("  ipFamilies: [IPv4, IPV6]\n  ipFamilyPolicy: preferDualStack") } },
);

check(
	invalidIpFamily,
	"a policy that two families have no use for is not offered",
	service(`  ipFamilies: [IPv4, IPv6]
  ipFamilyPolicy: singleStack
#                 ^^^^^^^^^^^ error: ipFamilyPolicy "singleStack" is none of SingleStack, PreferDualStack, RequireDualStack`),
	{ fixes: [] },
);

check(
	invalidIpFamily,
	"a family that is there already is not offered",
	service(`  ipFamilyPolicy: PreferDualStack
  ipFamilies: [IPv, IPv4]
#              ^^^ error: "IPv" in ipFamilies is none of IPv4, IPv6`),
	{ fixes: ["Write IPv6"] },
);

check(
	invalidIpFamily,
	"one family twice, and an empty policy",
	service(`  ipFamilyPolicy: ""
#                 ^^ error: ipFamilyPolicy "" is none of SingleStack, PreferDualStack, RequireDualStack
  ipFamilies:
    - IPv4
    - IPv4
#     ^^^^ error: ipFamilies holds IPv4 twice`),
);

check(
	invalidIpFamily,
	"two families without a policy, reported on the key of the map that lacks it",
	`
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Service
    metadata: { name: web }
    spec: { ipFamilies: [IPv4, IPv6], selector: { app: web }, ports: [{ port: 80 }] }
#   ^^^^ error: The Service has two IP families without an ipFamilyPolicy, so with SingleStack
`,
	{
		fix: {
			title: "Set ipFamilyPolicy to RequireDualStack",
			gives: `
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Service
    metadata: { name: web }
    spec: { ipFamilies: [IPv4, IPv6], selector: { app: web }, ports: [{ port: 80 }], ipFamilyPolicy: RequireDualStack }
`,
		},
	},
);

check(
	invalidIpFamily,
	"a headless Service: with a selector the default is SingleStack, without one it is not",
	`${service(`  clusterIP: None
  ipFamilyPolicy: SingleStack
#                 ^^^^^^^^^^^ error: The Service has two IP families with SingleStack
  ipFamilies: [IPv4, IPv6]`)}---
apiVersion: v1
kind: Service
metadata: { name: b }
spec:
  clusterIP: None
  ipFamilies: [IPv4, IPv6]
  selector: {}
`,
);

check(
	invalidIpFamily,
	"clusterIP and clusterIPs",
	`${service(`  clusterIPs: [None]
#             ^^^^^^ error: clusterIPs needs its first address in clusterIP too`)}---${service(
		`  clusterIP: 10.0.0.1
  clusterIPs: [10.0.0.2]
#             ^^^^^^^^^^ error: The first of clusterIPs is 10.0.0.2 and not the clusterIP 10.0.0.1`,
		"b",
	)}---${service(
		`  clusterIP: None
  clusterIPs: [None, 10.0.0.1]
#             ^^^^^^^^^^^^^^^^ error: None in clusterIPs stands alone`,
		"c",
	)}---${service(
		`  clusterIP: 10.0.0.3
  clusterIPs: [10.0.0.3, 10.0.0.4]
#             ^^^^^^^^^^^^^^^^^^^^ error: clusterIPs holds two IPv4 addresses`,
		"d",
	)}---${service(
		`  clusterIP: 10.0.0.5
  clusterIPs:
# ^^^^^^^^^^ error: clusterIPs holds 3 addresses, and two are the most
    - 10.0.0.5
    - fd00::5
    - 10.0.0.6
  ipFamilyPolicy: PreferDualStack`,
		"e",
	)}`,
);

check(
	invalidIpFamily,
	"an address of another family than ipFamilies says",
	`${service(`  clusterIP: fd00::1
#            ^^^^^^^ error: fd00::1 in clusterIP is an IPv6 address, and ipFamilies says IPv4
  ipFamilies: [IPv4]`)}---${service(
		`  clusterIP: 10.0.0.1
  clusterIPs: [10.0.0.1, fd00::2]
#              ^^^^^^^^ error: 10.0.0.1 in clusterIPs is an IPv4 address, and ipFamilies says IPv6
#                        ^^^^^^^ error: fd00::2 in clusterIPs is an IPv6 address, and ipFamilies says IPv4
  ipFamilies: [IPv6, IPv4]
  ipFamilyPolicy: RequireDualStack`,
		"b",
	)}`,
);

check(
	invalidIpFamily,
	"what fits together, an empty list, and placeholders",
	`${service("  clusterIP: 10.0.0.1\n  clusterIPs: [10.0.0.1, fd00::1]\n  ipFamilies: [IPv4, IPv6]\n  ipFamilyPolicy: PreferDualStack")}---${service(
		"  clusterIPs: []\n  ipFamilies: [IPv6]",
		"b",
	)}---${service("  ipFamilies: [IPv4, IPv6]\n  ipFamilyPolicy: ${POLICY}", "c")}---${service(
		'  clusterIP: "${IP}"\n  clusterIPs: ["${IP}"]\n  ipFamilies: ["${FAMILY}", "${FAMILY}"]\n  ipFamilyPolicy: ~',
		"d",
	)}`,
);
