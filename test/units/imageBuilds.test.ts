import assert from "node:assert/strict";
import { test } from "node:test";
import { workspaceImage } from "../../server/src/evidence/images.ts";
import { snapshotOf } from "../support/workspace.ts";

/** The ports that an image exposes by the files of a workspace, and whether these are all. */
function exposed(image: string, files: Readonly<Record<string, string>>): string | undefined {
	const known = workspaceImage(image, snapshotOf(new Map(Object.entries(files))).images);
	return known && `${known.ports.map(({ from, to, protocol }) => `${from}-${to}/${protocol}`).join(" ")}${known.whole ? "" : " ?"}`;
}

const COMPOSE = "services: { web: { image: example/web:dev, build: ./web } }\n";

for (const [title, dockerfile, ports] of [
	["EXPOSE", "FROM scratch\nEXPOSE 8080\n", "8080-8080/TCP"],
	["protocols and ranges", "FROM scratch\nEXPOSE 53/udp 30000-30002\n", "53-53/UDP 30000-30002/TCP"],
	["defaults of ARG and ENV", "FROM scratch\nARG A=81\nENV B 82\nEXPOSE $A ${B}/tcp\n", "81-81/TCP 82-82/TCP"],
	["a variable without a default", "FROM scratch\nARG A\nEXPOSE $A\n", undefined],
	["the last stage only", "FROM scratch AS build\nEXPOSE 1\nFROM scratch\nEXPOSE 2\n", "2-2/TCP"],
	["a stage that another begins with", "FROM scratch AS base\nEXPOSE 1\nFROM base\nEXPOSE 2\n", "2-2/TCP 1-1/TCP"],
	["an official image below", "FROM nginx:1.27\nEXPOSE 8080\n", "8080-8080/TCP 80-80/TCP"],
	["an official image that exposes nothing", "FROM node:20\nEXPOSE 3000\n", "3000-3000/TCP"],
	["an unknown image below", "FROM registry.example.com/base\nEXPOSE 8080\n", "8080-8080/TCP ?"],
	["a base image by ARG", "ARG V=1.27\nFROM nginx:$V\n", "80-80/TCP"],
	["nothing at all", "", undefined],
	["nonsense", "\u0000{{{\nEXPOSE ${\nFROM", undefined],
] as const) {
	test(`a Dockerfile with ${title}`, () => {
		assert.equal(exposed("example/web:1.2", { "compose.yaml": COMPOSE, "web/Dockerfile": dockerfile }), ports);
	});
}

const DOCKERFILE = "FROM scratch\nEXPOSE 8080\n";

for (const [title, files] of [
	[
		"a compose file with a build's own Dockerfile",
		{
			"docker-compose.yml": "services: { a: { image: example/web, build: { context: web, dockerfile: Dockerfile.prod } } }",
			"web/Dockerfile.prod": DOCKERFILE,
		},
	],
	["skaffold", { "skaffold.yaml": "build: { artifacts: [{ image: example/web, context: web }] }", "web/Dockerfile": DOCKERFILE }],
	[
		"a bake file in JSON",
		{ "docker-bake.json": '{ "target": { "w": { "tags": ["example/web:1"], "context": "web" } } }', "web/Dockerfile": DOCKERFILE },
	],
	[
		"a bake file in HCL",
		{
			"docker-bake.hcl": 'target "w" {\n  context = "web"\n  tags = ["example/web:1", "example/web:${V}"]\n}\n',
			"web/Dockerfile": DOCKERFILE,
		},
	],
] as const) {
	test(`${title} tells which image a Dockerfile builds`, () => {
		assert.equal(exposed("example/web:2", files as Readonly<Record<string, string>>), "8080-8080/TCP");
		assert.equal(exposed("other/web", files as Readonly<Record<string, string>>), undefined);
	});
}

test("a target is the stage that is built", () => {
	const compose = "services: { a: { image: example/web, build: { context: ., target: One } } }";
	assert.equal(
		exposed("example/web", { "compose.yaml": compose, Dockerfile: "FROM scratch AS one\nEXPOSE 1\nFROM scratch\nEXPOSE 2\n" }),
		"1-1/TCP",
	);
});

test("build arguments may change what a variable is", () => {
	const compose = "services: { a: { image: example/web, build: { context: ., args: { A: 9 } } } }";
	assert.equal(exposed("example/web", { "compose.yaml": compose, Dockerfile: "FROM scratch\nARG A=1\nEXPOSE $A\n" }), undefined);
	assert.equal(exposed("example/web", { "compose.yaml": compose, Dockerfile: DOCKERFILE }), "8080-8080/TCP");
});

test("one name for two Dockerfiles that expose other ports is not known", () => {
	const compose = "services: { a: { image: example/web, build: one }, b: { image: example/web, build: two } }";
	const files = { "compose.yaml": compose, "one/Dockerfile": DOCKERFILE, "two/Dockerfile": "FROM scratch\nEXPOSE 1\n" };
	assert.equal(exposed("example/web", files), undefined);
});
