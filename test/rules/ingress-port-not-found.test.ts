import assert from "node:assert/strict";
import { test } from "node:test";
import { ingressPortNotFound } from "../../server/src/rules/ingress-port-not-found.ts";
import { check, findingsOf } from "../support/carets.ts";
import { cutFiles, snapshotOf } from "../support/workspace.ts";

function service(ports: string, spec = "selector: { app: web }"): string {
	return `apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { type: NodePort, ${spec}, ports: [${ports}] }\n`;
}

function ingress(port: string): string {
	return `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: front }
spec:
  defaultBackend:
    service:
      name: web
      port:
        ${port}
`;
}

const ONE = "{ port: 80, targetPort: 8080, nodePort: 30080 }";
const TWO = "{ name: http, port: 80, targetPort: web }, { name: admin, port: 81, targetPort: 8081 }";

check(
	ingressPortNotFound,
	"a target port is no port of the Service",
	`${service(ONE)}${ingress("number: 8080")}#               ^^^^ error: Service web has no port 8080: that is a target port, and it has 80`,
	{ fix: { title: "Use port 80", gives: `${service(ONE)}${ingress("number: 80")}` } },
);
check(
	ingressPortNotFound,
	"a node port is none either",
	`${service(ONE)}${ingress("number: 30080")}#               ^^^^^ error: Service web has no port 30080: that is a node port, and it has 80`,
);
check(
	ingressPortNotFound,
	"a name is that of the Service's port, not of the container's",
	`${service(TWO)}${ingress("name: web")}#             ^^^ error: Service web has no port named web: that is the name of a target port, and it has 80 (http) and 81 (admin)`,
	{ fix: { title: "Use port http", gives: `${service(TWO)}${ingress("name: http")}` } },
);
check(
	ingressPortNotFound,
	"a port without a name is reached by its number",
	`${service(ONE)}${ingress("name: http")}#             ^^^^ error: Service web has no port named http, and it has 80`,
	{ fix: { title: "Use port 80", gives: `${service(ONE)}${ingress("number: 80")}` } },
);
check(
	ingressPortNotFound,
	"by number or name both are found",
	`${service(TWO)}${ingress("name: admin")}${ingress("number: 80").replace("front", "more")}`,
);
check(ingressPortNotFound, "a port that cannot be read may be the one", `${service("{ port: $(PORT) }")}${ingress("number: 8080")}`);
check(
	ingressPortNotFound,
	"what an ExternalName's ports mean is up to the controller",
	`${service("{ port: 80 }", "externalName: example.com").replace("type: NodePort", "type: ExternalName")}${ingress("number: 8080")}`,
	{ only: true },
);
check(
	ingressPortNotFound,
	"an action's annotation takes the place of a port",
	`${service(ONE)}${ingress("name: use-annotation").replace("name: front", "name: front, annotations: { alb.ingress.kubernetes.io/actions.web: x }")}`,
);
check(
	ingressPortNotFound,
	"without the annotation it is a name like others",
	`${service(ONE)}${ingress("name: use-annotation")}#             ^^^^^^^^^^^^^^ error: Service web has no port named use-annotation, and it has 80`,
);
check(
	ingressPortNotFound,
	"where files define the Service differently all of them count",
	`#- a.yaml\n${service("{ port: 80, nodePort: 30080 }")}\n#- b.yaml\n${service("{ port: 81, nodePort: 30080 }")}\n#- c.yaml\n${ingress("number: 81").slice(4)}#               ^^ warning: Service web has no port 81, and it has 80`,
);
check(
	ingressPortNotFound,
	"a name is not found beside a number that cannot be read",
	`${service("{ name: http, port: $(PORT) }")}${ingress("name: web")}#             ^^^ error: Service web has no port named web, and it has $(PORT) (http)`,
);
check(
	ingressPortNotFound,
	"a port whose number is not written yet may be the one",
	`${service("{ name: web }")}${ingress("number: 8080")}`,
	{
		only: true,
	},
);

test("ingress-port-not-found: no port is offered that not all definitions of the Service have", () => {
	const offered = ["81", "80"].map((other) => {
		const files = `#- a.yaml\n${service("{ port: 80 }")}\n#- b.yaml\n${service(`{ port: ${other} }`)}\n#- c.yaml\n${ingress("number: 8080").slice(4)}`;
		const found = findingsOf(snapshotOf(cutFiles(files))).filter(({ rule }) => rule === "ingress-port-not-found");
		return found.flatMap(({ fixes }) => fixes.map(({ title }) => title));
	});
	assert.deepEqual(offered, [[], ["Use port 80"]]);
});
