import { invalidQualifiedName } from "../../server/src/rules/invalid-qualified-name.ts";
import { check } from "../support/carets.ts";

check(
	invalidQualifiedName,
	"two slashes, a domain in upper case, nothing behind the slash, nothing at all",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports:
    - { name: a, port: 80, appProtocol: a/b/c }
#                                       ^^^^^ error: appProtocol "a/b/c" is no qualified name such as http or example.com/http
    - { name: b, port: 81, appProtocol: Example.com/http }
#                                       ^^^^^^^^^^^^^^^^ appProtocol "Example.com/http" is no qualified name such as http or example.com/http
    - { name: c, port: 82, appProtocol: example.com/ }
#                                       ^^^^^^^^^^^^ appProtocol "example.com/" is no qualified name such as http or example.com/http
    - { name: d, port: 83, appProtocol: "" }
#                                       ^^ appProtocol is empty, which is no qualified name such as http or example.com/http
`,
);

check(
	invalidQualifiedName,
	"the class of a load balancer",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: LoadBalancer
  loadBalancerClass: internal/vip/1
#                    ^^^^^^^^^^^^^^ loadBalancerClass "internal/vip/1" is no qualified name such as http or example.com/http
  ports: [{ port: 80 }]
`,
);

check(
	invalidQualifiedName,
	"63 letters, upper case behind the slash, null and placeholders are fine",
	`
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: LoadBalancer
  loadBalancerClass: \${CLASS}/lb
  ports:
    - { name: a, port: 80, appProtocol: ${"a".repeat(63)} }
    - { name: b, port: 81, appProtocol: kubernetes.io/H2C }
    - { name: c, port: 82, appProtocol: ~ }
    - { name: d, port: 83, appProtocol: HTTP }
`,
);
