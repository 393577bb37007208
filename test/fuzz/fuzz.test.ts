import assert from "node:assert/strict";
import { test } from "node:test";
import { built } from "../support/lspClient.ts";
import { fuzzEventsOverProtocol } from "./eventsOverProtocol.ts";
import { fuzzInProcess } from "./inProcess.ts";
import { fuzzOverProtocol } from "./overProtocol.ts";
import { fuzzSessions } from "./sessions.ts";

test("a short run of the fuzzer finds nothing, in the process", () => {
	const { edits, repairs, failures } = fuzzInProcess(400, 4);
	assert.deepEqual(failures, []);
	assert.ok(edits >= 400 && repairs > 100, `${edits} edits, ${repairs} repairs tried`);
});

test("a short run of the fuzzer finds nothing, over the protocol", async () => {
	const { edits, requests, failures } = await fuzzOverProtocol(400, 4, built(["server.js", "--stdio"]));
	assert.deepEqual(failures, []);
	assert.ok(edits >= 400 && requests > 100, `${edits} edits, ${requests} requests`);
});

test("a short run of the fuzzer finds nothing, whatever happens to files, folders, roots and settings", async () => {
	const { edits, failures } = await fuzzSessions(200, 4);
	assert.deepEqual(failures, []);
	assert.ok(edits >= 200, `${edits} events`);
});

test("a short run of the fuzzer finds nothing, whatever a server is told of files, folders, roots and settings", async () => {
	const { edits, requests, failures } = await fuzzEventsOverProtocol(60, 4, built(["server.js", "--stdio"]));
	assert.deepEqual(failures, []);
	assert.ok(edits >= 60 && requests > 20, `${edits} events, ${requests} requests`);
});
