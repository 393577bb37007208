import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { linksOf } from "../../server/src/links/links.ts";
import { allUnits } from "../../server/src/links/units.ts";
import { qualifiedName } from "../../server/src/model/object.ts";
import { mayConnect } from "../../server/src/reach/policyRules.ts";
import { DEFAULT_SETTINGS } from "../../server/src/settings/settings.ts";
import { snapshotOf } from "../support/workspace.ts";

interface Case {
	readonly title: string;
	readonly manifests: string;
	readonly dialled: readonly { readonly port: number; readonly protocol: string; readonly closed: ReadonlySet<string> }[];
}

const cases = readFileSync("test/conformance/networkPolicy.cases.yaml", "utf8").split(/^#- /m).slice(1).map(readCase);

for (const { title, manifests, dialled } of cases) {
	test(`network policy: ${title}`, () => {
		const snapshot = snapshotOf(new Map([["manifest.yaml", manifests]]));
		const [unit] = allUnits(snapshot);
		assert(unit);
		const pods = linksOf(unit).workloads;
		const scope = { unit, settings: DEFAULT_SETTINGS };
		for (const { port, protocol, closed } of dialled) {
			const found = pods.flatMap((from) =>
				pods.flatMap((to) => {
					if (from === to) return [];
					const answer = mayConnect(scope, from, { workload: to, port, protocol });
					return [`${qualifiedName(from)} -> ${qualifiedName(to)} ${answer}`];
				}),
			);
			const expected = found.map((line) => line.replace(/ [a-z-]+$/, (_, offset) => (closed.has(line.slice(0, offset)) ? " no" : " yes")));
			assert.deepEqual(found, expected, `${port}/${protocol}`);
			assert.equal(expected.filter((line) => line.endsWith(" no")).length, closed.size);
		}
	});
}

test("every case is there", () => assert.equal(cases.length, 27));

function readCase(block: string): Case {
	const [title = "", second = "", ...lines] = block.split("\n");
	const [, pods = "", ports = ""] = /^#: (.*); (.*)$/.exec(second) ?? [];
	const dialled = lines.flatMap((line) => {
		const [, port, protocol = "", closed = ""] = /^#= (\d+)\/(\w+) closed: (.*)$/.exec(line) ?? [];
		return port === undefined ? [] : [{ port: Number(port), protocol, closed: new Set(closed === "none" ? [] : closed.split(", ")) }];
	});
	const made = pods.split(" ").map((pod) => podManifest(pod, ports.split(" ")));
	const namespaces = [...new Set(pods.split(" ").map((pod) => pod.split("/")[0] ?? ""))].map(
		(name) => `apiVersion: v1\nkind: Namespace\nmetadata: { name: "${name}", labels: { kubernetes.io/metadata.name: "${name}" } }`,
	);
	return { title, dialled, manifests: [...namespaces, ...made, lines.join("\n")].join("\n---\n") };
}

/** `x/a+pod2:updated=10.0.0.1`: namespace, name, another label, address. */
function podManifest(pod: string, ports: readonly string[]): string {
	const [, namespace, name, key, value, address] = /^(\w+)\/(\w+)(?:\+([\w-]+):([\w-]+))?(?:=(.*))?$/.exec(pod) ?? [];
	const labels = `{ pod: "${name}"${key === undefined ? "" : `, ${key}: "${value}"`} }`;
	const declared = ports.map((port) => {
		const [number, protocol = ""] = port.split("/");
		return `{ name: serve-${number}-${protocol.toLowerCase()}, containerPort: ${number}, protocol: ${protocol} }`;
	});
	return `apiVersion: v1
kind: Pod
metadata: { name: "${name}", namespace: "${namespace}", labels: ${labels} }
spec: { containers: [{ name: agnhost, image: registry.example/app:1.0, ports: [${declared.join(", ")}] }] }
${address === undefined ? "" : `status: { podIP: ${address} }`}`;
}
