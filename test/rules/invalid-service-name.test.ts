import { invalidServiceName } from "../../server/src/rules/invalid-service-name.ts";
import { check, settingsWith } from "../support/carets.ts";

const service = (metadata: string) => `
apiVersion: v1
kind: Service
metadata: ${metadata}
spec: { ports: [{ port: 80 }] }
`;

for (const [name, wrong, right] of [
	["Web", "has upper-case letters", "web"],
	["web.shop", "has a dot in it", "web-shop"],
	["web_shop_", 'has "_" in it', "web-shop"],
	["web-", "begins or ends with -", "web"],
	["a".repeat(64), "has 64 characters, and 63 are the most", undefined],
	["web/1", 'has "/" in it', undefined],
]) {
	const carets = "^".repeat(name?.length ?? 0);
	const marked = service(`{ name: ${name} }\n#                 ${carets} error: The Service name "${name}" ${wrong}`);
	const fix = right ? { fix: { title: `Set name to ${right}`, gives: service(`{ name: ${right} }`) } } : {};
	check(invalidServiceName, `a name that ${wrong}: ${name}`, marked, fix);
}

for (const name of ["web", "a--b", "a".repeat(63), "${NAME}", "web-$(NAME)", "{{ .name }}"]) {
	check(
		invalidServiceName,
		`a name that is a DNS label, or a placeholder: ${name}`,
		service(`\n  name: ${name.startsWith("{") ? `"${name}"` : name}`),
	);
}

check(
	invalidServiceName,
	"a digit in front is refused before 1.36, by some of the default versions",
	service(`{ name: 1web }
#                 ^^^^ warning: The Service name "1web" begins with a digit, which Kubernetes refuses before 1.36`),
);

check(
	invalidServiceName,
	"a digit in front is refused by every version before 1.36",
	service(`{ name: "8080" }
#                 ^^^^^^ error: The Service name "8080" begins with a digit`),
	{ settings: settingsWith({ cluster: { version: { from: 34, to: 35 } } }) },
);

check(invalidServiceName, "a digit in front is fine since 1.36", service("{ name: 1web }"), {
	settings: settingsWith({ cluster: { version: { from: 36, to: 36 } } }),
});

check(
	invalidServiceName,
	"no name and no name to generate",
	`
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Service
    metadata: { namespace: shop }
#   ^^^^^^^^ error: The Service has neither a name nor a generateName
    spec: { ports: [{ port: 80 }] }
  - apiVersion: v1
    kind: Service
    metadata: { name: ~ }
#                     ^ error: The Service has neither a name nor a generateName
    spec: { ports: [{ port: 80 }] }
  - apiVersion: v1
    kind: Service
    metadata: { name: "", generateName: "" }
#                     ^^ error: The Service has neither a name nor a generateName
    spec: { ports: [{ port: 80 }] }
  - kind: Service
#   ^^^^ error: The Service has neither a name nor a generateName
    apiVersion: v1
    spec: { ports: [{ port: 80 }] }
`,
);

check(
	invalidServiceName,
	"a name that is generated, a placeholder for one, and a misspelt key",
	`${service("{ generateName: web- }")}---${service('{ generateName: "${PREFIX}" }')}---${service("{ Name: web }").replace("spec:", "#           ^^^^ Name is no field here: it is called name\nspec:")}`,
);
