import { nodePortInDynamicBand } from "../../server/src/rules/node-port-in-dynamic-band.ts";
import { check, settingsWith } from "../support/carets.ts";

const rules = { [nodePortInDynamicBand.name]: "hint" } as const;

check(
	nodePortInDynamicBand,
	"the band begins behind 86 numbers of the default range, for health checks too",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  healthCheckNodePort: 32767
#                      ^^^^^ hint: healthCheckNodePort 32767 is one of 30086-32767, from which Kubernetes picks numbers itself
  ports:
    - { name: a, port: 80, nodePort: 30085 }
    - { name: b, port: 81, nodePort: 30086 }
#                                    ^^^^^ hint: nodePort 30086 is one of 30086-32767, from which Kubernetes picks numbers itself
    - { name: c, port: 82, nodePort: 0 }
    - { name: d, port: 83 }
`,
	{ settings: settingsWith({ rules }) },
);

const WRITTEN = `
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { type: NodePort, ports: [{ port: 80, nodePort: 31000 }] }
`;

check(nodePortInDynamicBand, "it is off unless it is switched on", WRITTEN);

for (const [what, first, last] of [
	["a range of up to 16 numbers has no such band", 30990, 31005],
	["a number outside the range is another rule's", 20000, 20100],
] as const) {
	check(nodePortInDynamicBand, what, WRITTEN.replace("31000", first === 20000 ? "20101" : "31000"), {
		settings: settingsWith({
			rules: { ...rules, "node-port-out-of-range": "off" },
			cluster: { nodePortRange: { first, last, configured: true } },
		}),
	});
}
