import assert from "node:assert/strict";
import { test } from "node:test";
import { textAt } from "../../../server/src/text/source.ts";
import { plainOf } from "../../../server/src/units/kustomize/plain.ts";
import { type RenderedKustomization, renderKustomization } from "../../../server/src/units/kustomize/render.ts";
import { memoryFiles } from "../../support/unitFiles.ts";
import { cutFiles } from "../../support/workspace.ts";

function render(block: string, folder = "/ws"): RenderedKustomization {
	return renderKustomization(memoryFiles("/ws", Object.fromEntries(cutFiles(block))), folder);
}

/** The kind of each problem, what is said, and the characters that it is said of. */
function said(block: string, folder?: string): readonly string[] {
	return render(block, folder).problems.map(({ kind, message, at }) => `${kind}: ${message}${at ? ` [${textAt(at)}]` : ""}`);
}

const WEB = `
#- web.yaml
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {ports: [{port: 80}]}
`;

test("a missing resource leaves the others, with a gap at its entry", () => {
	const block = `#- kustomization.yaml\nresources: [web.yaml, nope.yaml]\nnamePrefix: x-\n${WEB}`;
	assert.deepEqual(said(block), ["not-found: nope.yaml is not there [nope.yaml]"]);
	const { objects, gaps } = render(block);
	assert.equal(objects.length, 1);
	assert.deepEqual(
		gaps.map(({ reason }) => reason),
		["nope.yaml is not there"],
	);
});

test("what is outside of what is open cannot be told", () => {
	assert.deepEqual(said(`#- kustomization.yaml\nresources: [../../far/base, web.yaml]\n${WEB}`, "/ws"), [
		"outside: ../../far/base is outside of what is open [../../far/base]",
	]);
});

test("remote bases are named and not fetched", () => {
	const remote = [
		"https://example.com/x.yaml",
		"github.com/org/repo//deploy?ref=v1",
		"git@example.com:org/repo.git",
		"ssh://git@example.com/repo",
	];
	for (const path of remote) {
		assert.deepEqual(said(`#- kustomization.yaml\nresources: [web.yaml, "${path}"]\n${WEB}`), [
			`remote: ${path} is remote and not fetched ["${path}"]`,
		]);
	}
});

test("charts need something that renders them", () => {
	const block = `#- kustomization.yaml\nhelmCharts: [{name: redis, repo: "https://example.com"}]\nresources: [web.yaml]\n${WEB}`;
	assert.deepEqual(
		said(block).map((line) => line.split(" [")[0]),
		["helm: The chart redis is not in charts, and not fetched"],
	);
});

test("a field that does not exist is named with those that do", () => {
	const { problems } = render(`#- kustomization.yaml\nresources: [web.yaml]\nnamePrefx: x-\n${WEB}`);
	const [problem] = problems;
	assert.equal(problem?.message, "A kustomization has no field namePrefx");
	assert.equal(problem?.name, "namePrefx");
	assert.ok(problem?.known?.includes("namePrefix"));
});

test("a patch for nothing says what there is", () => {
	const block = `#- kustomization.yaml\nresources: [web.yaml]\npatches: [{patch: "{apiVersion: v1, kind: Service, metadata: {name: wbe}}"}]\n${WEB}`;
	const { problems, objects } = render(block);
	assert.deepEqual(
		problems.map(({ kind, name, known }) => [kind, name, known]),
		[["no-target", "wbe", ["web"]]],
	);
	assert.equal(objects.length, 1);
});

test("a target that matches nothing is passed over and leaves the result complete", () => {
	const block = `#- kustomization.yaml\nresources: [web.yaml]\npatches: [{target: {kind: Serv}, patch: "{apiVersion: v1, kind: Service, metadata: {name: x}}"}]\n${WEB}`;
	assert.deepEqual(render(block).gaps, []);
	assert.deepEqual(
		render(block).problems.map(({ kind }) => kind),
		["unused-target"],
	);
});

test("JSON pointers that lead nowhere are refused and change nothing", () => {
	const paths = {
		"/spec/ports/9/port": "leads nowhere: spec/ports has 1 item",
		"/spec/ports/x": "leads nowhere: spec/ports is a list",
		"/nope/port": "leads nowhere: the object has no nope",
		"/spec/nope": "leads nowhere: spec has no nope",
		"/spec/ports/0/port/a": "leads nowhere: spec/ports/0/port is a value",
		spec: "leads nowhere",
	};
	for (const [path, reason] of Object.entries(paths)) {
		const patch = `[{"op": "remove", "path": "${path}"}]`;
		const block = `#- kustomization.yaml\nresources: [web.yaml]\npatches: [{target: {kind: Service}, patch: '${patch}'}]\n${WEB}`;
		assert.deepEqual(said(block), [`no-target: The path ${path} ${reason} ["${path}"]`]);
		assert.deepEqual(render(block).objects.map(({ root }) => plainOf(root)).length, 1);
	}
});

test("a component among the resources is refused, and a kustomization among the components", () => {
	const parts = `#- c/kustomization.yaml\napiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n#- k/kustomization.yaml\nnamePrefix: x-\n`;
	assert.deepEqual(said(`#- kustomization.yaml\nresources: [web.yaml, c]\n${parts}${WEB}`), [
		"component: c is a component, which belongs below components [c]",
	]);
	assert.deepEqual(said(`#- kustomization.yaml\nresources: [web.yaml]\ncomponents: [k]\n${parts}${WEB}`), [
		"component: k is no component [k]",
	]);
});

test("one object from two places is there once, with a gap", () => {
	const block = `#- kustomization.yaml\nresources: [web.yaml, ./web.yaml]\n${WEB}`;
	assert.deepEqual(said(block), ["same-object: Service web is there twice [./web.yaml]"]);
	assert.equal(render(block).objects.length, 1);
});

test("bases that lead back to where they come from end", () => {
	const block = `#- kustomization.yaml\nresources: [a, web.yaml]\n#- a/kustomization.yaml\nresources: [../b]\n#- b/kustomization.yaml\nresources: [../a]\n${WEB}`;
	assert.deepEqual(said(block), ["invalid: This leads back to where it comes from: a -> b -> a [../a]"]);
	assert.equal(render(block).objects.length, 1);
});

test("two kustomizations in a folder, none, and an empty one are refused", () => {
	assert.deepEqual(said(`#- kustomization.yaml\nresources: [web.yaml]\n#- kustomization.yml\nresources: [web.yaml]\n${WEB}`).length, 1);
	assert.deepEqual(said(WEB), ["not-found: There is no kustomization in this folder"]);
	assert.deepEqual(
		render("#- kustomization.yaml\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n").problems.map(({ kind }) => kind),
		["empty"],
	);
});

test("an object without a name and a file that is no YAML are refused, what stands beside them is not", () => {
	const block = `#- kustomization.yaml\nresources: [job.yaml, web.yaml]\n#- job.yaml\napiVersion: batch/v1\nkind: Job\nmetadata: {generateName: x-}\n${WEB}`;
	assert.deepEqual(
		render(block).problems.map(({ kind, message }) => `${kind}: ${message}`),
		["invalid-document: This Job has no metadata.name, which kustomize needs"],
	);
	assert.equal(render(block).objects.length, 1);
});

test("a generator of ten thousand files is a gap", () => {
	const files = Array.from({ length: 10_000 }, (_, index) => `f${index}`).join(", ");
	const { gaps, objects } = render(
		`#- kustomization.yaml\nresources: [web.yaml]\nconfigMapGenerator: [{name: many, files: [${files}]}]\n${WEB}`,
	);
	assert.deepEqual(
		gaps.map(({ reason }) => reason),
		["This generator has 10000 values, more than are read here"],
	);
	assert.deepEqual(
		objects.map(({ unknown }) => unknown),
		[["/metadata/name"], []],
	);
});

test("a file that a generator names and that is not there counts as empty, its name is not known", () => {
	const block = `#- kustomization.yaml\nconfigMapGenerator: [{name: env, envs: [.env]}]\nresources: [web.yaml]\n${WEB}`;
	assert.deepEqual(said(block), ["not-found: .env is not there [.env]"]);
	const [map] = render(block).objects;
	assert.deepEqual(map?.unknown, ["/metadata/name"]);
});

test("nesting without end is a gap, not a crash", () => {
	const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
	const { gaps } = render(
		`#- kustomization.yaml\nresources: [web.yaml]\n#- web.yaml\napiVersion: v1\nkind: X\nmetadata: {name: x}\nspec: ${deep}\n`,
	);
	assert.equal(gaps.length > 0, true);
});

test("a key that is read as something else than text is named as it is written", () => {
	const wrong = (line: string) => said(`#- kustomization.yaml\nresources: [web.yaml]\n${line}\n${WEB}`);
	assert.deepEqual(wrong('commonAnnotations: { n: "1" }'), ["invalid: kustomize cannot write the key n, which is read as no text [n]"]);
	assert.deepEqual(wrong("labels: [{ pairs: { 0x1F: a } }]"), [
		"invalid: kustomize cannot write the key 0x1F, which is read as no text [0x1F]",
	]);
	assert.deepEqual(wrong("n: 3"), ["invalid: A kustomization has no field n (read as false) [n]"]);
});
