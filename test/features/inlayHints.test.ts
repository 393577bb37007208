import assert from "node:assert/strict";
import { test } from "node:test";
import { inlayHintsIn } from "../../server/src/features/inlayHints.ts";
import { fileOf } from "../../server/src/links/snapshot.ts";
import type { InlayHintsSetting } from "../../server/src/settings/editorSettings.ts";
import type { Settings } from "../../server/src/settings/settings.ts";
import { settingsWith } from "../support/carets.ts";
import { cutFiles, snapshotOf } from "../support/workspace.ts";

const POD = (name: string, port: number) => `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  selector: { matchLabels: { app: web, v: ${name} } }
  template:
    metadata: { labels: { app: web, v: ${name} } }
    spec: { containers: [{ name: app, image: web, ports: [{ name: http, containerPort: ${port} }] }] }
`;

const service = (ports: string, more = "") => `
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector: { app: web }${more}
  ports:
${ports}`;

/** The file with the hints in angle brackets where they stand. */
function withHints(block: string, shows: InlayHintsSetting, settings?: Settings): string {
	const snapshot = snapshotOf(cutFiles(block), settings);
	const text = fileOf(snapshot, "/ws/manifest.yaml")?.text ?? "";
	const hints = [...inlayHintsIn(snapshot, "/ws/manifest.yaml", { start: 0, end: text.length }, shows)];
	return hints.reduceRight((all, { at, text: hint }) => `${all.slice(0, at)}‹${hint}›${all.slice(at)}`, text);
}

const cases: { title: string; text: string; shows?: InlayHintsSetting; settings?: Settings }[] = [
	{
		title: "a named target port says its number",
		text: service("    - port: 80\n      targetPort: http‹= 8080› # the page") + POD("one", 8080),
	},
	{
		title: "several workloads may give it several numbers",
		text: service("    - { port: 80, targetPort: http‹= 8080 or 9090› }") + POD("two", 9090) + POD("one", 8080),
	},
	{ title: "a name that no Pod has says nothing", text: service("    - { port: 80, targetPort: htp }") + POD("one", 8080) },
	{ title: "nothing is said where no Pod is known", text: service("    - { port: 80, targetPort: http }") },
	{
		title: "a number, and what is not written, say nothing unless that is asked for",
		text: service("    - { port: 80, targetPort: 8080 }\n    - port: 8080", "\n  type: NodePort") + POD("one", 8080),
	},
	{
		title: "all: a port without a target port, and the node port that the cluster assigns",
		shows: "all",
		text:
			service(
				"    - port: 80‹→ 80›‹nodePort assigned 30000–32767›\n    - port: 81‹nodePort assigned 30000–32767›\n      targetPort: http‹= 8080›\n    - { port: 82, targetPort: 8080, nodePort: 30082 }",
				"\n  type: NodePort",
			) + POD("one", 8080),
	},
	{
		title: "all: the range is the cluster's",
		shows: "all",
		settings: settingsWith({ cluster: { nodePortRange: { first: 8000, last: 9000, configured: true } } }),
		text: service("    - { port: 80‹nodePort assigned 8000–9000›, targetPort: 8080 }", "\n  type: LoadBalancer") + POD("one", 8080),
	},
	{
		title: "all: the same port of another protocol shares its node port",
		shows: "all",
		text:
			service(
				"    - { name: a, port: 53, targetPort: 53, nodePort: 30053 }\n    - { name: b, port: 53‹nodePort 30053›, targetPort: 53, protocol: UDP }",
				"\n  type: NodePort",
			) + POD("one", 8080),
	},
	{
		title: "all: endpoints that are written have ports of their own",
		shows: "all",
		text: `${service("    - port: 80‹→ 8080›").replace("\n  selector: { app: web }", "")}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: web-1, labels: { kubernetes.io/service-name: web } }
addressType: IPv4
ports: [{ port: 8080 }]
endpoints: [{ addresses: [10.0.0.1] }]
`,
	},
	{ title: "off: nothing", shows: "off", text: service("    - { port: 80, targetPort: http }") + POD("one", 8080) },
];
for (const { title, text, shows = "names", settings } of cases) {
	test(`inlay hint: ${title}`, () => {
		const block = text.replace(/^\n/, "");
		assert.equal(withHints(block.replace(/‹[^›]*›/g, ""), shows, settings).trimEnd(), block.trimEnd());
	});
}

test("inlay hint: only those of the part that is asked for", () => {
	const text = `${service("    - { name: a, port: 80, targetPort: http }\n    - { name: b, port: 81, targetPort: http }").slice(1)}${POD("one", 8080)}`;
	const snapshot = snapshotOf(new Map([["manifest.yaml", text]]));
	const start = text.indexOf("name: b");
	const hints = [...inlayHintsIn(snapshot, "/ws/manifest.yaml", { start, end: start + 40 }, "names")];
	assert.deepEqual(
		hints.map(({ at }) => at),
		[text.indexOf("http", start) + 4],
	);
});
