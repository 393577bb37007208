import assert from "node:assert/strict";
import { test } from "node:test";
import type { Report } from "../../server/src/cli/report.ts";
import { QUOTED, WEB } from "./manifests.ts";
import { folder, json, portolan } from "./portolan.ts";

const SERVICE = QUOTED.replace('"8080"', "{{ .Values.port }}");

const APPLICATION = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: shop
spec:
  destination: { namespace: prod }
  source:
    repoURL: https://git.example.com/team/shop
    path: chart
    helm:
      parameters:
        - name: port
          value: "9090"
`;

const FILES = {
	"apps/shop.yaml": APPLICATION,
	"chart/Chart.yaml": "apiVersion: v2\nname: shop\nversion: 1.0.0\n",
	"chart/values.yaml": "port: 8080\n",
	"chart/templates/all.yaml": `${SERVICE}---\n${WEB}`,
};

const findings = (root: string, args: readonly string[]) =>
	json<Report>(portolan(root, ["check", "--format", "json", ...args]), 0).findings.map(({ unit, rule, file, line }) => [
		unit,
		rule,
		file,
		line,
	]);

test("a wrong port that an Application sets is found in the Application, whatever is named", (context) => {
	const root = folder(context, { ...FILES, ".git/HEAD": "" });
	const expected = [["Application shop", "target-port-not-declared", "apps/shop.yaml", 13]];
	for (const args of [[], ["apps/shop.yaml"], ["apps"]]) assert.deepEqual(findings(root, args), expected, args.join(" "));
});

test("an Application is rendered alone where it is named", (context) => {
	const root = folder(context, { ...FILES, "other.yaml": WEB, ".git/HEAD": "" });
	const { units } = json<{ units: { name: string; kind: string; path: string; objects: unknown[] }[] }>(
		portolan(root, ["render", "--format", "json", "apps/shop.yaml"]),
		0,
	);
	assert.deepEqual(
		units.map(({ name, kind, path, objects }) => [name, kind, path, objects.length]),
		[["Application shop", "chart", "chart", 2]],
	);
});
