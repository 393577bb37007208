import { quotedTargetPort } from "../../server/src/rules/quoted-target-port.ts";
import { check } from "../support/carets.ts";

check(
	quotedTargetPort,
	"a number in double quotes",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports:
    - { port: 80, targetPort: "8080" } # the app
#                             ^^^^^^ error: targetPort "8080" is a name because of its quotes, and no container port can have it
`,
	{
		fix: {
			title: "Remove the quotes",
			gives: `
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports:
    - { port: 80, targetPort: 8080 } # the app
`,
		},
	},
);

check(
	quotedTargetPort,
	"a name and a number are fine, and so is an empty text, which is the port",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports:
    - { name: a, port: 80, targetPort: web8080 }
    - { name: b, port: 81, targetPort: 8080 }
    - { name: c, port: 82, targetPort: "" }
`,
);
