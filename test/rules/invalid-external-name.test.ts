import { invalidExternalName } from "../../server/src/rules/invalid-external-name.ts";
import { check } from "../support/carets.ts";

const service = (name: string, marks = "") => `
apiVersion: v1
kind: Service
metadata: { name: db }
spec: { type: ExternalName, externalName: ${name} }
${marks}`;

for (const [name, wrong, right] of [
	["DB.example.com", "it has upper-case letters", "db.example.com"],
	["https://db.example.com/x", "it has a scheme", "db.example.com"],
	["db.example.com/x", "it has a path", "db.example.com"],
	["db.example.com:5432", "it has a port", "db.example.com"],
	["db_1.example.com", 'it has "_" in it', undefined],
	["fd00::1", "it is an IPv6 address", undefined],
	["-db.example.com", "each part begins and ends with a letter or a digit", undefined],
	["db..example.com", "each part begins and ends with a letter or a digit", undefined],
	["a".repeat(254), "it has more than 253 characters", undefined],
]) {
	const quoted = `"${name}"`;
	const carets = `#                                         ${"^".repeat(quoted.length)}`;
	const marked = service(quoted, `${carets} error: externalName "${name}" is no DNS name: ${wrong}\n`);
	const fix = right ? { fix: { title: `Set externalName to ${right}`, gives: service(`"${right}"`) } } : {};
	check(invalidExternalName, `a name that is none: ${name}`, marked, fix);
}

for (const name of ["db.example.com", "db.example.com.", "1.example.com", "db", '"${HOST}"', "$(HOST).example.com"]) {
	check(invalidExternalName, `a DNS name, or a placeholder: ${name}`, service(name));
}

check(
	invalidExternalName,
	"no name, an empty one, a null, a dot",
	`
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Service
    metadata: { name: a }
    spec: { type: ExternalName }
#   ^^^^ error: A Service of type ExternalName needs an externalName
  - apiVersion: v1
    kind: Service
    metadata: { name: b }
    spec: { type: ExternalName, externalName: "" }
#                                             ^^ error: A Service of type ExternalName needs an externalName
  - apiVersion: v1
    kind: Service
    metadata: { name: c }
    spec: { type: ExternalName, externalName: . }
#                                             ^ error: A Service of type ExternalName needs an externalName
  - apiVersion: v1
    kind: Service
    metadata: { name: d }
    spec: { type: ExternalName, externalName: ~ }
#                                             ^ error: A Service of type ExternalName needs an externalName
`,
);

check(invalidExternalName, "on another type nothing looks at it", service("DB:1").replace("type: ExternalName", "ports: [{ port: 80 }]"), {
	only: true,
});
