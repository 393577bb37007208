import assert from "node:assert/strict";
import { test } from "node:test";
import { startClient } from "../support/lspClient.ts";
import { deployment, NOT_FOUND, service } from "./manifests.ts";

const LINES = Array.from({ length: 60_000 }, (_, at) => `    example.com/note-${at}: what somebody wrote down\n`).join("");

function large(targetPort: string): string {
	return service(targetPort, "large")
		.replace("  name: large\n", `  name: large\n  annotations:\n${LINES}`)
		.replace("app: large", "app: web");
}

test("while a large document is read and read again, others are answered before it is", async (t) => {
	const client = await startClient(t, { "service.yaml": service("http"), "deployment.yaml": deployment("http") });
	await client.open("service.yaml");
	await client.pull("service.yaml");
	const answered: string[] = [];
	const note = async <T>(what: string, answer: Promise<T>): Promise<T> => {
		const got = await answer;
		answered.push(what);
		return got;
	};
	await client.open("large.yaml", large("http"));
	const first = note("findings of the large one", client.codes("large.yaml"));
	const hover = await note("hover", client.hover("service.yaml", { line: 3, character: 9 }));
	assert.ok(hover);
	assert.deepEqual(await first, []);
	await client.edit("large.yaml", "targetPort: http", "targetPort: none");
	const second = note("findings of the edited one", client.codes("large.yaml"));
	assert.ok(await note("hover again", client.hover("service.yaml", { line: 3, character: 9 })));
	assert.deepEqual(await second, [NOT_FOUND]);
	assert.deepEqual(answered, ["hover", "findings of the large one", "hover again", "findings of the edited one"]);
});
