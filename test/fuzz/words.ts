/** Values that readers of manifests stumble over; each stands where a scalar stood. */
export const SCALARS: readonly string[] = [
	...["", "~", "null", '""', "''", "0", "-1", "1", "80", "8080", "65535", "65536", "70000", "30080", "32767", "2147483648", "1e400"],
	...["9223372036854775808", "0x50", "080", "010", "0o17", "1_000", "80.0", "80.5", "8e1", ".inf", ".NaN", "2001-01-01", "190:20:30"],
	...['"8080"', "'80'", '"\\x38\\u0030"', "!!str 80", '!!int "80"', "!!null x", "!local 80", "&a 80", "*a", "*missing", "&", "*"],
	...["true", "yes", "on", "n", "None", "none", "TCP", "tcp", "UDP", "SCTP", "Local", "local", "Cluster", "ClusterIP", "NodePort"],
	...["LoadBalancer", "ExternalName", "Nodeport", "http", "web", "wbe", "web-svc", "WEB", "a b", "ü", "日本", "👩‍👧", "\ud800", "x".repeat(70)],
	...["10.0.0.1", "010.0.0.1", "::1", "::ffff:1.2.3.4", "10.0.0.0/33", "None ", "${PORT}", "$(PORT)", "$PORT", "{{ .Values.port }}", "{{"],
	...["{}", "[]", "[80]", "{ a: 1 }", "{ a: }", "[", "{", "]", "}", "[a: 1]", "{ ? a }", "[ , ]", '{"a":1}', '"unclosed', "'unclosed"],
	...["|", "|-", "|+\n\n", ">", "|2", "a: b", "- x", "-", "? x", ":", ": x", "@", "`", "%", "#", "# x", "x #", "x # y", "web // x", "// x"],
	...["---", "...", "\t80", "80\t", "\u0085", "\u2028", "\ufeff", "\u0000", "\u0007", "<<", "=", "a\n  b", '"a\n\n  b"', "<<<<<<< ours"],
];

/** Keys that mean something, and some that only look so. */
export const KEYS: readonly string[] = [
	...["apiVersion", "kind", "metadata", "name", "namespace", "labels", "annotations", "spec", "selector", "matchLabels", "template", "items"],
	...["type", "clusterIP", "clusterIPs", "externalIPs", "externalName", "ports", "port", "targetPort", "nodePort", "protocol", "appProtocol"],
	...["externalTrafficPolicy", "internalTrafficPolicy", "trafficDistribution", "sessionAffinity", "healthCheckNodePort", "ipFamilies"],
	...["containers", "initContainers", "containerPort", "hostPort", "hostIP", "hostNetwork", "replicas", "restartPolicy", "nodeSelector"],
	...["readinessProbe", "httpGet", "tcpSocket", "grpc", "args", "command", "env", "value", "app", "tier", "<<", "targetport", "Ports", "? x"],
	...['"port"', "'port'", "y", "1", "~", "{a: b}", "[a]", "&a port", "*a", "!!str port", "__proto__", "constructor", "", "x y", "ü"],
];

/** Lines that somebody types or pastes; `%` is the indentation of the line above. */
export const LINES: readonly string[] = [
	...["%- port: 80", "%  targetPort: http", "%targetPort: 8081", "%nodePort: 30080", "%protocol: UDP", "%name: http", "%app: web"],
	...["%type: NodePort", "%clusterIP: None", "%externalTrafficPolicy: local", "%selector: { app: wbe }", "%hostPort: 80", "%hostNetwork: true"],
	...["%- containerPort: 8080", "%ports: []", "%- { name: x, containerPort: 1 }", "%<<: *a", "%x: &a { app: web }", "%x: *a", "%- *a"],
	...["---", "--- # next", "--- {}", "---x", "...", "%YAML 1.2", "# a comment", "%# a comment", "// a comment", "\t", "%\tx: 1", "   ", ""],
	...["%text: |", "%  more text", '%text: "more', '%  text"', "%? key", "%: value", "%{{- if .Values.x }}", "{{ include }}", "%- |-", "%-"],
	...["kind: Service", "kind: Deployment", "apiVersion: v1", "apiVersion: apps/v1", "spec:", "metadata:", "  name: web", "items:", "<<<<<<< a"],
];

/** Characters that mean something to YAML, and some that no reader likes. */
export const CHARACTERS: readonly string[] = [
	..." \t\n\r:-#\"'{}[],&*!|>%@`?.~0aA/\\$".split(""),
	...["\r\n", ": ", " #", "- ", "\u0085", "\u00a0", "\u2028", "\ufeff", "\u0000", "\ud83d", "\udc69", "👩", "é"],
];
