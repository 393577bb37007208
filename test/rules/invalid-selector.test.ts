import { invalidSelector } from "../../server/src/rules/invalid-selector.ts";
import { check } from "../support/carets.ts";

const service = (selector: string) => `
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector:${selector}
  ports: [{ port: 80 }]
`;

const long = "a".repeat(64);

check(
	invalidSelector,
	"values of another form",
	service(`
    a: -web
#      ^^^^ error: The value "-web" of label a does not begin and end with a letter or a digit
    b: web.
#      ^^^^ error: The value "web." of label b does not begin and end with a letter or a digit
    c: web shop
#      ^^^^^^^^ error: The value "web shop" of label c has " " in it, which a value cannot have
    d: ${long}
#      ${"^".repeat(64)} error: The value "${"a".repeat(40)}..." of label d has 64 characters, and 63 are the most
    e: größe
#      ^^^^^ error: The value "größe" of label e has "ö" in it, which a value cannot have`),
);

check(
	invalidSelector,
	"keys of another form",
	service(`
    a/b/c: web
#   ^^^^^ error: The label key "a/b/c" has more than one /
    "": web
#   ^^ error: The label key "" is empty
    Example.com/app: web
#   ^^^^^^^^^^^^^^^ error: The label key "Example.com/app" has no lower-case domain in front of /
    example.com/: web
#   ^^^^^^^^^^^^ error: The label key "example.com/" does not begin and end with a letter or a digit
    my app: web
#   ^^^^^^ error: The label key "my app" has " " in it, which a name cannot have
    ${long}: web
#   ${"^".repeat(64)} error: The label key "${long}" has 64 characters in its name, and 63 are the most`),
);

check(
	invalidSelector,
	"what labels may be",
	service(`
    app.kubernetes.io/name: Web_1.0-beta
    a: ""
    b: ~
    c: 2024-01-01
    d: ${"a".repeat(63)}
    e: \${VALUE}
    \${KEY}: x
    y: z`),
	{ only: true },
);

check(
	invalidSelector,
	"no map",
	`${service(` [app, web]
#           ^^^^^^^^^^ error: spec.selector is a list, where a map of labels belongs`)}---${service(` app=web
#           ^^^^^^^ error: spec.selector is a text, where a map of labels belongs`).replace("name: web", "name: b")}`,
);

check(
	invalidSelector,
	"labels of objects and templates, selectors of workloads and nodes",
	`
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, labels: { a: b c } }
#                                   ^^^ error: The value "b c" of label a has " " in it, which a value cannot have
spec:
  selector:
    matchLabels: { app: web/1 }
#                       ^^^^^ error: The value "web/1" of label app has "/" in it, which a value cannot have
    matchExpressions:
      - { key: a b, operator: In, values: [x, y z] }
#              ^^^ error: The label key "a b" has " " in it, which a name cannot have
#                                             ^^^ error: The value "y z" of label a b has " " in it, which a value cannot have
  template:
    metadata: { labels: [app] }
#                       ^^^^^ error: spec.template.metadata.labels is a list, where a map of labels belongs
    spec:
      nodeSelector: { disk: /ssd }
#                           ^^^^ error: The value "/ssd" of label disk has "/" in it, which a value cannot have
      containers: [{ name: web }]
`,
	{ only: true },
);
