import assert from "node:assert/strict";
import { test } from "node:test";
import { namesNumber, statesPort } from "../../server/src/evidence/words.ts";

const NAMES = [
	"8080",
	":8080",
	"0.0.0.0:8080",
	"[::]:8080",
	"http://x:8080",
	"http://x:8080/path",
	"--port=8080",
	"--port 8080",
	"-p8080",
	"run -p8080",
	"8080:80",
	"80,8080,443",
	"8080/tcp",
	'{"port": 8080}',
	"-Dserver.port=8080",
	"listen on 8080.",
];

for (const text of NAMES) test(`${text} names 8080`, () => assert.ok(namesNumber(text, 8080)));

const OTHERS = ["18080", "80801", "v8080", "8080m", "1.8080", "8080.5", "10.8080.1.1", "8080%", "a8080b", "808", ""];

for (const text of OTHERS) test(`"${text}" does not name 8080`, () => assert.ok(!namesNumber(text, 8080)));

const STATES = [
	["--port=8080"],
	["--port", "8080"],
	["-p", "8080"],
	["serve --bind 0.0.0.0:8080"],
	["--http.port=8080"],
	["--listen-address=:9090"],
	["--address", "[::]:80"],
];

for (const words of STATES) test(`${words.join(" ")} says where it listens`, () => assert.ok(statesPort(words)));

const SAYS_NOTHING = [["--db-port=5432"], ["--port"], ["--port", "http"], ["--upstream=http://api:8080"], ["8080"], ["--verbose"], []];

for (const words of SAYS_NOTHING) test(`"${words.join(" ")}" does not say where it listens`, () => assert.ok(!statesPort(words)));
