import assert from "node:assert/strict";
import { test } from "node:test";
import { hostNetworkWithoutClusterDns } from "../../server/src/rules/host-network-without-cluster-dns.ts";
import { check } from "../support/carets.ts";
import { said, workload } from "../support/said.ts";

const API = `#- api.yaml
apiVersion: v1
kind: Service
metadata: { name: api }
spec: { selector: { app: api }, ports: [{ port: 80 }] }
`;

check(
	hostNetworkWithoutClusterDns,
	"a policy that is written is set, in the place where it stands",
	`
${API}#- web.yaml
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  hostNetwork: true
  dnsPolicy: ClusterFirst
#            ^^^^^^^^^^^^ information: Pod web asks the node's DNS, which does not know Service api
  containers: [{ name: web, image: a, args: ["--backend=http://api.default.svc.cluster.local/v1"] }]
`,
	{
		fix: {
			title: "Set dnsPolicy to ClusterFirstWithHostNet",
			gives: `
#- web.yaml
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  hostNetwork: true
  dnsPolicy: ClusterFirstWithHostNet
  containers: [{ name: web, image: a, args: ["--backend=http://api.default.svc.cluster.local/v1"] }]
`,
		},
	},
);

const TOLD = ["information: Pod web asks the node's DNS, which does not know Service api"];

function of(container: string, spec = "hostNetwork: true", more = ""): readonly string[] {
	return said(hostNetworkWithoutClusterDns, `${API}${more}#- web.yaml\n${workload([container], { spec })}`);
}

const CONFIG = `#- config.yaml
apiVersion: v1
kind: ConfigMap
metadata: { name: web }
data:
  app.conf: |
    upstream = "http://api:80"
`;

for (const [title, found, wanted] of [
	["a URL in a variable", of("env: [{ name: X, value: 'http://api:80/' }]"), TOLD],
	["a host and a port", of("env: [{ name: X, value: 'api:80' }]"), TOLD],
	["a host in a variable for one", of("env: [{ name: API_HOST, value: api }]"), TOLD],
	["a host in a flag with a port", of('args: ["--server=api.default.svc:80"]'), TOLD],
	["the policy of the node", of("env: [{ name: X, value: 'http://api' }]", "hostNetwork: true\ndnsPolicy: Default"), TOLD],
	[
		"a ConfigMap that is mounted",
		of("volumeMounts: []", "hostNetwork: true\nvolumes: [{ name: c, configMap: { name: web } }]", CONFIG),
		TOLD,
	],
	["a ConfigMap of variables", of("envFrom: [{ configMapRef: { name: web } }]", "hostNetwork: true", CONFIG), TOLD],
	["a ConfigMap that it does not use", of("tty: true", "hostNetwork: true", CONFIG), []],
	["a word that happens to be the Service's name", of("env: [{ name: APP, value: api }]"), []],
	["another host with that first label", of("env: [{ name: X, value: 'http://api.example.com/' }]"), []],
	["the same name in another namespace", of("env: [{ name: X, value: 'http://api.shop/' }]"), []],
	["the policy that is wanted", of("env: [{ name: X, value: 'http://api' }]", "hostNetwork: true\ndnsPolicy: ClusterFirstWithHostNet"), []],
	["a resolver of its own", of("env: [{ name: X, value: 'http://api' }]", "hostNetwork: true\ndnsPolicy: None"), []],
	["a placeholder may be it", of("env: [{ name: X, value: 'http://api' }]", "hostNetwork: true\ndnsPolicy: '${DNS}'"), []],
	["the Pod's own network", of("env: [{ name: X, value: 'http://api' }]", "hostNetwork: false"), []],
] as const) {
	test(`host-network-without-cluster-dns: ${title}`, () => assert.deepEqual(found, wanted));
}
