import { DEFAULT_SETTINGS } from "../../server/src/settings/settings.ts";
import { settingsWith } from "../support/carets.ts";
import { reach } from "./expect.ts";

reach(
	"without a detector a Pod's own node hands out its own Pods only under Local, and nothing is masqueraded on the way to a cluster IP",
	`
apiVersion: v1
kind: Service
metadata: { namespace: shop, name: api }
spec: { type: LoadBalancer, externalTrafficPolicy: Local, selector: { app: api }, ports: [{ port: 80, nodePort: 30080 }] }
---
apiVersion: v1
kind: Pod
metadata: { namespace: shop, name: api, labels: { app: api } }
spec: { containers: [{ name: c, ports: [{ name: http, containerPort: 8080 }] }] }
`,
	{
		"Service shop/api": `
			outside loadBalancer loadBalancer:80 via 80 -> Pod api:80 | kept | reaches
			outside nodePort nodeIP:30080 with-pod via 80 -> Pod api:80 | kept | reaches
			outside nodePort nodeIP:30080 without-pod via 80 -> - | - | dropped: A node without a Pod drops the packets (externalTrafficPolicy Local)
			node loadBalancer loadBalancer:80 via 80 -> Pod api:80 | replaced | reaches
			node nodePort nodeIP:30080 own via 80 -> Pod api:80 | replaced | reaches
			node nodePort nodeIP:30080 with-pod via 80 -> Pod api:80 | kept | reaches
			node nodePort nodeIP:30080 without-pod via 80 -> - | - | dropped: A node without a Pod drops the packets (externalTrafficPolicy Local)
			node clusterIP clusterIP:80 via 80 -> Pod api:80 | kept | reaches
			pod dns api.shop.svc.cluster.local:80 via 80 -> Pod api:80 | kept | reaches
			pod clusterIP clusterIP:80 via 80 -> Pod api:80 | kept | reaches
			pod loadBalancer loadBalancer:80 (on a node with a Pod) via 80 -> Pod api:80 | kept | reaches
			pod loadBalancer loadBalancer:80 (on a node without a Pod) via 80 -> - | - | dropped: A node without a Pod drops the packets (externalTrafficPolicy Local)
			pod nodePort nodeIP:30080 own (on a node with a Pod) via 80 -> Pod api:80 | kept | reaches
			pod nodePort nodeIP:30080 own (on a node without a Pod) via 80 -> - | - | dropped: A node without a Pod drops the packets (externalTrafficPolicy Local)
			pod nodePort nodeIP:30080 with-pod via 80 -> Pod api:80 | replaced | reaches
			pod nodePort nodeIP:30080 without-pod via 80 -> - | - | dropped: A node without a Pod drops the packets (externalTrafficPolicy Local)
		`,
	},
	settingsWith({ cluster: { podCIDR: [] } }),
);

reach(
	"masqueradeAll replaces the source of everything that goes to a cluster IP",
	`
apiVersion: v1
kind: Service
metadata: { namespace: shop, name: api }
spec: { type: LoadBalancer, selector: { app: api }, ports: [{ port: 80, nodePort: 30080 }] }
---
apiVersion: v1
kind: Pod
metadata: { namespace: shop, name: api, labels: { app: api } }
spec: { containers: [{ name: c, ports: [{ name: http, containerPort: 8080 }] }] }
`,
	{
		"Service shop/api": `
			outside loadBalancer loadBalancer:80 via 80 -> Pod api:80 | replaced | reaches
			outside nodePort nodeIP:30080 any via 80 -> Pod api:80 | replaced | reaches
			node loadBalancer loadBalancer:80 via 80 -> Pod api:80 | replaced | reaches
			node nodePort nodeIP:30080 any via 80 -> Pod api:80 | replaced | reaches
			node clusterIP clusterIP:80 via 80 -> Pod api:80 | replaced | reaches
			pod dns api.shop.svc.cluster.local:80 via 80 -> Pod api:80 | replaced | reaches
			pod clusterIP clusterIP:80 via 80 -> Pod api:80 | replaced | reaches
			pod loadBalancer loadBalancer:80 via 80 -> Pod api:80 | replaced | reaches
			pod nodePort nodeIP:30080 any via 80 -> Pod api:80 | replaced | reaches
		`,
	},
	settingsWith({ cluster: { podCIDR: [], proxy: { ...DEFAULT_SETTINGS.cluster.proxy, masqueradeAll: true } } }),
);
