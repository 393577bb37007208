import assert from "node:assert/strict";
import { test } from "node:test";
import { arrivalWords } from "../../server/src/reach/rowWords.ts";
import { settingsWith } from "../support/carets.ts";
import { cutFiles, snapshotOf } from "../support/workspace.ts";
import { pathsOf, reach } from "./expect.ts";

reach(
	"a policy closes Pods for all but whom it names",
	`
apiVersion: v1
kind: Service
metadata: { namespace: shop, name: api }
spec: { selector: { app: api }, ports: [{ port: 80, targetPort: http }] }
---
apiVersion: v1
kind: Pod
metadata: { namespace: shop, name: api, labels: { app: api } }
spec: { containers: [{ name: c, ports: [{ name: http, containerPort: 8080 }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: allow-gateway, namespace: shop }
spec: { podSelector: { matchLabels: { app: api } }, ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: web } }, podSelector: { matchLabels: { app: gateway } } }], ports: [{ port: http }] }] }
`,
	{
		"Service shop/api": `
			node clusterIP clusterIP:80 (to a Pod on its own node) via 80 -> Pod api:8080 | replaced | reaches
			node clusterIP clusterIP:80 (to a Pod on another node) via 80 -> - | - | dropped: NetworkPolicies default-deny, allow-gateway close Pod api
			pod dns api.shop.svc.cluster.local:80 (namespace web, app=gateway) via 80 -> Pod api:8080 | kept | reaches
			pod dns api.shop.svc.cluster.local:80 (other Pods) via 80 -> - | - | dropped: NetworkPolicies default-deny, allow-gateway close Pod api
			pod clusterIP clusterIP:80 (namespace web, app=gateway) via 80 -> Pod api:8080 | kept | reaches
			pod clusterIP clusterIP:80 (other Pods) via 80 -> - | - | dropped: NetworkPolicies default-deny, allow-gateway close Pod api
		`,
		"Pod shop/api": `
			node podIP podIP:8080 (to a Pod on its own node) via - -> Pod api:8080 | kept | reaches
			node podIP podIP:8080 (to a Pod on another node) via - -> - | - | dropped: NetworkPolicies default-deny, allow-gateway close Pod api
			pod podIP podIP:8080 (namespace web, app=gateway) via - -> Pod api:8080 | kept | reaches
			pod podIP podIP:8080 (other Pods) via - -> - | - | dropped: NetworkPolicies default-deny, allow-gateway close Pod api
		`,
	},
);

reach(
	"behind a rewritten source it cannot be told whom a policy sees",
	`
apiVersion: v1
kind: Service
metadata: { namespace: shop, name: api }
spec: { type: NodePort, selector: { app: api }, ports: [{ port: 80, targetPort: http, nodePort: 30080 }] }
---
apiVersion: v1
kind: Pod
metadata: { namespace: shop, name: api, labels: { app: api } }
spec: { containers: [{ name: c, ports: [{ name: http, containerPort: 8080 }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress] }
`,
	{
		"Service shop/api": `
			outside nodePort nodeIP:30080 any via 80 -> Pod api:8080 | replaced | cannot-tell: NetworkPolicy default-deny closes Pod api, and whether it sees the client's own address or that of a node is not defined
			node nodePort nodeIP:30080 any via 80 -> Pod api:8080 | replaced | cannot-tell: NetworkPolicy default-deny closes Pod api, and whether it sees the client's own address or that of a node is not defined
			node clusterIP clusterIP:80 (to a Pod on its own node) via 80 -> Pod api:8080 | replaced | reaches
			node clusterIP clusterIP:80 (to a Pod on another node) via 80 -> - | - | dropped: NetworkPolicy default-deny closes Pod api
			pod dns api.shop.svc.cluster.local:80 via 80 -> - | - | dropped: NetworkPolicy default-deny closes Pod api
			pod clusterIP clusterIP:80 via 80 -> - | - | dropped: NetworkPolicy default-deny closes Pod api
			pod nodePort nodeIP:30080 any via 80 -> Pod api:8080 | replaced | cannot-tell: NetworkPolicy default-deny closes Pod api, and whether it sees the client's own address or that of a node is not defined
		`,
	},
);

reach(
	"blocks of addresses let in clients from outside that keep their address",
	`
apiVersion: v1
kind: Service
metadata: { namespace: shop, name: api }
spec: { type: NodePort, externalTrafficPolicy: Local, selector: { app: api }, ports: [{ port: 80, targetPort: http, nodePort: 30080 }] }
---
apiVersion: v1
kind: Pod
metadata: { namespace: shop, name: api, labels: { app: api } }
spec: { containers: [{ name: c, ports: [{ name: http, containerPort: 8080 }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: allow-office, namespace: shop }
spec: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 203.0.113.0/24, except: [203.0.113.7/32] } }] }] }
`,
	{
		"Service shop/api": `
			outside nodePort nodeIP:30080 with-pod (from 203.0.113.0/24 except 203.0.113.7/32) via 80 -> Pod api:8080 | kept | reaches
			outside nodePort nodeIP:30080 with-pod (from other addresses) via 80 -> - | - | dropped: NetworkPolicy allow-office closes Pod api
			outside nodePort nodeIP:30080 without-pod via 80 -> - | - | dropped: A node without a Pod drops the packets (externalTrafficPolicy Local)
			node nodePort nodeIP:30080 own (to a Pod on its own node) via 80 -> Pod api:8080 | replaced | reaches
			node nodePort nodeIP:30080 own (to a Pod on another node) via 80 -> Pod api:8080 | replaced | cannot-tell: NetworkPolicy allow-office closes Pod api but for 203.0.113.0/24 except 203.0.113.7/32, and whether nodes have such addresses is not known
			node nodePort nodeIP:30080 with-pod via 80 -> Pod api:8080 | kept | cannot-tell: NetworkPolicy allow-office closes Pod api but for 203.0.113.0/24 except 203.0.113.7/32, and whether nodes have such addresses is not known
			node nodePort nodeIP:30080 without-pod via 80 -> - | - | dropped: A node without a Pod drops the packets (externalTrafficPolicy Local)
			node clusterIP clusterIP:80 (to a Pod on its own node) via 80 -> Pod api:8080 | replaced | reaches
			node clusterIP clusterIP:80 (to a Pod on another node) via 80 -> Pod api:8080 | replaced | cannot-tell: NetworkPolicy allow-office closes Pod api but for 203.0.113.0/24 except 203.0.113.7/32, and whether nodes have such addresses is not known
			pod dns api.shop.svc.cluster.local:80 via 80 -> - | - | dropped: NetworkPolicy allow-office closes Pod api
			pod clusterIP clusterIP:80 via 80 -> - | - | dropped: NetworkPolicy allow-office closes Pod api
			pod nodePort nodeIP:30080 own via 80 -> - | - | dropped: NetworkPolicy allow-office closes Pod api
			pod nodePort nodeIP:30080 with-pod via 80 -> Pod api:8080 | replaced | cannot-tell: NetworkPolicy allow-office closes Pod api, and whether it sees the client's own address or that of a node is not defined
			pod nodePort nodeIP:30080 without-pod via 80 -> - | - | dropped: A node without a Pod drops the packets (externalTrafficPolicy Local)
		`,
	},
	settingsWith({ cluster: { podCIDR: ["10.244.0.0/16"] } }),
);

reach(
	"everybody may come where a rule names nobody",
	`
apiVersion: v1
kind: Service
metadata: { namespace: shop, name: api }
spec: { selector: { app: api }, ports: [{ port: 80, targetPort: http }] }
---
apiVersion: v1
kind: Pod
metadata: { namespace: shop, name: api, labels: { app: api } }
spec: { containers: [{ name: c, ports: [{ name: http, containerPort: 8080 }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: allow-all, namespace: shop }
spec: { podSelector: {}, ingress: [{}] }
`,
	{
		"Service shop/api": `
			node clusterIP clusterIP:80 via 80 -> Pod api:8080 | replaced | reaches
			pod dns api.shop.svc.cluster.local:80 via 80 -> Pod api:8080 | kept | reaches
			pod clusterIP clusterIP:80 via 80 -> Pod api:8080 | kept | reaches
		`,
	},
);

reach(
	"a policy's port is the Pod's and its protocol TCP, whatever the Service says",
	`
apiVersion: v1
kind: Service
metadata: { namespace: shop, name: api }
spec: { selector: { app: api }, ports: [{ name: a, port: 80, targetPort: 8080 }, { name: b, port: 9000, targetPort: 80 }, { name: c, port: 53, targetPort: 8085, protocol: UDP }, { name: d, port: 85, targetPort: 8085 }] }
---
apiVersion: v1
kind: Pod
metadata: { namespace: shop, name: api, labels: { app: api } }
spec: { containers: [{ name: c, ports: [{ name: http, containerPort: 8080 }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: some-ports, namespace: shop }
spec: { podSelector: {}, ingress: [{ from: [{ namespaceSelector: {} }], ports: [{ port: 8080, endPort: 8090 }] }] }
`,
	{
		"Service shop/api": `
			node clusterIP clusterIP:80 (to a Pod on its own node) via 80 -> Pod api:8080 | replaced | reaches
			node clusterIP clusterIP:80 (to a Pod on another node) via 80 -> - | - | dropped: NetworkPolicy some-ports closes Pod api
			pod dns api.shop.svc.cluster.local:80 via 80 -> Pod api:8080 | kept | reaches
			pod clusterIP clusterIP:80 via 80 -> Pod api:8080 | kept | reaches
			node clusterIP clusterIP:9000 (to a Pod on its own node) via 9000 -> Pod api:80 | replaced | reaches
			node clusterIP clusterIP:9000 (to a Pod on another node) via 9000 -> - | - | dropped: NetworkPolicy some-ports closes Pod api
			pod dns api.shop.svc.cluster.local:9000 via 9000 -> - | - | dropped: NetworkPolicy some-ports closes Pod api
			pod clusterIP clusterIP:9000 via 9000 -> - | - | dropped: NetworkPolicy some-ports closes Pod api
			node clusterIP clusterIP:53 (to a Pod on its own node) UDP via 53 -> Pod api:8085 | replaced | reaches
			node clusterIP clusterIP:53 (to a Pod on another node) UDP via 53 -> - | - | dropped: NetworkPolicy some-ports closes Pod api
			pod dns api.shop.svc.cluster.local:53 UDP via 53 -> - | - | dropped: NetworkPolicy some-ports closes Pod api
			pod clusterIP clusterIP:53 UDP via 53 -> - | - | dropped: NetworkPolicy some-ports closes Pod api
			node clusterIP clusterIP:85 (to a Pod on its own node) via 85 -> Pod api:8085 | replaced | reaches
			node clusterIP clusterIP:85 (to a Pod on another node) via 85 -> - | - | dropped: NetworkPolicy some-ports closes Pod api
			pod dns api.shop.svc.cluster.local:85 via 85 -> Pod api:8085 | kept | reaches
			pod clusterIP clusterIP:85 via 85 -> Pod api:8085 | kept | reaches
		`,
	},
);

reach(
	"the labels of a namespace are those of its object, and of one that nobody defines only its name is known",
	`
apiVersion: v1
kind: Service
metadata: { namespace: shop, name: api }
spec: { selector: { app: api }, ports: [{ port: 80, targetPort: http }] }
---
apiVersion: v1
kind: Pod
metadata: { namespace: shop, name: api, labels: { app: api } }
spec: { containers: [{ name: c, ports: [{ name: http, containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Namespace
metadata: { name: web, labels: { team: web } }
---
apiVersion: v1
kind: Namespace
metadata: { name: ops, labels: { team: ops } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: allow-team, namespace: shop }
spec: { podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchExpressions: [{ key: team, operator: In, values: [web] }] } }] }] }
`,
	{
		"Service shop/api": `
			node clusterIP clusterIP:80 (to a Pod on its own node) via 80 -> Pod api:8080 | replaced | reaches
			node clusterIP clusterIP:80 (to a Pod on another node) via 80 -> - | - | dropped: NetworkPolicy allow-team closes Pod api
			pod dns api.shop.svc.cluster.local:80 (namespace web) via 80 -> Pod api:8080 | kept | reaches
			pod dns api.shop.svc.cluster.local:80 (a namespace that is not defined here) via 80 -> Pod api:8080 | kept | cannot-tell: NetworkPolicy allow-team lets in namespaces with team=web, and which labels they have is not written here
			pod dns api.shop.svc.cluster.local:80 (other Pods) via 80 -> - | - | dropped: NetworkPolicy allow-team closes Pod api
			pod clusterIP clusterIP:80 (namespace web) via 80 -> Pod api:8080 | kept | reaches
			pod clusterIP clusterIP:80 (a namespace that is not defined here) via 80 -> Pod api:8080 | kept | cannot-tell: NetworkPolicy allow-team lets in namespaces with team=web, and which labels they have is not written here
			pod clusterIP clusterIP:80 (other Pods) via 80 -> - | - | dropped: NetworkPolicy allow-team closes Pod api
		`,
	},
);

reach(
	"Pods of one Service that policies treat differently take a part of the connections",
	`
apiVersion: v1
kind: Service
metadata: { namespace: shop, name: api }
spec: { selector: { app: api }, ports: [{ port: 80, targetPort: http }] }
---
apiVersion: v1
kind: Pod
metadata: { namespace: shop, name: api, labels: { app: api } }
spec: { containers: [{ name: c, ports: [{ name: http, containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Pod
metadata: { namespace: shop, name: old, labels: { app: api, track: old } }
spec: { containers: [{ name: c, ports: [{ name: http, containerPort: 8080 }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: close-old, namespace: shop }
spec: { podSelector: { matchLabels: { track: old } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: ui } } }] }] }
`,
	{
		"Service shop/api": `
			node clusterIP clusterIP:80 (to a Pod on its own node) via 80 -> Pod api:8080, Pod old:8080 | replaced | reaches
			node clusterIP clusterIP:80 (to a Pod on another node) via 80 -> Pod api:8080, Pod old:8080 | replaced | partly: NetworkPolicy close-old closes Pod old
			pod dns api.shop.svc.cluster.local:80 (namespace shop, app=ui) via 80 -> Pod api:8080, Pod old:8080 | kept | reaches
			pod dns api.shop.svc.cluster.local:80 (other Pods) via 80 -> Pod api:8080, Pod old:8080 | kept | partly: NetworkPolicy close-old closes Pod old
			pod clusterIP clusterIP:80 (namespace shop, app=ui) via 80 -> Pod api:8080, Pod old:8080 | kept | reaches
			pod clusterIP clusterIP:80 (other Pods) via 80 -> Pod api:8080, Pod old:8080 | kept | partly: NetworkPolicy close-old closes Pod old
		`,
	},
);

reach(
	"a policy that perhaps selects the Pods leaves it open",
	`
apiVersion: v1
kind: Service
metadata: { name: api }
spec: { selector: { app: api }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: api, labels: { app: api } }
spec: { containers: [{ name: c, ports: [{ name: http, containerPort: 8080 }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress] }
`,
	{
		"Service default/api": `
			node clusterIP clusterIP:80 via 80 -> Pod api:80 | replaced | cannot-tell: Whether NetworkPolicy default-deny closes Pod api cannot be told
			pod dns api.default.svc.cluster.local:80 via 80 -> Pod api:80 | kept | cannot-tell: Whether NetworkPolicy default-deny closes Pod api cannot be told
			pod clusterIP clusterIP:80 via 80 -> Pod api:80 | kept | cannot-tell: Whether NetworkPolicy default-deny closes Pod api cannot be told
		`,
	},
);

reach(
	"what policies do with Pods on the host network is not defined",
	`
apiVersion: v1
kind: Pod
metadata: { namespace: shop, name: api, labels: { app: api } }
spec: { hostNetwork: true, containers: [{ name: c, ports: [{ containerPort: 80 }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress] }
`,
	{
		"Pod shop/api": `
			outside hostNetwork nodeIP:80 with-pod via - -> Pod api:80 | kept | cannot-tell: NetworkPolicy default-deny selects Pods on the host network, where its effect is not defined
			node hostNetwork nodeIP:80 with-pod via - -> Pod api:80 | kept | cannot-tell: NetworkPolicy default-deny selects Pods on the host network, where its effect is not defined
			node podIP podIP:80 via - -> Pod api:80 | kept | cannot-tell: NetworkPolicy default-deny selects Pods on the host network, where its effect is not defined
			pod hostNetwork nodeIP:80 with-pod via - -> Pod api:80 | replaced | cannot-tell: NetworkPolicy default-deny selects Pods on the host network, where its effect is not defined
			pod podIP podIP:80 via - -> Pod api:80 | replaced | cannot-tell: NetworkPolicy default-deny selects Pods on the host network, where its effect is not defined
		`,
	},
);

reach(
	"a policy that could not be read may open what others close",
	`
apiVersion: v1
kind: Service
metadata: { namespace: shop, name: api }
spec: { selector: { app: api }, ports: [{ port: 80, targetPort: http }] }
---
apiVersion: v1
kind: Pod
metadata: { namespace: shop, name: api, labels: { app: api } }
spec: { containers: [{ name: c, ports: [{ name: http, containerPort: 8080 }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: more, namespace: shop }
spec: { podSelector: {}, ingress: [ }
`,
	{
		"Service shop/api": `
			node clusterIP clusterIP:80 (to a Pod on its own node) via 80 -> Pod api:8080 | replaced | reaches
			node clusterIP clusterIP:80 (to a Pod on another node) via 80 -> Pod api:8080 | replaced | cannot-tell: NetworkPolicy more may let them in
			pod dns api.shop.svc.cluster.local:80 via 80 -> Pod api:8080 | kept | cannot-tell: NetworkPolicy more may let them in
			pod clusterIP clusterIP:80 via 80 -> Pod api:8080 | kept | cannot-tell: NetworkPolicy more may let them in
		`,
	},
);

reach(
	"Pods that may not open connections are closed at their own end",
	`
apiVersion: v1
kind: Service
metadata: { namespace: shop, name: api }
spec: { selector: { app: api }, ports: [{ port: 80, targetPort: http }] }
---
apiVersion: v1
kind: Pod
metadata: { namespace: shop, name: api, labels: { app: api } }
spec: { containers: [{ name: c, ports: [{ name: http, containerPort: 8080 }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ui-out, namespace: shop }
spec: { podSelector: { matchLabels: { app: ui } }, policyTypes: [Egress] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: job-out, namespace: shop }
spec: { podSelector: { matchLabels: { app: job } }, egress: [{ to: [{ podSelector: { matchLabels: { app: api } } }] }] }
`,
	{
		"Service shop/api": `
			node clusterIP clusterIP:80 via 80 -> Pod api:8080 | replaced | reaches
			pod dns api.shop.svc.cluster.local:80 (namespace shop, app=job) via 80 -> Pod api:8080 | kept | cannot-tell: NetworkPolicy job-out lets nothing out to port 53 of a DNS server, so the name may not resolve
			pod dns api.shop.svc.cluster.local:80 (namespace shop, app=ui) via 80 -> - | - | dropped: NetworkPolicy ui-out lets them open no connection there
			pod dns api.shop.svc.cluster.local:80 (other Pods) via 80 -> Pod api:8080 | kept | reaches
			pod clusterIP clusterIP:80 (namespace shop, app=ui) via 80 -> - | - | dropped: NetworkPolicy ui-out lets them open no connection there
			pod clusterIP clusterIP:80 (other Pods) via 80 -> Pod api:8080 | kept | reaches
		`,
		"Pod shop/api": `
			node podIP podIP:8080 via - -> Pod api:8080 | kept | reaches
			pod podIP podIP:8080 (namespace shop, app=ui) via - -> - | - | dropped: NetworkPolicy ui-out lets them open no connection there
			pod podIP podIP:8080 (other Pods) via - -> Pod api:8080 | kept | reaches
		`,
	},
);

reach(
	"whom a policy lets in another may keep from connecting",
	`
apiVersion: v1
kind: Service
metadata: { namespace: shop, name: api }
spec: { selector: { app: api }, ports: [{ port: 80, targetPort: http }] }
---
apiVersion: v1
kind: Pod
metadata: { namespace: shop, name: api, labels: { app: api } }
spec: { containers: [{ name: c, ports: [{ name: http, containerPort: 8080 }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: allow-ui, namespace: shop }
spec: { podSelector: { matchLabels: { app: api } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: ui } } }, { podSelector: { matchLabels: { app: job } } }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ui-out, namespace: shop }
spec: { podSelector: { matchLabels: { app: ui } }, policyTypes: [Egress] }
`,
	{
		"Service shop/api": `
			node clusterIP clusterIP:80 (to a Pod on its own node) via 80 -> Pod api:8080 | replaced | reaches
			node clusterIP clusterIP:80 (to a Pod on another node) via 80 -> - | - | dropped: NetworkPolicy allow-ui closes Pod api
			pod dns api.shop.svc.cluster.local:80 (namespace shop, app=ui) via 80 -> - | - | dropped: NetworkPolicy ui-out lets them open no connection there
			pod dns api.shop.svc.cluster.local:80 (namespace shop, app=job) via 80 -> Pod api:8080 | kept | reaches
			pod dns api.shop.svc.cluster.local:80 (other Pods) via 80 -> - | - | dropped: NetworkPolicy allow-ui closes Pod api
			pod clusterIP clusterIP:80 (namespace shop, app=ui) via 80 -> - | - | dropped: NetworkPolicy ui-out lets them open no connection there
			pod clusterIP clusterIP:80 (namespace shop, app=job) via 80 -> Pod api:8080 | kept | reaches
			pod clusterIP clusterIP:80 (other Pods) via 80 -> - | - | dropped: NetworkPolicy allow-ui closes Pod api
		`,
	},
);

const SHOP = `
apiVersion: v1
kind: Pod
metadata: { namespace: shop, name: api, labels: { app: api } }
spec: { containers: [{ name: c, ports: [{ containerPort: 8080 }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: allow-shop, namespace: shop }
spec: { podSelector: { matchLabels: { app: api } }, ingress: [{ from: [{ podSelector: {} }] }] }
`;

const outgoing = (name: string, selector: string, egress: string) => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: shop }
spec: { podSelector: { ${selector} }, policyTypes: [Egress], egress: [${egress}] }
`;

const FROM_NODE = `
			node podIP podIP:8080 (to a Pod on its own node) via - -> Pod api:8080 | kept | reaches
			node podIP podIP:8080 (to a Pod on another node) via - -> - | - | dropped: NetworkPolicy allow-shop closes Pod api`;
const OTHERS = "pod podIP podIP:8080 (other Pods) via - -> - | - | dropped: NetworkPolicy allow-shop closes Pod api";

reach(
	"of the Pods that are let in, those that another policy keeps from connecting are told from the rest",
	SHOP + outgoing("ui-out", "matchLabels: { app: ui }", ""),
	{
		"Pod shop/api": `${FROM_NODE}
			pod podIP podIP:8080 (namespace shop (but not app=ui)) via - -> Pod api:8080 | kept | reaches
			pod podIP podIP:8080 (namespace shop, app=ui) via - -> - | - | dropped: NetworkPolicy ui-out lets them open no connection there
			${OTHERS}
		`,
	},
);

reach(
	"of the Pods that may open no connection, those for which another policy opens it are told from the rest",
	SHOP + outgoing("deny", "", "") + outgoing("job-out", "matchLabels: { app: job }", "{}"),
	{
		"Pod shop/api": `${FROM_NODE}
			pod podIP podIP:8080 (namespace shop, app=job) via - -> Pod api:8080 | kept | reaches
			pod podIP podIP:8080 (namespace shop (but not app=job)) via - -> - | - | dropped: NetworkPolicy deny lets them open no connection there
			${OTHERS}
		`,
	},
);

reach(
	"Pods that one policy keeps from connecting and another opens are open",
	SHOP + outgoing("ui-out", "matchLabels: { app: ui }", "") + outgoing("front-out", "matchLabels: { tier: front }", "{}"),
	{
		"Pod shop/api": `${FROM_NODE}
			pod podIP podIP:8080 (namespace shop (but not app=ui) or namespace shop, app=ui,tier=front) via - -> Pod api:8080 | kept | reaches
			pod podIP podIP:8080 (namespace shop, app=ui (but not tier=front)) via - -> - | - | dropped: NetworkPolicy ui-out lets them open no connection there
			${OTHERS}
		`,
	},
);

reach(
	"Pods of which it cannot be told whether they may connect are told from those that may not",
	SHOP + outgoing("deny", "", "") + outgoing("block", "matchLabels: { app: job }", "{ to: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }"),
	{
		"Pod shop/api": `${FROM_NODE}
			pod podIP podIP:8080 (namespace shop, app=job) via - -> Pod api:8080 | kept | cannot-tell: NetworkPolicy block may keep them from connecting
			pod podIP podIP:8080 (namespace shop (but not app=job)) via - -> - | - | dropped: NetworkPolicy deny lets them open no connection there
			${OTHERS}
		`,
	},
);

reach(
	"Pods in namespaces that only their labels name may be those that another policy closes",
	`
apiVersion: v1
kind: Pod
metadata: { namespace: shop, name: api, labels: { app: api } }
spec: { containers: [{ name: c, ports: [{ containerPort: 8080 }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: not-old, namespace: shop }
spec: { podSelector: { matchLabels: { app: api } }, ingress: [{ from: [{ namespaceSelector: { matchExpressions: [{ key: kubernetes.io/metadata.name, operator: NotIn, values: [old] }] } }] }] }
${outgoing("ui-out", "matchLabels: { app: ui }", "")}`,
	{
		"Pod shop/api": `${FROM_NODE.replaceAll("allow-shop", "not-old")}
			pod podIP podIP:8080 (namespaces with kubernetes.io/metadata.name notin (old)) via - -> Pod api:8080 | kept | cannot-tell: NetworkPolicy ui-out lets them open no connection there, if they are of namespace shop, app=ui
			${OTHERS.replace("allow-shop", "not-old")}
		`,
	},
);

const closedImage = (container: string) => `
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { type: NodePort, externalTrafficPolicy: Local, selector: { app: web }, ports: [{ port: 80, targetPort: http, nodePort: 30080 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: c, image: nginx, ports: [{ name: http, containerPort: 8080 }]${container} }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny }
spec: { podSelector: {} }
`;

for (const [title, container, own] of [
	["refuses", "", "refused: 8080 is declared in Pod web, but image nginx listens on 80"],
	[
		"may refuse",
		", volumeMounts: [{ name: conf, mountPath: /etc/nginx/conf.d }]",
		"cannot-tell: Image nginx listens on 80; the volume mounted at /etc/nginx/conf.d may change that",
	],
] as const) {
	reach(`what a policy drops never meets the image that ${title}`, closedImage(container), {
		"Pod default/web": `
			node podIP podIP:8080 (to a Pod on its own node) via - -> Pod web:8080 | kept | ${own}
			node podIP podIP:8080 (to a Pod on another node) via - -> - | - | dropped: NetworkPolicy deny closes Pod web
			pod podIP podIP:8080 via - -> - | - | dropped: NetworkPolicy deny closes Pod web
		`,
	});
}

test("what a policy drops on the way through a Service never meets the image that refuses", () => {
	const paths = pathsOf(snapshotOf(cutFiles(closedImage(""))), "Service default/web");
	const told = paths.map(({ from, by, node, client, verdict }) =>
		[from, by, node, client, verdict].filter((word) => word !== null).join(" "),
	);
	assert.deepEqual(
		told.filter((line) => !line.startsWith("node nodePort") && !line.startsWith("pod nodePort")),
		[
			"outside nodePort with-pod dropped",
			"outside nodePort without-pod dropped",
			"node clusterIP to a Pod on its own node refused",
			"node clusterIP to a Pod on another node dropped",
			"pod dns dropped",
			"pod clusterIP dropped",
		],
	);
});

test("the card says that a policy closes some of the Pods", () => {
	const pod = (name: string, v: string) => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, labels: { app: x, v: "${v}" } }
spec: { containers: [{ name: c, ports: [{ containerPort: 80 }] }] }
---`;
	const snapshot = snapshotOf(
		cutFiles(`${pod("a", "1")}${pod("b", "2")}
apiVersion: v1
kind: Service
metadata: { name: x }
spec: { selector: { app: x }, ports: [{ port: 80 }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny }
spec: { podSelector: { matchLabels: { v: "1" } }, policyTypes: [Ingress] }
`),
	);
	const through = pathsOf(snapshot, "Service default/x").filter(({ from }) => from === "pod");
	assert.deepEqual(new Set(through.map(arrivalWords)), new Set(["partly Pod port 80"]));
});

/** Of the Pods a and b the image of a listens elsewhere; a policy closes the Pods with the label. */
const halfAnswering = (closed: string) => `
apiVersion: v1
kind: Service
metadata: { name: x }
spec: { selector: { app: x }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: a, labels: { app: x, v: a } }
spec: { containers: [{ name: c, image: nginx }] }
---
apiVersion: v1
kind: Pod
metadata: { name: b, labels: { app: x, v: b } }
spec: { containers: [{ name: c, image: example/b }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny }
spec: { podSelector: { ${closed} } }
`;

for (const [title, closed, pods] of [
	[
		"nobody is left",
		"matchLabels: { v: b }",
		"Pod a:8080, Pod b:8080 | - | refused: NetworkPolicy deny closes Pod b; Nothing listens on 8080 in Pod a: image nginx listens on 80",
	],
	[
		"one is left",
		"matchLabels: { v: a }",
		"Pod a:8080, Pod b:8080 | kept | partly: NetworkPolicy deny closes Pod a; Nothing listens on 8080 in Pod a: image nginx listens on 80",
	],
	["all are closed", "", "- | - | dropped: NetworkPolicy deny closes Pod a; NetworkPolicy deny closes Pod b"],
] as const) {
	reach(`where ${title} of the Pods that neither a policy closes nor an image keeps from answering`, halfAnswering(closed), {
		"Service default/x": `
			node clusterIP clusterIP:80 (to a Pod on its own node) via 80 -> Pod a:8080, Pod b:8080 | replaced | partly: Nothing listens on 8080 in Pod a: image nginx listens on 80
			node clusterIP clusterIP:80 (to a Pod on another node) via 80 -> ${pods.replace("kept", "replaced")}
			pod dns x.default.svc.cluster.local:80 via 80 -> ${pods}
			pod clusterIP clusterIP:80 via 80 -> ${pods}
		`,
	});
}

const nodePortOf = (container: string) => closedImage(container).replace("externalTrafficPolicy: Local, ", "");

const SEEN = "NetworkPolicy deny closes Pod web, and whether it sees the client's own address or that of a node is not defined";

for (const [title, container, own] of [
	["refuses", "", "refused: {}; 8080 is declared in Pod web, but image nginx listens on 80"],
	[
		"may refuse",
		", volumeMounts: [{ name: conf, mountPath: /etc/nginx/conf.d }]",
		"cannot-tell: {}; Image nginx listens on 80; the volume mounted at /etc/nginx/conf.d may change that",
	],
] as const) {
	test(`a node port tells both that a policy may drop and that the image ${title}`, () => {
		const paths = pathsOf(snapshotOf(cutFiles(nodePortOf(container))), "Service default/web").filter(({ by }) => by === "nodePort");
		assert.deepEqual(new Set(paths.map(({ verdict, why }) => `${verdict}: ${why}`)), new Set([own.replace("{}", SEEN)]));
	});
}

const letIn = (from: string) => `
apiVersion: v1
kind: Pod
metadata: { name: api, namespace: shop, labels: { app: api } }
spec: { containers: [{ name: c, ports: [{ containerPort: 80, hostPort: 8080 }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: some, namespace: shop }
spec: { podSelector: {}, ingress: [{ from: [${from}] }] }
`;

const WEB = "podSelector: { matchLabels: { app: web } }";
const MON = "namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: mon } }";

for (const [title, from, who] of [
	["of one's own namespace and of any", `{ ${WEB} }, { namespaceSelector: {}, ${WEB} }`, "any namespace, app=web"],
	["with a label and with one more", `{ podSelector: { matchLabels: { app: web, tier: front } } }, { ${WEB} }`, "namespace shop, app=web"],
	["of a namespace and some of them", `{ ${MON} }, { ${MON}, ${WEB} }`, "namespace mon"],
	["that are named twice", `{ ${WEB} }, { ${WEB} }`, "namespace shop, app=web"],
	["that may be others", `{ ${WEB} }, { ${MON} }`, "namespace shop, app=web or namespace mon"],
	[
		"of which it cannot be told, and which are let in anyway",
		`{ namespaceSelector: {}, ${WEB} }, { namespaceSelector: { matchLabels: { a: b } }, ${WEB} }`,
		"any namespace, app=web",
	],
] as const) {
	test(`Pods ${title} are told once`, () => {
		const paths = pathsOf(snapshotOf(cutFiles(letIn(from))), "Pod shop/api").filter((path) => path.by === "podIP" && path.from === "pod");
		assert.deepEqual(
			paths.map(({ client, verdict }) => `${client}: ${verdict}`),
			[`${who}: reaches`, "other Pods: dropped"],
		);
	});
}

for (const [title, from, who] of [
	["in another", "{ ipBlock: { cidr: 10.1.0.0/16 } }, { ipBlock: { cidr: 10.0.0.0/8 } }", "from 10.0.0.0/8"],
	[
		"in the hole of another",
		"{ ipBlock: { cidr: 10.0.0.0/8, except: [10.1.0.0/16] } }, { ipBlock: { cidr: 10.1.2.0/24 } }",
		"from 10.0.0.0/8 except 10.1.0.0/16 or from 10.1.2.0/24",
	],
	["beside another", "{ ipBlock: { cidr: 10.0.0.0/8 } }, { ipBlock: { cidr: 11.0.0.0/8 } }", "from 10.0.0.0/8 or from 11.0.0.0/8"],
] as const) {
	test(`a block of addresses ${title} is told as it is`, () => {
		const paths = pathsOf(snapshotOf(cutFiles(letIn(from))), "Pod shop/api").filter((path) => path.from === "outside");
		assert.deepEqual(
			paths.map(({ client, verdict }) => `${client}: ${verdict}`),
			[`${who}: reaches`, "from other addresses: dropped"],
		);
	});
}
