import assert from "node:assert/strict";
import { test } from "node:test";
import { builtImage } from "../../server/src/evidence/imagePorts.ts";
import { officialImage, printExposed } from "../../server/src/evidence/images.ts";
import { OFFICIAL_IMAGES } from "../../server/src/evidence/officialImages.ts";
import { linksOf } from "../../server/src/links/links.ts";
import { allUnits } from "../../server/src/links/units.ts";
import { cutFiles, snapshotOf } from "../support/workspace.ts";

const exposed = (image: string): string | undefined => {
	const known = officialImage(image);
	return known && printExposed(known.ports).join(" ");
};

const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;

for (const [image, ports] of [
	["nginx", "80"],
	["nginx:latest", "80"],
	["nginx:1.27.3-alpine-slim", "80"],
	["nginx:stable-alpine3.20", "80"],
	["nginx:1", "80"],
	["nginx:1.7.9", "80 443"],
	["nginx:1.11-alpine", "80 443"],
	[`nginx:1.25@${DIGEST}`, "80"],
	["docker.io/nginx", "80"],
	["docker.io/library/nginx:1.25", "80"],
	["library/nginx", "80"],
	["public.ecr.aws/docker/library/nginx", "80"],
	["mirror.gcr.io/library/redis:7", "6379"],
	["redis:32bit", "6379"],
	["mysql:5.6", "3306"],
	["mysql:8", "3306 33060"],
	["php:8.2-apache", "80"],
	["php:8.2-fpm-alpine", "9000"],
	["php:apache", "80"],
	["php:8.2-cli", ""],
	["wordpress:4.8-apache", "80"],
	["wordpress:php8.2-fpm", "9000"],
	["rabbitmq:3-management", "4369 5671 5672 15671 15672 15691 15692 25672"],
	["caddy:2", "80 443 443/UDP 2019"],
	["tomcat:9.0-jdk17-temurin", "8080"],
	["traefik:v2.10", "80"],
] as const) {
	test(`${image} exposes ${ports || "nothing"}`, () => assert.equal(exposed(image), ports));
}

for (const image of [
	"registry.example.com/nginx",
	"example/nginx",
	"localhost/nginx",
	"localhost:5000/library/nginx",
	"ghcr.io/library/nginx",
	"nginxinc/nginx-unprivileged",
	"docker.io/bitnami/nginx",
	`nginx@${DIGEST}`,
	"nginx:99",
	"nginx:1.999",
	"NGINX",
	"nginx:",
	"",
	"constructor",
	"nginx nginx",
	"a/".repeat(50_000),
]) {
	test(`nothing is known about the image "${image.slice(0, 40)}"`, () => assert.equal(officialImage(image), undefined));
}

test("the list holds at least 60 images that expose something, each entry with its Dockerfile", () => {
	const images = Object.entries(OFFICIAL_IMAGES);
	assert.ok(images.filter(([, { entries }]) => entries.some(([, , ports]) => ports !== "")).length >= 60);
	for (const [name, { flavours, entries }] of images) {
		for (const [flavour, versions, ports, source] of entries) {
			assert.ok(flavour === "" || flavour.split(" ").every((word) => flavours.includes(word)), name);
			assert.match(versions, /^(\*|\d+\.\d+(-\d+\.\d+)?( \*)?)$/, name);
			assert.match(ports, /^((\d+(-\d+)?(\/(udp|sctp))?)( |$))*$/, name);
			assert.match(source, /^[\w.-]+\/[\w.-]+@[0-9a-f]{12}:\S*Dockerfile\S*$/, name);
		}
	}
});

/** Whether the one container of a Pod is known to run its image as it was built. */
function asBuilt(container: string, volumes = "[]"): boolean {
	const text = `apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec:\n  containers: [{ name: a, image: nginx, ${container} }]\n  volumes: ${volumes}\n`;
	const [unit] = allUnits(snapshotOf(cutFiles(text)));
	assert.ok(unit);
	const [workload] = linksOf(unit).workloads;
	const [only] = workload?.template.containers ?? [];
	assert.ok(workload && only);
	return builtImage(unit, workload, only) !== undefined;
}

const mount = (path: string) => `volumeMounts: [{ name: v, mountPath: ${path} }]`;
const CLAIM = "[{ name: v, persistentVolumeClaim: { claimName: c } }]";
const CONFIG = "[{ name: v, configMap: { name: c } }]";

for (const [what, container, volumes] of [
	["nothing else", "env: []", "[]"],
	["empty command and args", "command: [], args: ~", "[]"],
	["credentials", "env: [{ name: MYSQL_ROOT_PASSWORD, valueFrom: { secretKeyRef: { name: s, key: k } } }]", "[]"],
	["a variable that is no port", "env: [{ name: TZ, value: Europe/Berlin }]", "[]"],
	["a field of the Pod", "env: [{ name: NAME, valueFrom: { fieldRef: { fieldPath: metadata.name } } }]", "[]"],
	["a volume for data", mount("/var/lib/mysql"), CLAIM],
	["a claim elsewhere", mount("/srv"), CLAIM],
	["pages", mount("/usr/share/nginx/html"), CONFIG],
] as const) {
	test(`${what} leaves an image as it was built`, () => assert.equal(asBuilt(container, volumes), true));
}

for (const [what, container, volumes] of [
	["a command", "command: [sh]", "[]"],
	["arguments", "args: [-g, daemon off;]", "[]"],
	["a command that cannot be read", 'command: "${CMD}"', "[]"],
	["a variable named for a port", 'env: [{ name: PORT, value: "x" }]', "[]"],
	["a variable with a number", 'env: [{ name: X, value: "8081" }]', "[]"],
	["a variable from a ConfigMap", "env: [{ name: X, valueFrom: { configMapKeyRef: { name: c, key: k } } }]", "[]"],
	["envFrom", "envFrom: [{ secretRef: { name: s } }]", "[]"],
	["a mounted configuration", mount("/etc/nginx/conf.d"), CONFIG],
	["storage in the place of its configuration", mount("/etc/nginx"), CLAIM],
	["a hook at its start", "lifecycle: { postStart: { exec: { command: [x] } } }", "[]"],
] as const) {
	test(`${what} may make an image listen elsewhere`, () => assert.equal(asBuilt(container, volumes), false));
}
