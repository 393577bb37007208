import { nonCanonicalIp } from "../../server/src/rules/non-canonical-ip.ts";
import { check, settingsWith } from "../support/carets.ts";

const service = (spec: string) => `
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
${spec}
  ports: [{ port: 80 }]
`;

const before136 = { settings: settingsWith({ cluster: { version: { from: 34, to: 35 } } }), only: true };

check(
	nonCanonicalIp,
	"IPv6 in upper case, with zeros, with a group too many",
	service(`  type: LoadBalancer
  externalIPs:
    - "FD00::1"
#     ^^^^^^^^^ warning: FD00::1 in externalIPs is not the usual spelling of fd00::1
    - "fd00:0::1"
#     ^^^^^^^^^^^ warning: fd00:0::1 in externalIPs is not the usual spelling of fd00::1
    - "fd00::2"
    - 10.0.0.1
  loadBalancerSourceRanges:
    - "FD00::/8"
#     ^^^^^^^^^^ warning: FD00::/8 in loadBalancerSourceRanges is not the usual spelling of fd00::/8
    - " FD00::/8"
    - "fd00::/8"`),
	{
		only: true,
		fix: {
			title: "Write fd00::/8",
			gives: service(`  type: LoadBalancer
  externalIPs:
    - "FD00::1"
    - "fd00:0::1"
    - "fd00::2"
    - 10.0.0.1
  loadBalancerSourceRanges:
    - "fd00::/8"
    - " FD00::/8"
    - "fd00::/8"`),
		},
	},
);

check(
	nonCanonicalIp,
	"before 1.36 Kubernetes warns about what it refuses since",
	service(`  type: LoadBalancer
  clusterIP: 10.0.0.010
#            ^^^^^^^^^^ warning: 10.0.0.010 in clusterIP is a spelling that Kubernetes refuses since 1.36 of 10.0.0.10
  externalIPs: ["::ffff:1.2.3.4"]
#               ^^^^^^^^^^^^^^^^ warning: ::ffff:1.2.3.4 in externalIPs is a spelling that Kubernetes refuses since 1.36 of 1.2.3.4
  loadBalancerSourceRanges: [203.0.113.7/24]
#                            ^^^^^^^^^^^^^^ warning: 203.0.113.7/24 in loadBalancerSourceRanges is a spelling that Kubernetes refuses since 1.36 of 203.0.113.0/24`),
	before136,
);

check(
	nonCanonicalIp,
	"loadBalancerIP is never refused, so it is warned about in every version, unless it is no address",
	`${service(`  loadBalancerIP: 10.0.0.010
#                 ^^^^^^^^^^ warning: 10.0.0.010 in loadBalancerIP is a spelling that Kubernetes refuses since 1.36 of 10.0.0.10`)}---${service("  loadBalancerIP: lb.example.com").replace("name: web", "name: b")}`,
	{ only: true },
);

check(
	nonCanonicalIp,
	"None and placeholders",
	`${service("  clusterIP: None")}---${service("  clusterIP: ${IP}").replace("name: web", "name: b")}`,
);
