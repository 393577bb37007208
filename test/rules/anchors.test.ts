import assert from "node:assert/strict";
import { test } from "node:test";
import { findingsOf } from "../support/carets.ts";
import { cutFiles, snapshotOf } from "../support/workspace.ts";

function findings(block: string): readonly string[] {
	return findingsOf(snapshotOf(cutFiles(block))).map(
		({ rule, message, related, fixes }) =>
			`${rule}: ${message}${related.map((other) => ` / ${other.message}`).join("")}${fixes.map(({ title }) => ` [${title}]`).join("")}`,
	);
}

const PODS = `
- apiVersion: v1
  kind: Pod
  metadata: { name: one, labels: { app: one } }
  spec: { containers: [{ name: c, image: i }] }
- apiVersion: v1
  kind: Pod
  metadata: { name: two, labels: { app: two } }
  spec: { containers: [{ name: c, image: i }] }
`;

const LIST = `
apiVersion: v1
kind: List
items:${PODS}`;

test("what several objects take from one anchor is found once", () => {
	assert.deepEqual(
		findings(`${LIST}- apiVersion: v1
  kind: Service
  metadata: { name: one }
  spec: { selector: { app: one }, ports: &ports [{ port: 80, protocol: tcp }] }
- apiVersion: v1
  kind: Service
  metadata: { name: two }
  spec: { selector: { app: two }, ports: *ports }
`),
		['invalid-protocol: protocol "tcp" is none of TCP, UDP, SCTP [Write TCP]'],
	);
});

test("a conflict of a node port with itself, through an anchor, is found once, without another end and without a fix", () => {
	assert.deepEqual(
		findings(`${LIST}- apiVersion: v1
  kind: Service
  metadata: { name: one }
  spec: { type: NodePort, selector: { app: one }, ports: &ports [{ port: 80, nodePort: 30001 }] }
- apiVersion: v1
  kind: Service
  metadata: { name: two }
  spec: { type: NodePort, selector: { app: two }, ports: *ports }
`),
		["node-port-conflict: Services one and two both take node port 30001"],
	);
});

test("through a merge key, too; the end that stands elsewhere is named", () => {
	assert.deepEqual(
		findings(`${LIST}- apiVersion: v1
  kind: Service
  metadata: { name: one }
  spec: &spec { type: NodePort, selector: { app: one }, ports: [{ port: 80, nodePort: 30001 }] }
- apiVersion: v1
  kind: Service
  metadata: { name: two }
  spec: { <<: *spec, selector: { app: two } }
- apiVersion: v1
  kind: Service
  metadata: { name: three }
  spec: { type: NodePort, selector: { app: two }, ports: [{ port: 81, nodePort: 30001 }] }
`).map((line) => line.replace(/\[Set nodePort to \d+\]/, "[fix]")),
		[
			"node-port-conflict: Services one, two and three all take node port 30001 / Service three takes it too",
			"node-port-conflict: Services three, one and two all take node port 30001 / Service one takes it too / Service two takes it too [fix]",
		],
	);
});
