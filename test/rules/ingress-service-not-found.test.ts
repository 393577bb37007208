import { ingressServiceNotFound } from "../../server/src/rules/ingress-service-not-found.ts";
import { check } from "../support/carets.ts";

const SERVICE = `
apiVersion: v1
kind: Service
metadata: { name: frontend, namespace: shop }
spec: { selector: { app: frontend }, ports: [{ port: 80 }] }
`;

const INGRESS = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: front, namespace: shop }
spec:
  rules:
    - http:
        paths:
`;

function path(name: string, port = "number: 80"): string {
	return `          - { path: /, pathType: Prefix, backend: { service: { name: ${name}, port: { ${port} } } } }\n`;
}

const CARETS = `#${" ".repeat(68)}`;

check(
	ingressServiceNotFound,
	"the nearest name is proposed",
	`#- a.yaml\n${SERVICE}\n#- b.yaml\n${INGRESS}${path("fronted")}${CARETS}^^^^^^^ There is no Service fronted here; Service frontend has the nearest name\n`,
	{ fix: { title: "Use Service frontend", gives: `#- b.yaml\n${INGRESS}${path("frontend")}` } },
);
check(
	ingressServiceNotFound,
	"the only Service beside the only Ingress of a file is meant",
	`${SERVICE}---\n${INGRESS}${path("website")}${CARETS}^^^^^^^ There is no Service website here; Service frontend is the only one beside the Ingress\n`,
);
check(
	ingressServiceNotFound,
	"a Service of that name in another namespace cannot be reached",
	`#- a.yaml\n${SERVICE.replace("namespace: shop", "namespace: prod")}\n#- b.yaml\n${INGRESS}${path("frontend")}${CARETS}^^^^^^^^ Service frontend is in namespace prod, and an Ingress reaches Services of its own only, shop\n`,
);
check(
	ingressServiceNotFound,
	"nothing is said of a name that is like no other",
	`#- a.yaml\n${SERVICE}\n#- b.yaml\n${INGRESS}${path("cart")}`,
);
check(
	ingressServiceNotFound,
	"a Service that an Ingress leads to already is not the one that is meant",
	`#- a.yaml\n${SERVICE}\n#- b.yaml\n${INGRESS}${path("frontend")}${path("frontend2")}`,
);
check(
	ingressServiceNotFound,
	"a plain slip is one although another path leads to the Service",
	`#- a.yaml\n${SERVICE}\n#- b.yaml\n${INGRESS}${path("frontend")}${path("frontendd")}${CARETS}^^^^^^^^^ There is no Service frontendd here; Service frontend has the nearest name\n`,
);

check(
	ingressServiceNotFound,
	"a broken Deployment in the file holds no Service",
	`${SERVICE}---\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: [\n---\n${INGRESS}${path("fronted")}${CARETS}^^^^^^^ There is no Service fronted here; Service frontend has the nearest name\n`,
	{ only: true },
);

check(
	ingressServiceNotFound,
	"where kubectl decides the namespace nothing is said",
	`#- a.yaml\n${SERVICE.replace(", namespace: shop", "")}\n#- b.yaml\n${INGRESS}${path("frontend")}`,
);
check(
	ingressServiceNotFound,
	"a Service of a folder near by is the one",
	`#- apps/a.yaml\n${SERVICE}\n#- apps/b.yaml\n${INGRESS}${path("fronted")}\n#- web/c.yaml\n${SERVICE.replace("name: frontend", "name: fronted")}`,
);
check(
	ingressServiceNotFound,
	"an annotation of an AWS controller takes the place of a Service",
	`${SERVICE}---\n${INGRESS.replace("namespace: shop }", "namespace: shop, annotations: { alb.ingress.kubernetes.io/actions.fronted: x } }")}${path("fronted", "name: use-annotation")}`,
);
check(
	ingressServiceNotFound,
	"a name that is filled in later may be the one",
	`#- a.yaml\n${SERVICE}---\n${SERVICE.replace("name: frontend,", "name: $(NAME),")}\n#- b.yaml\n${INGRESS}${path("fronted")}`,
);
check(
	ingressServiceNotFound,
	"a template beside may hold the Service",
	`#- a.yaml\n${SERVICE}\n#- b.yaml\n${INGRESS}${path("fronted")}\n#- c.yaml\n{{- if .Values.x }}\nkind: Service\n{{- end }}`,
);
